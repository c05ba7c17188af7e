package io.wgwhy.cli;

import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.proof.Proof;
import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules fired, and which of their conditions ever held and ever failed. */
final class Coverage {
  private final RuleBook rules;

  /** Who reached each rule. */
  private final Map<String, Set<String>> fired = new LinkedHashMap<>();

  /** What each thing that a rule asks ever was. */
  private final Map<String, Map<String, Set<State>>> asked = new LinkedHashMap<>();

  Coverage(RuleBook rules) {
    this.rules = rules;
    rules.rules().forEach(it -> fired.put(it.name(), new LinkedHashSet<>()));
    rules.rules().forEach(it -> asked.put(it.name(), new LinkedHashMap<>()));
  }

  /** Notes what a case or recording reaches. */
  void add(String who, Judged seen) {
    try (Fired session = Fired.on(rules, seen.facts())) {
      for (RuleHead rule : rules.rules()) {
        for (String tunnel : seen.tunnels()) {
          Proof proof = rules.prover().prove(rule.name(), tunnel, session.facts());
          note(rule.name(), proof);
          if (!session.matches(rule.name(), tunnel).isEmpty()) {
            fired.get(rule.name()).add(who);
          }
        }
      }
    }
  }

  private void note(String rule, Proof proof) {
    for (int i = 0; i < proof.conditions().size(); i++) {
      Proof.Condition condition = proof.conditions().get(i);
      if (condition.kind() == null || condition.state() == State.NOT_REACHED) {
        continue;
      }
      String pattern = (i + 1) + ". " + condition.kind().getSimpleName();
      note(rule, pattern, condition.state());
      condition.checks().stream()
          .filter(it -> !it.wanted().matches("\\w+ == \\$\\w+"))
          .forEach(it -> note(rule, pattern + ": " + it.wanted(), it.state()));
    }
  }

  private void note(String rule, String what, State state) {
    asked
        .get(rule)
        .computeIfAbsent(what, any -> EnumSet.noneOf(State.class))
        .add(state == State.NOT_REACHED ? State.FAILS : state);
  }

  /** Rules that nothing reaches. */
  List<RuleHead> neverFired() {
    return rules.rules().stream().filter(it -> fired.get(it.name()).isEmpty()).toList();
  }

  private List<String> lacking(State state) {
    List<String> all = new ArrayList<>();
    for (RuleHead rule : rules.rules()) {
      asked
          .get(rule.name())
          .forEach(
              (what, states) -> {
                if (!states.contains(state)) {
                  all.add(rule.file() + ":" + rule.line() + " " + what);
                }
              });
    }
    return all;
  }

  /** All in one line. */
  String line() {
    long conditions = asked.values().stream().mapToLong(Map::size).sum();
    return "%d of %d rules reached; of %d conditions %d never held, %d never failed"
        .formatted(
            rules.rules().size() - neverFired().size(),
            rules.rules().size(),
            conditions,
            lacking(State.HOLDS).size(),
            lacking(State.FAILS).size());
  }

  /** The whole report. */
  String markdown() {
    StringBuilder text = new StringBuilder("# What the cases and recordings reach\n\n");
    text.append(line()).append(".\n\n");
    text.append("| rule | where | reached by | first |\n|---|---|---|---|\n");
    for (RuleHead rule : rules.rules()) {
      Set<String> who = fired.get(rule.name());
      text.append("| ")
          .append(String.join(" | ", rule.name(), rule.file() + ":" + rule.line()))
          .append(" | ")
          .append(who.size())
          .append(" | ")
          .append(who.isEmpty() ? "**nothing**" : who.iterator().next())
          .append(" |\n");
    }
    list(text, "Conditions that never held", lacking(State.HOLDS));
    list(text, "Conditions that never failed", lacking(State.FAILS));
    return text.toString();
  }

  private static void list(StringBuilder text, String heading, List<String> items) {
    text.append("\n## ").append(heading).append("\n\n");
    items.forEach(it -> text.append("* ").append(it).append("\n"));
  }
}
