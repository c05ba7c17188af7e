package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Samples.received;
import static io.wgwhy.engine.session.Samples.sent;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Trend.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an end's counters over time. An old handshake is not a fault: demand decides. Whatever the
 * sampling interval: nothing is said of one interval that the protocol's timers do not allow.
 */
final class Trends {
  /** How far back data that is answered by keepalives only is looked at: three of them. */
  private static final long KEEPALIVES_WINDOW = 3 * WireGuard.KEEPALIVE_TIMEOUT;

  /** Initiations that must have been answered without a session: 15 s of them. */
  private static final int ANSWERS_IN_VAIN = 3;

  /** Two hosts with one key take turns every 15 s (timers.c), or as often as they keep alive. */
  private static final long STEADY = 4 * WireGuard.HEARING_TIMEOUT;

  private Trends() {}

  /** The trend of one end; null when wg was not seen there. */
  static @Nullable Trend of(String tunnel, Role role, @Nullable PeerView view) {
    List<WgPeer> all = view == null ? List.of() : view.samples();
    if (view == null || all.isEmpty() || Sights.isBlind(view.host())) {
      // What wg said before it could not be asked any more is of another time.
      return null;
    }
    WgPeer last = all.get(all.size() - 1);
    Samples samples = last.rxBytes() == null || last.txBytes() == null ? null : Samples.of(all);
    List<Endpoint> endpoints = Samples.endpoints(all);
    return new Trend(
        tunnel,
        role,
        samples == null ? Condition.UNKNOWN : condition(view, samples),
        last.latestHandshake() == null ? Answer.UNKNOWN : Answer.of(last.latestHandshake() > 0),
        last.handshakeAge(),
        Answer.of(anyHandshakeInFuture(all)),
        samples == null ? null : samples.heard().at(),
        samples == null ? 0 : samples.silentMillis(),
        samples == null ? 0 : samples.sentUnheard(),
        samples == null ? 0 : samples.handshakesSince(samples.first()),
        Math.max(0, endpoints.size() - 1),
        Answer.of(returned(endpoints) && !isSteady(all, samples)),
        samples == null ? Answer.UNKNOWN : sendsOnlyKeepalives(view, samples),
        samples == null ? null : idleBeforeAsking(view, samples),
        samples == null ? Answer.UNKNOWN : Answer.of(renewedTooOften(samples)),
        last.at() - all.get(0).at(),
        samples == null ? all.size() : samples.all().size());
  }

  /** Whether it was at one of them twice, and elsewhere between: two in a row are not the same. */
  private static boolean returned(List<Endpoint> endpoints) {
    return endpoints.size() > 2 && new HashSet<>(endpoints).size() < endpoints.size();
  }

  /** Whether it was heard at its last endpoint for so long that nobody takes turns with it. */
  private static boolean isSteady(List<WgPeer> all, @Nullable Samples samples) {
    int first = all.size() - 1;
    Endpoint last = all.get(first).endpoint();
    while (first > 0 && Objects.equals(all.get(first - 1).endpoint(), last)) {
      first--;
    }
    return samples != null && samples.heard().at() - all.get(first).at() >= STEADY;
  }

  /** Ages are rounded to seconds: one more may be that. */
  private static boolean anyHandshakeInFuture(List<WgPeer> all) {
    for (WgPeer peer : all) {
      if (peer.handshakeAge() != null && peer.handshakeAge() < -1) {
        return true;
      }
    }
    return false;
  }

  private static Condition condition(PeerView view, Samples samples) {
    WgPeer last = samples.last();
    if (answersInVain(samples)) {
      return Condition.ANSWERS_IN_VAIN;
    }
    if (samples.neverHeard()) {
      return neverHeard(samples);
    }
    if (samples.askedMillis(view.end().keepalive()) >= WireGuard.HEARING_TIMEOUT) {
      // A kernel does not count what its AllowedIPs refuse: it hears, and the count stands still.
      return InterfaceCounters.refusesPeer(view, samples.heard().at())
          ? Condition.UNKNOWN
          : Condition.ASKS_IN_VAIN;
    }
    if (onlyKeepalives(view, samples)) {
      return Condition.HEARS_ONLY_KEEPALIVES;
    }
    if (samples.all().size() == 1) {
      return fresh(last)
          ? Condition.HEARS
          : keptAliveInVain(view, last) ? Condition.ASKS_IN_VAIN : Condition.IDLE;
    }
    boolean moved =
        samples.silentMillis() < KEEPALIVES_WINDOW && received(samples.first(), last) > 0;
    return moved ? Condition.HEARS : Condition.IDLE;
  }

