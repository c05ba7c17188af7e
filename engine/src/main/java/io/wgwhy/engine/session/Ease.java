package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Trend.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one more sample of a peer, from that sample alone, that its tunnel is as {@link Calm} as
 * before: both counters rose by more than could be anything but data, or nothing moved at all.
 * Where it cannot tell, {@link Calm#holds} looks at all samples.
 *
 * @param standing of the peer's tunnel; once that is over, so is this
 * @param condition of the end, when all of it was looked at
 * @param keepalive of the end, seconds; null when unknown
 * @param handshakes in the samples that are kept, at most
 */
record Ease(
    CalmTunnels.Standing standing,
    Condition condition,
    @Nullable Integer keepalive,
    int handshakes) {
  /** As far back as trends look to see that only keepalives are sent. */
  private static final long WINDOW = 3 * WireGuard.KEEPALIVE_TIMEOUT - WireGuard.REKEY_TIMEOUT;

  /**
   * That of one end; null when more must be looked at than its counters.
   *
   * @param view of the end that the trend is of
   */
  static @Nullable Ease of(
      Scene scene, CalmTunnels.Standing standing, @Nullable Trend trend, @Nullable PeerView view) {
    boolean isEasy =
        trend != null
            && view != null
            && trend.endpointReturned().no()
            && trend.renewedTooOften().no()
            && (trend.condition() == Condition.NEVER_USED || trend.onlyKeepalivesSent().no())
            && hasCountersOnly(scene.hostA())
            && hasCountersOnly(scene.hostB());
    return !isEasy || trend == null || view == null
        ? null
        : new Ease(standing, trend.condition(), view.end().keepalive(), trend.handshakes());
  }

  /** What is seen otherwise counts for a while only: then time alone may change a judgement. */
  private static boolean hasCountersOnly(HostFacts host) {
    return !host.hasAny(Capture.class) && !host.hasAny(Probe.class);
  }

  /**
   * @param kept with the newest, which differs from the one before in numbers only
   */
  boolean goesOn(Kept kept) {
    if (!(kept.samples() instanceof PeerHistory samples)) {
      return false;
    }
    int last = samples.size() - 1;
    if (last < 1 || !samples.sameHandshake(last - 1, last)) {
      return false;
    }
    WgPeer now = samples.newest();
    long span = now.at() - samples.at(0);
    return switch (condition) {
      case HEARS -> span >= WINDOW && isUsed(now) && bothRose(samples, span);
      case IDLE -> span >= WINDOW && isUsed(now) && nothingMoved(samples);
      case NEVER_USED -> nothingMoved(samples) && mayBeSilent(now);
      default -> false;
    };
  }

  private static boolean isUsed(WgPeer now) {
    return now.latestHandshake() != null
        && now.latestHandshake() > 0
        && now.rxBytes() != null
        && now.rxBytes() > 0;
  }

  private boolean bothRose(PeerHistory samples, long span) {
    long others =
        Samples.keepalives(keepalive, span)
            + (long) handshakes * (WireGuard.RESPONSE_BYTES + WireGuard.INITIATION_BYTES);
    long answers = (span / WireGuard.REKEY_TIMEOUT + 2) * WireGuard.RESPONSE_BYTES;
    return samples.bothRose(samples.size() - 2, Math.max(others, answers));
  }

  /** In a row of equal ones only the first and the last are kept. */
  private static boolean nothingMoved(PeerHistory samples) {
    WgPeer now = samples.newest();
    return samples.size() == 2
        && now.rxBytes() != null
        && now.txBytes() != null
        && samples.sameReceived(0, 1)
        && samples.sameSent(0, 1);
  }

  /** One that must send keepalives is mute some time after. */
  private static boolean mayBeSilent(WgPeer now) {
    return !now.hasEndpoint().yes() || now.keepalive() == null || now.keepalive() == 0;
  }
}
