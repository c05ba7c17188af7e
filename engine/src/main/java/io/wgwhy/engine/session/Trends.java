package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Trend.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an end's counters over time. An old handshake is not a fault: demand decides. */
final class Trends {
  /** How far back data that is answered by keepalives only is looked at: three of them. */
  private static final long KEEPALIVES_WINDOW = 3 * WireGuard.KEEPALIVE_TIMEOUT;

  private Trends() {}

  /** The trend of one end; null when wg was not seen there. */
  static @Nullable Trend of(String tunnel, Role role, @Nullable PeerView view) {
    List<WgPeer> all = view == null ? List.of() : view.samples();
    if (view == null || all.isEmpty()) {
      return null;
    }
    List<WgPeer> samples = sinceRestart(all);
    WgPeer last = samples.get(samples.size() - 1);
    WgPeer heard = lastHeard(samples);
    long silent = last.at() - heard.at();
    long unheard =
        neverHeard(last) ? value(last.txBytes()) : value(last.txBytes()) - value(heard.txBytes());
    List<Endpoint> endpoints = endpoints(all);
    return new Trend(
        tunnel,
        role,
        condition(view, samples, last, silent, unheard),
        last.latestHandshake() == null ? Answer.UNKNOWN : Answer.of(last.latestHandshake() > 0),
        last.handshakeAge(),
        all.stream().anyMatch(it -> it.handshakeAge() != null && it.handshakeAge() < -1)
            ? Answer.YES
            : Answer.NO,
        heard.at(),
        silent,
        unheard,
        handshakes(samples),
        Math.max(0, endpoints.size() - 1),
        Answer.of(new HashSet<>(endpoints).size() < endpoints.size()),
        samples.size());
  }

  /** Counters that fell begin a new life of the interface. */
  private static List<WgPeer> sinceRestart(List<WgPeer> samples) {
    int start = 0;
    for (int i = 1; i < samples.size(); i++) {
      if (value(samples.get(i).rxBytes()) < value(samples.get(i - 1).rxBytes())
          || value(samples.get(i).txBytes()) < value(samples.get(i - 1).txBytes())) {
        start = i;
      }
    }
    return samples.subList(start, samples.size());
  }

  /** The first sample with the newest count of received bytes. */
  private static WgPeer lastHeard(List<WgPeer> samples) {
    int i = samples.size() - 1;
    while (i > 0 && Objects.equals(samples.get(i - 1).rxBytes(), samples.get(i).rxBytes())) {
      i--;
    }
    return samples.get(i);
  }

  private static boolean neverHeard(WgPeer peer) {
    return Objects.equals(peer.rxBytes(), 0L);
  }

