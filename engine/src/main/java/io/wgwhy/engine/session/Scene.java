package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Tunnel;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, the facts of its two hosts, and the time that is looked at: where judgements are
 * made.
 *
 * @param initiatorTrend null when wg was not seen there
 * @param responderTrend null when wg was not seen there
 * @param since when the trouble began, ms since the epoch; facts before it prove nothing about it
 */
record Scene(
    Memory memory,
    Pairing.Pair pair,
    @Nullable Trend initiatorTrend,
    @Nullable Trend responderTrend,
    long since) {

  static Scene of(Memory memory, Pairing.Pair pair) {
    String id = pair.tunnel().id();
    Trend initiator = Trends.of(id, Role.INITIATOR, pair.initiator());
    Trend responder = Trends.of(id, Role.RESPONDER, pair.responder());
    return new Scene(memory, pair, initiator, responder, since(memory, pair, initiator, responder));
  }

  private static long since(
      Memory memory, Pairing.Pair pair, @Nullable Trend initiator, @Nullable Trend responder) {
    boolean initiatorAsks = inVain(initiator);
    Trend silent = initiatorAsks ? initiator : inVain(responder) ? responder : null;
    if (silent == null) {
      return memory.clock() - WireGuard.REKEY_ATTEMPT_TIME;
    }
    // A single sample is judged by its totals: nobody knows since when.
    Long began = silent.silentSince();
    if (silent.samples() < 2 || began == null) {
      return 0;
    }
    // One that has given up is judged by its last attempts, not by the silence after them.
    PeerView asking = initiatorAsks ? pair.initiator() : pair.responder();
    return Math.max(began, lastSent(asking, memory.clock()) - WireGuard.REKEY_ATTEMPT_TIME);
  }

  private static long lastSent(@Nullable PeerView view, long now) {
    List<WgPeer> samples = view == null ? List.of() : view.samples();
    for (int i = samples.size() - 1; i > 0; i--) {
      if (!Objects.equals(samples.get(i).txBytes(), samples.get(i - 1).txBytes())) {
        return samples.get(i).at();
      }
    }
    return now;
  }

  private static boolean inVain(@Nullable Trend trend) {
    return trend != null
        && (trend.condition() == Trend.Condition.ASKS_IN_VAIN
            || trend.condition() == Trend.Condition.MUTE);
  }

  /**
   * Whether the initiator is asking now, as far as is known: only then does it mean anything that
   * no initiation is seen.
   */
  boolean asked() {
    return initiatorTrend == null || inVain(initiatorTrend);
  }

  Tunnel tunnel() {
    return pair.tunnel();
  }

  End a() {
    return pair.tunnel().initiator();
  }

  End b() {
    return pair.tunnel().responder();
  }

  HostFacts hostA() {
    return memory.host(a().host());
  }

  HostFacts hostB() {
    return memory.host(b().host());
  }

  @Nullable Endpoint endpoint() {
    return a().endpoint();
  }

  /** The port that the responder listens on; the one that is asked for when nobody knows. */
  @Nullable Integer listenPort() {
    return b().listenPort() != null
        ? b().listenPort()
        : endpoint() == null ? null : endpoint().port();
  }

  /** Captures outside of tunnels that could have seen this direction, since the trouble began. */
  List<Capture> captures(HostFacts host, Direction direction) {
    return host.capturesSince(since).stream()
        .filter(it -> it.direction() == direction || it.direction() == Direction.BOTH)
        .filter(it -> !isTunnel(host, it.device()))
        .toList();
  }

  /** Captures on the tunnel interface, since the trouble began. */
  List<Capture> tunnelCaptures(HostFacts host) {
    return host.capturesSince(since).stream().filter(it -> isTunnel(host, it.device())).toList();
  }

  private static boolean isTunnel(HostFacts host, String device) {
    return host.all(WgInterface.class).stream().anyMatch(it -> it.name().equals(device))
        || host.wireGuardInterfaces().contains(device);
  }

  /** By how much a counter of the host grew since the trouble began; null when not known. */
  @Nullable Long growth(HostFacts host, Function<NetworkCounters, @Nullable Long> counter) {
    List<NetworkCounters> samples = host.history(NetworkCounters.class);
    if (samples.isEmpty()) {
      return null;
    }
    NetworkCounters last = samples.get(samples.size() - 1);
    Long now = counter.apply(last);
    if (now == null || last.at() <= since) {
      return null;
    }
    if (now == 0) {
      return 0L;
    }
    NetworkCounters before = baseline(samples);
    Long then = before == null ? null : counter.apply(before);
    return then == null || then > now ? null : Long.valueOf(now - then);
  }

  private @Nullable NetworkCounters baseline(List<NetworkCounters> samples) {
    NetworkCounters before = null;
    for (NetworkCounters sample : samples.subList(0, samples.size() - 1)) {
      before = before == null || sample.at() <= since ? sample : before;
    }
    return before;
  }

  /** When the first of the counters that {@link #growth} compares was read. */
  long growthFrom(HostFacts host) {
    NetworkCounters before =
        baseline(
            host.history(NetworkCounters.class).isEmpty()
                ? List.of(new NetworkCounters("", 0, null, null, null, null, null, null, null))
                : host.history(NetworkCounters.class));
    return before == null ? since : before.at();
  }

  /** Growth of one of the peer's counters since the trouble began; null when not known. */
  static @Nullable Long growth(
      @Nullable PeerView view, long since, Function<WgPeer, @Nullable Long> counter) {
    if (view == null || view.samples().isEmpty()) {
      return null;
    }
    List<WgPeer> samples = view.samples();
    WgPeer last = samples.get(samples.size() - 1);
    Long now = counter.apply(last);
    if (now == null) {
      return null;
    }
    long from = 0;
    for (int i = 0; i < samples.size() && since > 0; i++) {
      Long value = counter.apply(samples.get(i));
      // The newest sample before that moment; without one, the first there is.
      if (value != null && (i == 0 || samples.get(i).at() <= since)) {
        from = value;
      }
    }
    return now < from ? now : Long.valueOf(now - from);
  }
}
