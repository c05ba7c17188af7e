package io.wgwhy.rules.proof;

import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Condition;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.Variable;

/**
 * Explains rules against the facts of a session. Immutable.
 *
 * <p>A rule concludes about one subject, the tunnel's id: the one variable that stands in its
 * {@code then}.
 */
public final class Prover {
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /** Of the rules in these compiled packs. */
  public Prover(Collection<Model> models) {
    models.forEach(model -> model.getRules().forEach(rule -> rules.put(rule.getName(), rule)));
  }

  /**
   * What a rule's pattern asks.
   *
   * @param kind the class of facts
   * @param wanted the conditions, as they stand in the rule
   * @param properties that they name, besides those that say which fact is meant
   */
  public record Asked(String rule, Class<?> kind, List<String> wanted, Set<String> properties) {}

  /** What each pattern of each rule asks. */
  public List<Asked> asked() {
    List<Asked> all = new ArrayList<>();
    rules.values().forEach(rule -> asked(rule.getName(), rule.getView(), all));
    return List.copyOf(all);
  }

  private static void asked(String rule, Condition condition, List<Asked> to) {
    if (condition instanceof Pattern<?> pattern) {
      Class<?> kind = pattern.getPatternVariable().getType();
      List<String> wanted = Pieces.constraints(pattern).stream().map(Pieces::text).toList();
      Set<String> properties = new LinkedHashSet<>();
      wanted.forEach(it -> properties.addAll(Properties.readable(kind, it)));
      to.add(new Asked(rule, kind, wanted, properties));
    }
    condition.getSubConditions().forEach(it -> asked(rule, it, to));
  }

  /** The names of all rules. */
  public List<String> rules() {
    return List.copyOf(rules.keySet());
  }

  /**
   * Why the rule holds for the subject, or its nearest miss.
   *
   * @throws IllegalArgumentException when there is no such rule
   */
  public Proof prove(String name, String subject, Facts facts) {
    Rule rule = rule(name);
    if (!Pieces.canBeTakenApart(rule.getView())) {
      return new Proof(name, State.NOT_TAKEN_APART, List.of());
    }
    List<Condition> conditions = Pieces.together(rule.getView());
    Matching matching = new Matching(facts);
    List<Tuple> reached = List.of(begin(rule, subject));
    int held = 0;
    while (held < conditions.size()) {
      Condition next = conditions.get(held);
      List<Tuple> further = reached.stream().flatMap(it -> matching.ways(next, it)).toList();
      if (further.isEmpty()) {
        break;
      }
      reached = further;
      held++;
    }
    List<Account> accounts =
        reached.stream().map(it -> Account.of(conditions, it, matching)).toList();
    Account nearest = accounts.stream().min(Comparator.naturalOrder()).orElseThrow();
    return new Proof(
        name, held == conditions.size() ? State.HOLDS : State.FAILS, nearest.conditions());
  }

  /**
   * All matches of a rule for a subject, each as the facts of its patterns, in their order.
   *
   * @throws IllegalArgumentException when there is no such rule, or it is not taken apart
   */
  public List<List<Object>> matches(String name, String subject, Facts facts) {
    Rule rule = rule(name);
    Matching matching = new Matching(facts);
    List<Pattern<?>> patterns = new ArrayList<>();
    for (Condition condition : Pieces.together(rule.getView())) {
      if (condition instanceof Pattern<?> pattern) {
        patterns.add(pattern);
      }
    }
    return matching
        .ways(rule.getView(), begin(rule, subject))
        .map(
            tuple -> {
              List<Object> matched = new ArrayList<>();
              patterns.forEach(it -> matched.add(tuple.get(it.getPatternVariable())));
              return matched;
            })
        .toList();
  }

  private static Tuple begin(Rule rule, String subject) {
    for (Variable<?> variable : rule.getDefaultConsequence().getDeclarations()) {
      if (variable.getType() == String.class) {
        return Tuple.EMPTY.with(variable, subject);
      }
    }
    return Tuple.EMPTY;
  }

  private Rule rule(String name) {
    Rule rule = rules.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("there is no rule \"" + name + "\"");
    }
    return rule;
  }
}