  private static boolean fresh(WgPeer peer) {
    return peer.handshakeAge() != null && peer.handshakeAge() <= WireGuard.REJECT_AFTER_TIME / 1000;
  }

  /**
   * Whom a keepalive is owed to is asked for a new session when the old one is void, and every 5 s
   * from then on (timers.c, send.c): an older handshake is one that was not answered. Of one of
   * several peers it tells less, it may have been switched off for good reason.
   */
  private static boolean keptAliveInVain(PeerView view, WgPeer peer) {
    return peer.hasEndpoint().yes()
        && isOverdue(view.end().keepalive(), peer.handshakeAge())
        && view.peers() == 1;
  }

  /**
   * Whether a handshake is older than it can be where keepalives are answered: each of them asks
   * for a new session once the old one is void.
   *
   * @param keepalive the PersistentKeepalive, seconds; null when unknown
   * @param handshakeAge seconds; null when unknown, or when there was none
   */
  static boolean isOverdue(@Nullable Integer keepalive, @Nullable Long handshakeAge) {
    return keepalive != null
        && keepalive > 0
        && handshakeAge != null
        && handshakeAge
            > (WireGuard.REJECT_AFTER_TIME + WireGuard.HEARING_TIMEOUT) / 1000 + keepalive;
  }

  /**
   * Nothing was ever received: what was sent are initiations, 148 bytes each. That they stopped (at
   * 2960 bytes, after 20 of them) does not mean that all is well.
   */
  private static Condition neverHeard(Samples samples) {
    WgPeer last = samples.last();
    long sent = samples.sentUnheard();
    if (sent >= 2L * WireGuard.INITIATION_BYTES
        || (sent > 0 && samples.sendingMillis() >= 2 * WireGuard.REKEY_TIMEOUT)) {
      return Condition.ASKS_IN_VAIN;
    }
    long watched = last.at() - samples.first().at();
    boolean mustSend = last.hasEndpoint().yes() && last.keepalive() != null && last.keepalive() > 0;
    if (sent == 0 && mustSend && watched >= 2 * WireGuard.REKEY_TIMEOUT) {
      return Condition.MUTE;
    }
    return sent == 0 ? Condition.NEVER_USED : Condition.UNKNOWN;
  }

  /**
   * Accepts initiation after initiation, and no session comes of it: the handshake time stands
   * still while 148 after 148 comes in, with 92 after 92 going out, unless the own output is
   * blocked.
   */
  private static boolean answersInVain(Samples samples) {
    WgPeer last = samples.last();
    if (last.latestHandshake() == null) {
      return false;
    }
    if (last.latestHandshake() == 0) {
      return initiationsOnly(last);
    }
    for (WgPeer from : samples.all()) {
      if (Objects.equals(from.latestHandshake(), last.latestHandshake())
          && answersOnly(sent(from, last), received(from, last), last.at() - from.at())) {
        return true;
      }
    }
    return false;
  }

  /** Without any handshake nothing else can have been accepted, answered and asked. */
  private static boolean initiationsOnly(WgPeer peer) {
    long rx = peer.rxBytes() == null ? 0 : peer.rxBytes();
    long tx = peer.txBytes() == null ? 0 : peer.txBytes();
    long count = rx / WireGuard.INITIATION_BYTES;
    long own = tx - count * WireGuard.RESPONSE_BYTES;
    return count >= 2
        && rx % WireGuard.INITIATION_BYTES == 0
        && (tx % WireGuard.RESPONSE_BYTES == 0
            || (own >= 0 && own % WireGuard.INITIATION_BYTES == 0));
  }

  /**
   * Whether what went out is answers and nothing else. All data messages are multiples of 16 bytes
   * (receive.c pads them; a full packet is not padded, but does not fit in so few), so a count of
   * responses that is no multiple of 16 cannot be data; and there is one initiation every 5 s.
   */
  private static boolean answersOnly(long sent, long received, long millis) {
    long count = sent / WireGuard.RESPONSE_BYTES;
    return count >= ANSWERS_IN_VAIN
        && sent % WireGuard.RESPONSE_BYTES == 0
        && sent % 16 != 0
        && received >= count * WireGuard.INITIATION_BYTES
        && count <= millis / WireGuard.REKEY_TIMEOUT + 1
        && count * 2 >= millis / WireGuard.REKEY_TIMEOUT;
  }

