package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * One place on the packets' way.
 *
 * @param passed whether packets passed here; UNKNOWN when nobody looked
 * @param count how many; null when it was not counted
 */
public record Leg(Answer passed, @Nullable Long count) {
  public static final Leg UNKNOWN = new Leg(Answer.UNKNOWN, null);

  /** A counted leg: NO when the count is 0. */
  public static Leg counted(long count) {
    return new Leg(count > 0 ? Answer.YES : Answer.NO, count);
  }

  /** Seen to pass, without a number. */
  public static Leg of(Answer passed) {
    return new Leg(passed, null);
  }
}