  private static long value(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static Condition condition(
      PeerView view, List<WgPeer> samples, WgPeer last, long silent, long unheard) {
    if (last.rxBytes() == null || last.txBytes() == null) {
      return Condition.UNKNOWN;
    }
    if (answersInVain(samples, last)) {
      return Condition.ANSWERS_IN_VAIN;
    }
    if (neverHeard(last)) {
      return neverHeardCondition(samples, last);
    }
    if (silent >= WireGuard.HEARING_TIMEOUT
        && unheard - keepalives(view, silent) >= WireGuard.SMALLEST_DATA_BYTES) {
      return Condition.ASKS_IN_VAIN;
    }
    if (onlyKeepalives(view, samples, last)) {
      return Condition.HEARS_ONLY_KEEPALIVES;
    }
    boolean moved =
        samples.size() > 1
            && samples.get(0).at() < last.at()
            && silent < KEEPALIVES_WINDOW
            && value(last.rxBytes()) > value(samples.get(0).rxBytes());
    return moved || (samples.size() == 1 && fresh(last)) ? Condition.HEARS : Condition.IDLE;
  }

  private static boolean fresh(WgPeer peer) {
    return peer.handshakeAge() != null && peer.handshakeAge() * 1000 <= WireGuard.REJECT_AFTER_TIME;
  }

  /** Nothing was ever received: what was sent are initiations, 148 bytes each. */
  private static Condition neverHeardCondition(List<WgPeer> samples, WgPeer last) {
    long sent = value(last.txBytes());
    long watched = last.at() - samples.get(0).at();
    if (sent >= 2L * WireGuard.INITIATION_BYTES
        || (sent > 0 && watched >= 2 * WireGuard.REKEY_TIMEOUT)) {
      return Condition.ASKS_IN_VAIN;
    }
    boolean mustSend = last.hasEndpoint().yes() && last.keepalive() != null && last.keepalive() > 0;
    if (sent == 0 && mustSend && watched >= 2 * WireGuard.REKEY_TIMEOUT) {
      return Condition.MUTE;
    }
    return sent == 0 ? Condition.NEVER_USED : Condition.UNKNOWN;
  }

  /**
   * Keepalives are not answered, so they are no demand: one each interval, one more at each edge of
   * the time looked at.
   */
  private static long keepalives(PeerView view, long silent) {
    Integer interval = view.end().keepalive();
    long count = interval == null || interval == 0 ? 2 : silent / (interval * 1000L) + 2;
    return count * WireGuard.KEEPALIVE_BYTES;
  }

  /**
   * A responder accepts initiation after initiation and no session comes of it: its handshake time
   * stands still while 148 after 148 comes in (with 92 after 92 going out, unless its own output is
   * blocked).
   */
  private static boolean answersInVain(List<WgPeer> samples, WgPeer last) {
    if (last.latestHandshake() == null) {
      return false;
    }
    if (last.latestHandshake() == 0) {
      long rx = value(last.rxBytes());
      return rx >= 2L * WireGuard.INITIATION_BYTES
          && rx % WireGuard.INITIATION_BYTES == 0
          && value(last.txBytes()) % WireGuard.RESPONSE_BYTES == 0;
    }
    // After a session: the same growth in steps, at least three of them, handshake unmoved.
    int steps = 0;
    for (int i = samples.size() - 1; i > 0; i--) {
      WgPeer newer = samples.get(i);
      WgPeer older = samples.get(i - 1);
      long rx = value(newer.rxBytes()) - value(older.rxBytes());
      long tx = value(newer.txBytes()) - value(older.txBytes());
      boolean step =
          Objects.equals(newer.latestHandshake(), older.latestHandshake())
              && rx >= WireGuard.INITIATION_BYTES
              && tx > 0
              && tx % WireGuard.RESPONSE_BYTES == 0
              && tx / WireGuard.RESPONSE_BYTES <= 2;
      if (!step) {
        break;
      }
      steps++;
    }
    return steps >= 3;
  }

  /** There is a session; data goes out, and what comes back are passive keepalives only. */
  private static boolean onlyKeepalives(PeerView view, List<WgPeer> samples, WgPeer last) {
    WgPeer first = last;
    for (WgPeer sample : samples) {
      if (sample.at() >= last.at() - 2 * KEEPALIVES_WINDOW) {
        first = sample;
        break;
      }
    }
    long time = last.at() - first.at();
    if (time < KEEPALIVES_WINDOW - WireGuard.REKEY_TIMEOUT) {
      return false;
    }
    long received = value(last.rxBytes()) - value(first.rxBytes());
    long sent = value(last.txBytes()) - value(first.txBytes());
    long handshakes = handshakes(samples.subList(samples.indexOf(first), samples.size()));
    long mayReceive =
        (time / WireGuard.KEEPALIVE_TIMEOUT + 1) * WireGuard.KEEPALIVE_BYTES
            + handshakes * (WireGuard.RESPONSE_BYTES + WireGuard.INITIATION_BYTES);
    return received > 0
        && received <= mayReceive
        && received % 4 == 0
        && sent - keepalives(view, time) - handshakes * WireGuard.INITIATION_BYTES
            >= 4L * WireGuard.SMALLEST_DATA_BYTES;
  }

  private static int handshakes(List<WgPeer> samples) {
    Set<Long> times = new HashSet<>();
    samples.stream()
        .map(WgPeer::latestHandshake)
        .filter(it -> it != null && it > 0)
        .forEach(times::add);
    return samples.isEmpty() || times.isEmpty() ? 0 : times.size() - 1;
  }

  /** The endpoints in the order they were seen, repeats of the same one after another left out. */
  private static List<Endpoint> endpoints(List<WgPeer> samples) {
    List<Endpoint> seen = new ArrayList<>();
    for (WgPeer sample : samples) {
      Endpoint endpoint = sample.endpoint();
      if (endpoint != null && (seen.isEmpty() || !seen.get(seen.size() - 1).equals(endpoint))) {
        seen.add(endpoint);
      }
    }
    return seen;
  }
}
