/**
 * The judgements: what a good engineer sees in the facts before asking for a cause, each with a
 * name, inferred once and used by all rules. They live inside a session and are never published.
 */
@NullMarked
package io.wgwhy.facts.tunnel;

import org.jspecify.annotations.NullMarked;
