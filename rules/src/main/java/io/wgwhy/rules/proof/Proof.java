package io.wgwhy.rules.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one rule holds for one tunnel, or the nearest miss: how far its conditions hold, which one
 * fails first, and at what.
 *
 * @param rule the rule's name
 * @param state whether it holds
 * @param conditions in the rule's order; empty when it was not taken apart
 */
public record Proof(String rule, State state, List<Condition> conditions) {

  /** Whether a rule, or one of its conditions, holds. */
  public enum State {
    HOLDS,
    FAILS,
    /** Of a condition: it speaks of what an earlier condition did not find. */
    NOT_REACHED,
    /** Of a rule: it has an element (accumulate, from, …) that is not taken apart. */
    NOT_TAKEN_APART
  }

  /** What a condition asks for. */
  public enum Mode {
    /** A fact that matches. */
    THERE_IS,
    /** That no fact matches. */
    THERE_IS_NO,
    /** That all parts hold. */
    ALL_OF,
    /** That one of the parts holds. */
    ANY_OF
  }

  /**
   * One condition of a rule.
   *
   * @param kind the class of facts that it asks for; null for a group
   * @param fact the fact that matches, else the one that comes nearest; null when there is none
   * @param checks what is asked of the fact, in the rule's order; empty when nothing is, and for a
   *     group
   * @param parts of a group; empty for others
   */
  public record Condition(
      Mode mode,
      State state,
      @Nullable Class<?> kind,
      @Nullable Object fact,
      List<Check> checks,
      List<Condition> parts) {

    static Condition group(Mode mode, State state, List<Condition> parts) {
      return new Condition(mode, state, null, null, List.of(), parts);
    }
  }

  /**
   * One thing that is asked of a fact.
   *
   * @param wanted as it stands in the rule
   * @param state NOT_REACHED when there is no fact to ask
   * @param actual what the fact says, for each name in {@code wanted}
   */
  public record Check(String wanted, State state, List<Actual> actual) {

    /** Whether it fails only because the fact does not say. */
    public boolean missing() {
      return state == State.FAILS && actual.stream().anyMatch(Actual::unknown);
    }
  }

  /**
   * What a fact says.
   *
   * @param name of the property, or of a binding with its {@code $}
   * @param value null when it is not known, or there is none
   */
  public record Actual(String name, @Nullable Object value) {

    /** Whether nothing is known of it. */
    public boolean unknown() {
      return value == null || value.toString().equals("UNKNOWN");
    }
  }

  /** The first condition that fails; null when all hold. */
  public @Nullable Condition firstFailing() {
    return conditions.stream().filter(it -> it.state() == State.FAILS).findFirst().orElse(null);
  }

  /** How many conditions hold before the first that fails. */
  public int held() {
    int held = 0;
    while (held < conditions.size() && conditions.get(held).state() == State.HOLDS) {
      held++;
    }
    return held;
  }
}
