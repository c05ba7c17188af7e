/**
 * The nouns: what hosts publish. A {@link io.wgwhy.facts.Fact} is a typed, immutable record parsed
 * from one {@link io.wgwhy.facts.Observation}. It carries no secret and no free text, and it says
 * "unknown" (a null component, or {@link io.wgwhy.facts.Answer#UNKNOWN}) where the output did not
 * tell: unknown never looks like zero, like false, or like health.
 */
@NullMarked
package io.wgwhy.facts;

import org.jspecify.annotations.NullMarked;
