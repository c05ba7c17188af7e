package io.wgwhy.cli.workbench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wgwhy.facts.tunnel.Conclusion.Verb;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One cause, as lists and the catalogue tell of it.
 *
 * @param place in the diagnostic order of the whole book, from 1
 * @param band the causes that are looked at together
 * @param title with "the initiator" and "the responder" in the places of hosts
 * @param risk whether it is warned of before anything is broken by it
 * @param rules how many of its rules confirm, suspect and rule it out
 * @param cases how many cases show that it fires, stays silent and clears
 */
@JsonPropertyOrder({"place", "cause", "pack", "band", "severity", "title"})
public record CauseRow(
    int place,
    String cause,
    String pack,
    String band,
    String severity,
    String title,
    List<String> explains,
    boolean risk,
    Map<String, Integer> rules,
    Map<String, Integer> cases) {

  /** What templates say of a tunnel that there is not. */
  static final Map<String, Object> ANY_TUNNEL =
      Map.of(
          "initiator", End.nameOnly("the initiator"), "responder", End.nameOnly("the responder"));

  /** All causes of a book, in the diagnostic order. */
  public static List<CauseRow> of(RuleBook book) {
    return book.causes().stream().map(it -> of(book, it)).toList();
  }

  static CauseRow of(RuleBook book, Cause cause) {
    Map<String, Integer> cases = new TreeMap<>(Map.of("fires", 0, "silent", 0, "clears", 0));
    book.files(cause.id())
        .cases()
        .keySet()
        .forEach(it -> cases.merge(it.substring(0, it.indexOf('-')), 1, Integer::sum));
    return new CauseRow(
        cause.place(),
        cause.id(),
        cause.pack(),
        cause.band(),
        cause.severity().name().toLowerCase(Locale.ROOT),
        title(cause),
        cause.explains().stream().map(Symptom.Kind::word).toList(),
        cause.isRisk(),
        rules(book, cause),
        cases);
  }

  private static Map<String, Integer> rules(RuleBook book, Cause cause) {
    Map<String, Integer> rules = new TreeMap<>();
    for (Verb verb : Verb.values()) {
      List<RuleHead> with =
          book.rules().stream()
              .filter(it -> cause.id().equals(it.cause()) && it.verb() == verb)
              .toList();
      rules.put(verb.name().toLowerCase(Locale.ROOT).replace('_', '-'), with.size());
    }
    return rules;
  }

  static String title(Cause cause) {
    String title = cause.title(ANY_TUNNEL);
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** How many rules it has. */
  public int ruleCount() {
    return rules.values().stream().mapToInt(it -> it).sum();
  }

  /** How many cases it has. */
  public int caseCount() {
    return cases.values().stream().mapToInt(it -> it).sum();
  }
}
