package io.wgwhy.rules.proof;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.proof.Proof.Actual;
import io.wgwhy.rules.proof.Proof.Check;
import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The fact that comes nearest to matching a pattern, with what is asked of it. A fact of another
 * tunnel, or of the other end, is not near at all.
 *
 * @param fact null when there is none
 * @param tuple what the variables stand for, the fact's bindings among it
 */
record NearestMiss(@Nullable Object fact, List<Check> checks, Tuple tuple)
    implements Comparable<NearestMiss> {

  /**
   * Properties of these types tell a tunnel's facts of one class apart ("the initiator's trend"):
   * where they differ, it is another fact, not one that misses.
   */
  static final Set<Class<?>> TELL_APART =
      Set.of(
          Role.class,
          Clue.Shows.class,
          FilterVerdict.Way.class,
          WgLog.Meaning.class,
          Symptom.Kind.class,
          BringUp.Direction.class);

  static NearestMiss of(Pattern<?> pattern, List<Object> candidates, Tuple from) {
    List<Constraint> constraints = Pieces.constraints(pattern);
    NearestMiss nearest = null;
    for (Object candidate : candidates) {
      Tuple tuple = Pieces.bind(pattern, candidate, from);
      if (tuple == null || isAnother(pattern, candidate, constraints, tuple)) {
        continue;
      }
      List<Check> checks = constraints.stream().map(it -> check(it, candidate, tuple)).toList();
      NearestMiss miss = new NearestMiss(candidate, checks, tuple);
      if (nearest == null || miss.compareTo(nearest) < 0) {
        nearest = miss;
      }
    }
    return nearest != null
        ? nearest
        : new NearestMiss(
            null,
            constraints.stream()
                .map(it -> new Check(Pieces.text(it), State.NOT_REACHED, List.of()))
                .toList(),
            from);
  }

  private static boolean isAnother(
      Pattern<?> pattern, Object fact, List<Constraint> constraints, Tuple tuple) {
    return constraints.stream()
        .filter(it -> !Pieces.holds(it, tuple))
        .anyMatch(it -> isJoin(it, pattern.getPatternVariable()) || tellsApart(it, fact));
  }

  /** Whether it only says that the fact is of the same tunnel or interface: {@code id == $id}. */
  private static boolean isJoin(Constraint constraint, Variable<?> own) {
    return Pieces.variables(constraint).stream().anyMatch(it -> !it.equals(own))
        && Pieces.text(constraint).matches("\\w+ == \\$\\w+");
  }

  private static boolean tellsApart(Constraint constraint, Object fact) {
    List<Actual> actual = Properties.of(fact, Pieces.text(constraint));
    return actual.size() == 1
        && actual.get(0).value() != null
        && TELL_APART.contains(actual.get(0).value().getClass());
  }

  private static Check check(Constraint constraint, Object fact, Tuple tuple) {
    String wanted = Pieces.text(constraint);
    State state = Pieces.holds(constraint, tuple) ? State.HOLDS : State.FAILS;
    List<Actual> actual = new ArrayList<>(Properties.of(fact, wanted));
    for (Variable<?> variable : Pieces.variables(constraint)) {
      if (variable.getName().startsWith("$")) {
        actual.add(new Actual(variable.getName(), tuple.get(variable)));
      }
    }
    return new Check(wanted, state, List.copyOf(actual));
  }

  /** The fewer checks fail the nearer; of equals, the one that fails later. */
  @Override
  public int compareTo(NearestMiss other) {
    int fewer = Long.compare(failing(), other.failing());
    return fewer != 0 ? fewer : Integer.compare(other.heldFirst(), heldFirst());
  }

  private long failing() {
    return fact == null
        ? Long.MAX_VALUE
        : checks.stream().filter(it -> it.state() == State.FAILS).count();
  }

  private int heldFirst() {
    int held = 0;
    while (held < checks.size() && checks.get(held).state() == State.HOLDS) {
      held++;
    }
    return held;
  }
}
