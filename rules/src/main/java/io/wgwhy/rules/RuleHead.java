package io.wgwhy.rules;

import io.wgwhy.facts.tunnel.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rule without asking it.
 *
 * @param name one sentence; unique in its book
 * @param file where it stands, named relative to its pack
 * @param line of the file, from 1
 * @param cause what it concludes about; null for a rule that names a symptom
 * @param verb what it says of the cause; null for a rule that names a symptom
 */
public record RuleHead(
    String name, String file, int line, @Nullable String cause, Conclusion.@Nullable Verb verb) {}