  /** There is a session; data goes out, and what comes back are passive keepalives only. */
  private static boolean onlyKeepalives(PeerView view, Samples samples) {
    WgPeer last = samples.last();
    WgPeer first = windowBegin(samples);
    long time = last.at() - first.at();
    if (time < KEEPALIVES_WINDOW - WireGuard.REKEY_TIMEOUT) {
      return false;
    }
    long received = received(first, last);
    long handshakes = samples.handshakesSince(first);
    long mayReceive =
        (time / WireGuard.KEEPALIVE_TIMEOUT + 1) * WireGuard.KEEPALIVE_BYTES
            + handshakes * (WireGuard.RESPONSE_BYTES + WireGuard.INITIATION_BYTES);
    long data =
        sent(first, last)
            - Samples.keepalives(view.end().keepalive(), time)
            - handshakes * WireGuard.INITIATION_BYTES;
    return received > 0 && received <= mayReceive && data >= 4L * WireGuard.SMALLEST_DATA_BYTES;
  }

  /**
   * There is a session; data comes in, and what goes out are keepalives only. A kernel whose
   * AllowedIPs refuse what comes does not count it as received; that it keeps alive a session
   * through which nothing is sent, nor kept alive by request, tells that data came.
   */
  private static Answer sendsOnlyKeepalives(PeerView view, Samples samples) {
    WgPeer last = samples.last();
    WgPeer first = windowBegin(samples);
    long time = last.at() - first.at();
    if (time < KEEPALIVES_WINDOW - WireGuard.REKEY_TIMEOUT
        || last.latestHandshake() == null
        || last.latestHandshake() == 0) {
      return Answer.UNKNOWN;
    }
    long sent = sent(first, last);
    long received = received(first, last);
    long handshakes = samples.handshakesSince(first);
    long maySend =
        Samples.keepalives(view.end().keepalive(), time)
            + handshakes * (WireGuard.RESPONSE_BYTES + WireGuard.INITIATION_BYTES);
    long data =
        received
            - Samples.keepalives(view.end().keepalive(), time)
            - handshakes * (WireGuard.RESPONSE_BYTES + WireGuard.INITIATION_BYTES);
    boolean keepsAlive = view.end().keepalive() == null || view.end().keepalive() > 0;
    boolean dataCame = data >= 4L * WireGuard.SMALLEST_DATA_BYTES;
    boolean uncounted =
        received == 0
            && !keepsAlive
            && sent >= 2L * WireGuard.KEEPALIVE_BYTES
            && sent % WireGuard.KEEPALIVE_BYTES == 0;
    return Answer.of(sent <= maySend && (dataCame || uncounted));
  }

  /**
   * Three times in a minute and a half: where two hosts use one key each takes the session from the
   * other every 15 s, the time after which nothing is heard of it (timers.c).
   */
  private static boolean renewedTooOften(Samples samples) {
    WgPeer last = samples.last();
    WgPeer from = samples.from(last.at() - 6 * WireGuard.HEARING_TIMEOUT).orElse(last);
    WgPeer lately = samples.from(last.at() - 3 * WireGuard.HEARING_TIMEOUT).orElse(last);
    return samples.handshakesSince(from) >= 3 && samples.handshakesSince(lately) >= 1;
  }

  private static @Nullable Long idleBeforeAsking(PeerView view, Samples samples) {
    WgPeer before = samples.neverHeard() ? null : samples.beforeAsking(view.end().keepalive());
    boolean seenHearing = samples.heard().at() > samples.first().at();
    return before == null || !seenHearing ? null : Long.valueOf(before.at() - samples.heard().at());
  }

  /** The oldest sample of the last minute, or, of rarer ones, the newest that is old enough. */
  private static WgPeer windowBegin(Samples samples) {
    long end = samples.last().at();
    WgPeer begin = samples.first();
    for (WgPeer sample : samples.all()) {
      long age = end - sample.at();
      if (age >= KEEPALIVES_WINDOW - WireGuard.REKEY_TIMEOUT) {
        begin = sample;
      }
      if (age >= KEEPALIVES_WINDOW - WireGuard.REKEY_TIMEOUT && age <= 2 * KEEPALIVES_WINDOW) {
        break;
      }
    }
    return begin;
  }
}
