/**
 * What is said about a tunnel that is down: the {@link io.wgwhy.facts.finding.Diagnosis} is an
 * identity, the {@link io.wgwhy.facts.finding.Finding} says everything about it that a person
 * needs.
 */
@NullMarked
package io.wgwhy.facts.finding;

import org.jspecify.annotations.NullMarked;
