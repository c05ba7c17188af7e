package io.wgwhy.rules.language;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.language.RuleReader.Asked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds rules that could take away their own ground. Symptoms, what is confirmed, what is suspected
 * or ruled out: each may ask for what comes before it alone.
 */
final class Circles {
  private Circles() {}

  /**
   * What is wrong, by line.
   *
   * @param verb what the rule says of its cause; null for one that names a symptom
   * @param mayAskSymptoms whether its symptoms may hide one another
   */
  static Map<Integer, String> find(
      List<Asked> asked, @Nullable String verb, boolean mayAskSymptoms) {
    Map<Integer, String> wrong = new LinkedHashMap<>();
    for (Asked it : asked) {
      if (it.kind() == Conclusion.class && (verb == null || verb.equals("confirm"))) {
        wrong.put(
            it.line(),
            "goes in circles: only what is suspected or ruled out may ask for conclusions");
      } else if (it.kind() == Conclusion.class && !asksConfirmedOnly(it)) {
        wrong.put(
            it.line(),
            "goes in circles: ask for confirmed causes alone, verb == Conclusion.Verb.CONFIRM");
      } else if (it.kind() == Symptom.class && verb == null && !mayAskSymptoms) {
        wrong.put(it.line(), "goes in circles: a symptom is not made of symptoms");
      }
    }
    return wrong;
  }

  private static boolean asksConfirmedOnly(Asked asked) {
    return asked.comparisons().stream()
        .filter(it -> it.certain() && it.sign().equals("=="))
        .anyMatch(
            it ->
                "verb".equals(it.left().property())
                    && it.right().constant() != null
                    && it.right().constant().endsWith("CONFIRM"));
  }
}
