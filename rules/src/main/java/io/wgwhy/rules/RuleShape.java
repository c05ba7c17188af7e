package io.wgwhy.rules;

import io.wgwhy.facts.tunnel.Conclusion.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks and says, without the names that it gives.
 *
 * @param verb null for a rule that names a symptom
 */
record RuleShape(String name, int line, @Nullable Verb verb, List<Asked> asked) {

  /**
   * A pattern.
   *
   * @param under what it stands under: nothing, {@code not}, {@code exists}, {@code or}
   * @param written its conditions with the names that it gives
   */
  record Asked(String under, String kind, List<String> written) {

    /** What it asks; not what it only gives a name to. */
    Set<String> conditions() {
      Set<String> conditions = new TreeSet<>();
      written.stream().filter(it -> !it.matches("\\$\\w+:[\\w.]+")).forEach(conditions::add);
      return conditions;
    }

    /** Whether there must be such a fact for the rule to hold. */
    boolean mustHold() {
      return under.isEmpty() || under.equals("Exists");
    }

    /** Whether whatever satisfies this satisfies the other. */
    boolean implies(Asked other) {
      boolean sameThing = under.equals(other.under) && kind.equals(other.kind);
      return sameThing
          && (under.isEmpty()
              ? conditions().containsAll(other.conditions())
              : conditions().equals(other.conditions()));
    }
  }

  static RuleShape of(RuleDescr rule) {
    List<Asked> asked = new ArrayList<>();
    walk(rule.getLhs(), "", asked);
    return new RuleShape(rule.getName(), rule.getLine(), DrlLint.verb(rule), asked);
  }

  private static void walk(ConditionalElementDescr group, String under, List<Asked> to) {
    for (Object child : group.getDescrs()) {
      if (child instanceof PatternDescr pattern) {
        List<String> written = new ArrayList<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
          written.add(constraint.toString().replaceAll("\\s+", ""));
        }
        to.add(new Asked(under, pattern.getObjectType(), written));
      } else if (child instanceof ConditionalElementDescr inner) {
        String word = inner.getClass().getSimpleName().replace("Descr", "");
        walk(inner, word.equals("And") ? under : under + word, to);
      }
    }
  }

  /** Why it never holds; empty when that cannot be seen from its conditions. */
  Optional<String> neverHolds() {
    return asked.stream()
        .filter(Asked::mustHold)
        .flatMap(it -> Exclusion.among(it.conditions()).stream())
        .findFirst()
        .or(() -> Joins.exclusion(asked))
        .map(it -> "never holds: " + it + " exclude each other; leave one out, or ask by in ( … )");
  }

  /** Whether the other holds whenever this does. */
  boolean includes(RuleShape other) {
    return other.asked.stream().allMatch(it -> asked.stream().anyMatch(own -> own.implies(it)));
  }
}
