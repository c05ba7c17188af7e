package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.tunnel.Trend;
import org.jspecify.annotations.Nullable;

/**
 * How a tunnel was when it was last judged in full, and had no symptom. As long as only its
 * counters move, and amount to the same, it is not judged again: that is most of the work of a
 * network that is well.
 *
 * <p>Whether there is a symptom must follow from what is compared here, and from facts whose change
 * leads to a full judgement anyway ({@code symptoms.drl} looks at nothing else of a trend). Rule
 * packs of others may look at all; with them every sample is judged.
 *
 * @param renewed how often the responder's handshake was renewed
 * @param since where the time that was looked at began, ms since the epoch
 */
record Calm(@Nullable State initiator, @Nullable State responder, int renewed, long since) {

  /** What of a trend decides whether something is wrong. */
  private record State(
      Trend.Condition condition,
      Answer handshake,
      Answer endpointReturned,
      Answer onlyKeepalivesSent,
      Answer renewedTooOften) {
    static @Nullable State of(@Nullable Trend trend) {
      return trend == null
          ? null
          : new State(
              trend.condition(),
              trend.handshake(),
              trend.endpointReturned(),
              trend.onlyKeepalivesSent(),
              trend.renewedTooOften());
    }

    boolean is(@Nullable Trend trend) {
      return equals(of(trend));
    }
  }

  /**
   * Null when somebody asks and gets no answer, or is heard and gets none: that is no calm, though
   * there is no symptom yet.
   */
  static @Nullable Calm of(Scene scene) {
    return isAtEase(scene.initiatorTrend()) && isAtEase(scene.responderTrend())
        ? new Calm(
            State.of(scene.initiatorTrend()),
            State.of(scene.responderTrend()),
            renewed(scene),
            scene.since())
        : null;
  }

  private static int renewed(Scene scene) {
    return scene.responderTrend() == null ? 0 : scene.responderTrend().handshakes();
  }

  private static boolean isAtEase(@Nullable Trend trend) {
    return trend == null
        || (!trend.onlyKeepalivesSent().yes()
            && (trend.condition() == Trend.Condition.HEARS
                || trend.condition() == Trend.Condition.IDLE
                || trend.condition() == Trend.Condition.NEVER_USED));
  }

  /** Whether a full judgement would find no symptom either. */
  boolean holds(Scene now) {
    return same(initiator, now.initiatorTrend())
        && same(responder, now.responderTrend())
        && isAnsweredAsBefore(now)
        && sameEvidence(now.hostA(), now.since())
        && sameEvidence(now.hostB(), now.since());
  }

  private static boolean same(@Nullable State before, @Nullable Trend now) {
    return before == null ? now == null : before.is(now);
  }

  /**
   * Handshakes are renewed every two minutes; what is asked of their number is whether captures saw
   * more initiations than that. While nobody saw any, and while there are no fewer handshakes for
   * those that were seen, the answer stays.
   */
  private boolean isAnsweredAsBefore(Scene now) {
    return renewed(now) >= renewed || now.hostB().capturesSince(now.since()).isEmpty();
  }

  /** Whether none of what is looked at for a while only has become too old since. */
  private boolean sameEvidence(HostFacts host, long now) {
    return now >= since
        && !host.hasBetween(Capture.class, since, now)
        && !host.hasBetween(Probe.class, since - Memory.HORIZON, now - Memory.HORIZON);
  }
}
