package io.wgwhy.cli.workbench;

import io.wgwhy.cli.workbench.PackTrial.OneSided;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.proof.Proof;
import io.wgwhy.rules.proof.Proof.Check;
import io.wgwhy.rules.proof.Proof.Condition;
import io.wgwhy.rules.proof.Proof.Mode;
import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cases show of each condition: whether it ever holds, and whether it is ever what keeps
 * its rule from holding. One that never does the latter could be left out, and no case would tell.
 */
final class ConditionCoverage {
  /** Says which fact is meant, not how it is: fails of all facts but one, and shows nothing. */
  private static final String SAYS_WHICH = "\\w+ == \\$\\w+";

  private final Map<String, Map<String, Set<State>>> seen = new LinkedHashMap<>();

  /** Notes how a rule's conditions are; those behind the first that fails decide nothing. */
  synchronized void note(Proof proof) {
    Map<String, Set<State>> ofRule =
        seen.computeIfAbsent(proof.rule(), any -> new LinkedHashMap<>());
    boolean decides = true;
    for (int i = 0; i < proof.conditions().size(); i++) {
      Condition condition = proof.conditions().get(i);
      note(ofRule, i + 1 + ". ", condition, decides);
      decides &= condition.state() == State.HOLDS;
    }
  }

  private static void note(
      Map<String, Set<State>> ofRule, String number, Condition condition, boolean decides) {
    List<Check> checks =
        condition.checks().stream()
            .filter(it -> !it.wanted().matches(SAYS_WHICH))
            .filter(it -> !isOfAnother(it.wanted(), condition.checks()))
            .toList();
    if (condition.mode() != Mode.THERE_IS || checks.isEmpty()) {
      note(ofRule, number + words(condition), condition.state(), decides);
    } else {
      String kind = number + kind(condition) + "( ";
      checks.forEach(it -> note(ofRule, kind + it.wanted() + " )", it.state(), decides));
    }
  }

  /** {@code a!.b} asks first whether there is an a; nobody wrote that. */
  private static boolean isOfAnother(String wanted, List<Check> all) {
    String name = wanted.replaceFirst(" != null$", "");
    return !name.equals(wanted) && all.stream().anyMatch(it -> it.wanted().contains(name + "!."));
  }

  private static void note(
      Map<String, Set<State>> ofRule, String what, State state, boolean decides) {
    Set<State> states = ofRule.computeIfAbsent(what, any -> EnumSet.noneOf(State.class));
    if (decides) {
      // That there is no fact to ask keeps the rule from holding as well.
      states.add(state == State.NOT_REACHED ? State.FAILS : state);
    }
  }

  private static String words(Condition condition) {
    String inside =
        condition.kind() != null
            ? kind(condition)
                + condition.checks().stream()
                    .map(Check::wanted)
                    .collect(Collectors.joining(", ", "( ", " )"))
            : condition.parts().stream()
                .map(ConditionCoverage::words)
                .collect(
                    Collectors.joining(
                        condition.mode() == Mode.ANY_OF ? " or " : " and ", "( ", " )"));
    return condition.mode() == Mode.THERE_IS_NO ? "not " + inside : inside;
  }

  private static String kind(Condition condition) {
    return condition.kind() == null ? "" : condition.kind().getSimpleName();
  }

  /** How many conditions were looked at. */
  synchronized int conditions() {
    return seen.values().stream().mapToInt(Map::size).sum();
  }

  /** Those of which one side is never shown, in the order of these rules. */
  synchronized List<OneSided> oneSided(Collection<RuleHead> rules) {
    List<OneSided> all = new ArrayList<>();
    for (RuleHead rule : rules) {
      String at = rule.file() + ":" + rule.line();
      seen.getOrDefault(rule.name(), Map.of())
          .forEach(
              (what, states) -> {
                if (!states.contains(State.HOLDS)) {
                  all.add(new OneSided(rule.name(), at, what, "held"));
                } else if (!states.contains(State.FAILS)) {
                  all.add(new OneSided(rule.name(), at, what, "failed"));
                }
              });
    }
    return all;
  }
}
