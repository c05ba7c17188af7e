package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a peer that differ in five numbers only, oldest first: there are up to forty of each
 * of some hundred thousand peers. The newest is kept as it is, the others as their numbers, in a
 * quarter of the room; what is got of them is made anew, and equal.
 *
 * <p>Never empty. Takes more at its end, and gives up any but the newest; nothing else.
 */
final class PeerHistory extends AbstractList<Fact> {
  /** Of each: when it was seen, its handshake, and its age; from where this begins, 24 days far. */
  private static final int TIMES = 3;

  /** Of each: bytes received and sent. */
  private static final int COUNTS = 2;

  /** Nobody counted so far back, or so much. */
  private static final int NO_TIME = Integer.MIN_VALUE;

  private static final long NO_COUNT = Long.MIN_VALUE;

  /** ms since the epoch. */
  private final long begin;

  private WgPeer newest;
  private int older;
  private int[] times = {};
  private long[] counts = {};

  private PeerHistory(WgPeer first) {
    begin = first.at();
    newest = first;
  }

  /** These as such; null when more differs than that, or too much. */
  static @Nullable PeerHistory of(List<Fact> samples) {
    if (!(samples.get(0) instanceof WgPeer first)
        || !(samples.get(samples.size() - 1) instanceof WgPeer last)
        || !isLike(first, last)
        || !fits(first, first.at())) {
      return null;
    }
    PeerHistory packed = new PeerHistory(first);
    for (int i = 1; i < samples.size(); i++) {
      if (!packed.takes(samples.get(i))) {
        return null;
      }
      packed.add(samples.get(i));
    }
    return packed;
  }

  /** Whether a sample may be the next. */
  boolean takes(Fact next) {
    return next instanceof WgPeer peer && isLike(newest, peer) && fits(peer, begin);
  }

  private static boolean isLike(WgPeer one, WgPeer other) {
    return one.ordinal() == other.ordinal()
        && one.hasEndpoint() == other.hasEndpoint()
        && one.presharedKey().equals(other.presharedKey())
        && one.host().equals(other.host())
        && one.iface().equals(other.iface())
        && Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.keepalive(), other.keepalive())
        && Objects.equals(one.publicKey(), other.publicKey())
        && Objects.equals(one.allowedIps(), other.allowedIps());
  }

  private static boolean fits(WgPeer peer, long begin) {
    return isInt(peer.at() - begin)
        && (peer.latestHandshake() == null || isInt(peer.latestHandshake() - begin / 1000))
        && (peer.handshakeAge() == null || isInt(peer.handshakeAge()))
        && (peer.rxBytes() == null || peer.rxBytes() != NO_COUNT)
        && (peer.txBytes() == null || peer.txBytes() != NO_COUNT);
  }

  private static boolean isInt(long value) {
    return value == (int) value && value != NO_TIME;
  }

  /** One that {@link #takes} said may be the next. */
  @Override
  public boolean add(Fact next) {
    makeRoom();
    write(older++, newest);
    newest = (WgPeer) next;
    return true;
  }

  private void makeRoom() {
    if (TIMES * older == times.length) {
      // Most have two, or go up to forty.
      int room = older < 2 ? older + 1 : Math.min(2 * older, Math.max(older + 8, 40));
      times = Arrays.copyOf(times, TIMES * room);
      counts = Arrays.copyOf(counts, COUNTS * room);
    }
  }

  private void write(int place, WgPeer peer) {
    int at = TIMES * place;
    Long handshake = peer.latestHandshake();
    Long age = peer.handshakeAge();
    times[at] = (int) (peer.at() - begin);
    times[at + 1] = handshake == null ? NO_TIME : (int) (handshake - begin / 1000);
    times[at + 2] = age == null ? NO_TIME : (int) (long) age;
    counts[COUNTS * place] = count(peer.rxBytes());
    counts[COUNTS * place + 1] = count(peer.txBytes());
  }

  @Override
  public WgPeer get(int place) {
    if (place == older) {
      return newest;
    }
    Objects.checkIndex(place, older);
    int at = TIMES * place;
    return new WgPeer(
        newest.host(),
        begin + times[at],
        newest.iface(),
        newest.publicKey(),
        newest.ordinal(),
        newest.presharedKey(),
        newest.endpoint(),
        newest.hasEndpoint(),
        newest.allowedIps(),
        time(times[at + 1], begin / 1000),
        time(times[at + 2], 0),
        known(counts[COUNTS * place]),
        known(counts[COUNTS * place + 1]),
        newest.keepalive());
  }

  WgPeer newest() {
    return newest;
  }

  /** When one was seen, ms since the epoch. */
  long at(int place) {
    return place == older ? newest.at() : begin + times[TIMES * place];
  }

  // What is asked of each sample that comes: told without making anew those that are asked about.

  /** Whether two have the same handshake, or both none that is known. */
  boolean sameHandshake(int one, int other) {
    return handshake(one) == handshake(other);
  }

  /** Whether two have received the same, or both what is not known. */
  boolean sameReceived(int one, int other) {
    return received(one) == received(other);
  }

  /** Whether two have sent the same, or both what is not known. */
  boolean sameSent(int one, int other) {
    return sent(one) == sent(other);
  }

  /** Whether both counters are known to have risen by more than so many bytes since one. */
  boolean bothRose(int since, long more) {
    return rose(received(since), received(older), more) && rose(sent(since), sent(older), more);
  }

  private static boolean rose(long before, long now, long more) {
    return before != NO_COUNT && now != NO_COUNT && now - before > more;
  }

  private long handshake(int place) {
    if (place == older) {
      Long handshake = newest.latestHandshake();
      return handshake == null ? NO_COUNT : handshake;
    }
    int handshake = times[TIMES * place + 1];
    return handshake == NO_TIME ? NO_COUNT : begin / 1000 + handshake;
  }

  private long received(int place) {
    return place == older ? count(newest.rxBytes()) : counts[COUNTS * place];
  }

  private long sent(int place) {
    return place == older ? count(newest.txBytes()) : counts[COUNTS * place + 1];
  }

  private static long count(@Nullable Long count) {
    return count == null ? NO_COUNT : count;
  }

  private static @Nullable Long time(int time, long begin) {
    return time == NO_TIME ? null : Long.valueOf(begin + time);
  }

  private static @Nullable Long known(long count) {
    return count == NO_COUNT ? null : Long.valueOf(count);
  }

  /** Gives up any but the newest. */
  @Override
  public WgPeer remove(int place) {
    WgPeer gone = get(place);
    drop(place);
    return gone;
  }

  /** The same, for who does not ask what it was. */
  void drop(int place) {
    Objects.checkIndex(place, older);
    int after = older - place - 1;
    System.arraycopy(times, TIMES * (place + 1), times, TIMES * place, TIMES * after);
    System.arraycopy(counts, COUNTS * (place + 1), counts, COUNTS * place, COUNTS * after);
    older--;
  }

  @Override
  public int size() {
    return older + 1;
  }
}
