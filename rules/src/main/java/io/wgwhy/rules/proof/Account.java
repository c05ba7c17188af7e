package io.wgwhy.rules.proof;

import io.wgwhy.rules.proof.Proof.Check;
import io.wgwhy.rules.proof.Proof.Mode;
import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.Variable;

/**
 * All conditions of a rule, each held against the facts with what the variables stand for.
 *
 * @param distance how far the first condition that fails is from holding: failing checks
 */
record Account(List<Proof.Condition> conditions, int distance) implements Comparable<Account> {
  /** Farther than any fact: there is none. */
  private static final int NO_FACT = 1000;

  /**
   * @param reached what the variables stand for, as far as the rule holds
   */
  static Account of(List<Condition> conditions, Tuple reached, Matching matching) {
    Writer writer = new Writer(matching, reached);
    List<Proof.Condition> all = new ArrayList<>();
    conditions.forEach(it -> all.add(writer.write(it)));
    int distance =
        all.stream()
            .filter(it -> it.state() == State.FAILS)
            .findFirst()
            .map(Account::distance)
            .orElse(0);
    return new Account(List.copyOf(all), distance);
  }

  private static int distance(Proof.Condition failing) {
    return failing.fact() == null && failing.parts().isEmpty()
        ? NO_FACT
        : (int) failing.checks().stream().filter(it -> it.state() == State.FAILS).count();
  }

  @Override
  public int compareTo(Account other) {
    return Integer.compare(distance, other.distance);
  }

  /** Writes conditions in their order; a fact that is found binds the variables for the next. */
  private static final class Writer {
    private final Matching matching;
    private Tuple tuple;

    Writer(Matching matching, Tuple tuple) {
      this.matching = matching;
      this.tuple = tuple;
    }

    Proof.Condition write(Condition condition) {
      return switch (condition.getType()) {
        case PATTERN -> pattern((Pattern<?>) condition, Mode.THERE_IS);
        case EXISTS -> inside(condition, Mode.THERE_IS);
        case NOT -> inside(condition, Mode.THERE_IS_NO);
        case OR -> group(condition, Mode.ANY_OF);
        default -> group(condition, Mode.ALL_OF);
      };
    }

    private Proof.Condition pattern(Pattern<?> pattern, Mode mode) {
      Class<?> kind = pattern.getPatternVariable().getType();
      if (!reaches(pattern)) {
        List<Check> checks =
            Pieces.constraints(pattern).stream()
                .map(it -> new Check(Pieces.text(it), State.NOT_REACHED, List.of()))
                .toList();
        return new Proof.Condition(mode, State.NOT_REACHED, kind, null, checks, List.of());
      }
      // What was matched already is asked first: it is what the rule holds by.
      Object matched = tuple.get(pattern.getPatternVariable());
      List<Object> candidates = matched == null ? matching.facts(pattern) : List.of(matched);
      NearestMiss nearest = NearestMiss.of(pattern, candidates, tuple);
      boolean found =
          nearest.fact() != null
              && nearest.checks().stream().allMatch(it -> it.state() == State.HOLDS);
      State state = found == (mode == Mode.THERE_IS) ? State.HOLDS : State.FAILS;
      if (mode == Mode.THERE_IS) {
        tuple = nearest.tuple();
      }
      return new Proof.Condition(mode, state, kind, nearest.fact(), nearest.checks(), List.of());
    }

    /** Whether all that it speaks of is known. */
    private boolean reaches(Pattern<?> pattern) {
      Set<Variable<?>> own = new HashSet<>();
      own.add(pattern.getPatternVariable());
      pattern.getBindings().forEach(it -> own.add(it.getBoundVariable()));
      return Arrays.stream(pattern.getInputVariables())
          .allMatch(it -> own.contains(it) || tuple.binds(it));
    }

    private Proof.Condition inside(Condition quantified, Mode mode) {
      Tuple outside = tuple;
      List<Condition> parts = quantified.getSubConditions();
      Proof.Condition inside;
      if (parts.size() == 1 && parts.get(0) instanceof Pattern<?> pattern) {
        inside = pattern(pattern, mode);
      } else {
        List<Proof.Condition> written = parts.stream().map(this::write).toList();
        tuple = outside;
        boolean holds = matching.ways(quantified, outside).findAny().isPresent();
        inside = Proof.Condition.group(mode, holds ? State.HOLDS : State.FAILS, written);
      }
      tuple = outside; // what is bound inside is not seen outside
      return inside;
    }

    private Proof.Condition group(Condition group, Mode mode) {
      Optional<Tuple> way = matching.ways(group, tuple).findFirst();
      List<Proof.Condition> parts = group.getSubConditions().stream().map(this::write).toList();
      way.ifPresent(it -> tuple = it);
      return Proof.Condition.group(mode, way.isPresent() ? State.HOLDS : State.FAILS, parts);
    }
  }
}
