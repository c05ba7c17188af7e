/**
 * The rule book: what is known of causes, made ready for sessions. The build compiles {@code
 * rules/wireguard}; {@link io.wgwhy.rules.RuleBook} loads that, and compiles operators' packs
 * beside it. {@link io.wgwhy.rules.Cause} says what a remedy page says, with the real values;
 * {@link io.wgwhy.rules.Justification} says why a session concludes what it does; {@link
 * io.wgwhy.rules.RuleLint} keeps rules and pages readable.
 */
@NullMarked
package io.wgwhy.rules;

import org.jspecify.annotations.NullMarked;
