/**
 * Why a rule holds for a tunnel, or what keeps it from holding. {@link io.wgwhy.rules.proof.Prover}
 * takes the compiled rules apart and asks the very predicates that the engine asks, one by one, so
 * that what it says and what the engine does cannot differ; {@link io.wgwhy.rules.proof.Proof} is
 * the answer.
 */
@NullMarked
package io.wgwhy.rules.proof;

import org.jspecify.annotations.NullMarked;
