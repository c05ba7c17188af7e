package io.wgwhy.engine.session;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one peer of one interface over time, oldest first: only samples whose counters
 * are known, and only since the interface was last made. Never empty.
 *
 * @param all of this life of the interface
 * @param heard the first sample with the newest count of received bytes: since then it is silent
 * @param madeAnewAfter when the interface was last seen in the life before; 0 when it was not
 */
record Samples(List<WgPeer> all, WgPeer heard, long madeAnewAfter) {

  /** Those of a view that can be counted with; null when there are none. */
  static @Nullable Samples of(List<WgPeer> seen) {
    List<WgPeer> known = counted(seen);
    if (known.isEmpty()) {
      return null;
    }
    int start = 0;
    for (int i = 1; i < known.size(); i++) {
      start = restarted(known.get(i - 1), known.get(i)) ? i : start;
    }
    List<WgPeer> life = known.subList(start, known.size());
    int heard = life.size() - 1;
    while (heard > 0 && received(life.get(heard - 1), life.get(heard)) == 0) {
      heard--;
    }
    return new Samples(life, life.get(heard), start == 0 ? 0 : known.get(start - 1).at());
  }

  /** All of them, as a rule: no need for a copy then. */
  private static List<WgPeer> counted(List<WgPeer> seen) {
    for (WgPeer sample : seen) {
      if (sample.rxBytes() == null || sample.txBytes() == null) {
        return seen.stream().filter(it -> it.rxBytes() != null && it.txBytes() != null).toList();
      }
    }
    return seen;
  }

  /** Counters that fell, or a handshake that never was: the interface was made anew. */
  private static boolean restarted(WgPeer older, WgPeer newer) {
    return received(older, newer) < 0
        || sent(older, newer) < 0
        || (older.latestHandshake() != null
            && older.latestHandshake() > 0
            && Objects.equals(newer.latestHandshake(), 0L));
  }

  static long received(WgPeer older, WgPeer newer) {
    return value(newer.rxBytes()) - value(older.rxBytes());
  }

  static long sent(WgPeer older, WgPeer newer) {
    return value(newer.txBytes()) - value(older.txBytes());
  }

  private static long value(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  WgPeer first() {
    return all.get(0);
  }

  WgPeer last() {
    return all.get(all.size() - 1);
  }

  /** The newest sample that is not after a moment. */
  Optional<WgPeer> before(long moment) {
    return all.stream().filter(it -> it.at() <= moment).reduce((older, newer) -> newer);
  }

  /** The oldest sample that is not before a moment. */
  Optional<WgPeer> from(long moment) {
    return all.stream().filter(it -> it.at() >= moment).findFirst();
  }

  boolean neverHeard() {
    return value(last().rxBytes()) == 0;
  }

  long silentMillis() {
    return last().at() - heard.at();
  }

  /** What was sent since something was heard; of one that never heard anything, all. */
  long sentUnheard() {
    return neverHeard() ? value(last().txBytes()) : sent(heard, last());
  }

  /**
   * The last sample before questions went out that nothing answered; null when none are out.
   * Keepalives are no questions: each interval has room for those that fit in it, and two more, as
   * one may have been sent at each edge.
   *
   * @param keepalive the PersistentKeepalive, seconds; null or 0 when there is none
   */
  @Nullable WgPeer beforeAsking(@Nullable Integer keepalive) {
    long asked = 0;
    long room = 2L * WireGuard.KEEPALIVE_BYTES;
    for (int i = all.indexOf(heard) + 1; i < all.size(); i++) {
      long millis = all.get(i).at() - all.get(i - 1).at();
      long fitting = millis * WireGuard.KEEPALIVE_BYTES / keepaliveMillis(keepalive);
      room = Math.min(room, 2L * WireGuard.KEEPALIVE_BYTES) + fitting;
      long sent = sent(all.get(i - 1), all.get(i));
      asked += Math.max(0, sent - room);
      room = Math.max(0, room - sent);
      if (asked >= WireGuard.SMALLEST_DATA_BYTES) {
        return all.get(i - 1);
      }
    }
    return null;
  }

  /** How long questions have been out at least: since the first sample that counts one. */
  long askedMillis(@Nullable Integer keepalive) {
    WgPeer before = beforeAsking(keepalive);
    return before == null ? 0 : last().at() - all.get(all.indexOf(before) + 1).at();
  }

  /** Bytes of keepalives that may have been sent in a time, with one more at each edge. */
  static long keepalives(@Nullable Integer keepalive, long millis) {
    return (millis / keepaliveMillis(keepalive) + 2) * WireGuard.KEEPALIVE_BYTES;
  }

  /**
   * The least time between two keepalives: persistent ones, or passive ones every 10 s. An end
   * whose AllowedIPs refuse what comes answers it all the same, and its kernel counts nothing as
   * received.
   */
  private static long keepaliveMillis(@Nullable Integer keepalive) {
    return keepalive == null || keepalive <= 0
        ? WireGuard.KEEPALIVE_TIMEOUT
        : Math.min(WireGuard.KEEPALIVE_TIMEOUT, keepalive * 1000L);
  }

  /** How long ago the first sample was that counts anything sent. */
  long sendingMillis() {
    for (WgPeer sample : all) {
      if (value(sample.txBytes()) > 0) {
        return last().at() - sample.at();
      }
    }
    return 0;
  }

  /** When something was last sent: the last sample that counts more than the one before. */
  long lastSentAt() {
    for (int i = all.size() - 1; i > 0; i--) {
      if (sent(all.get(i - 1), all.get(i)) > 0) {
        return all.get(i).at();
      }
    }
    return first().at();
  }

  /** How often the handshake was renewed from a sample on. */
  int handshakesSince(WgPeer from) {
    int count = 0;
    for (int i = all.indexOf(from) + 1; i < all.size(); i++) {
      Long now = all.get(i).latestHandshake();
      boolean renewed = now != null && now > 0 && !now.equals(all.get(i - 1).latestHandshake());
      count += renewed ? 1 : 0;
    }
    return count;
  }

  /** The endpoints in the order they were seen, repeats of the same one after another left out. */
  static List<Endpoint> endpoints(List<WgPeer> samples) {
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
