package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Which samples of one identity are kept, oldest first: the newest, and as many older ones as a
 * trend needs.
 */
final class SampleSeries {
  /** The horizon at one every 5 s (see {@link #thin}) and a few. */
  static final int MOST = 40;

  /** Of two facts of one identity and one moment the one that knows more counts. */
  private static final Comparator<Fact> KNOWS_MORE =
      Comparator.comparingInt((Fact it) -> -unknowns(it.toString()))
          .thenComparing(it -> it.toString());

  private SampleSeries() {}

  /**
   * Those that are kept once a fact has come, wherever it belongs; the same list when it says
   * nothing new.
   */
  static List<Fact> with(List<Fact> known, Fact fact) {
    if (!keepsHistory(fact)) {
      Fact before = known.get(known.size() - 1);
      return fact.at() > before.at() || (fact.at() == before.at() && knowsMore(fact, before))
          ? List.of(fact)
          : known;
    }
    int place = known.size();
    while (place > 0 && known.get(place - 1).at() > fact.at()) {
      place--;
    }
    List<Fact> next = new ArrayList<>(known);
    if (!insert(next, place, fact)) {
      return known;
    }
    thin(next);
    prune(next);
    return next;
  }

  private static boolean insert(List<Fact> known, int place, Fact fact) {
    int from = place;
    while (from > 0 && known.get(from - 1).at() == fact.at()) {
      from--;
    }
    if (fact instanceof Capture) {
      // Several windows may end in one moment: all are kept, in a fixed order.
      for (int i = from; i < place; i++) {
        int order = known.get(i).toString().compareTo(fact.toString());
        if (order == 0) {
          return false;
        }
        if (order > 0) {
          known.add(i, fact);
          return true;
        }
      }
    } else if (from < place) {
      return insertBeside(known, from, place, fact);
    }
    known.add(place, fact);
    return true;
  }

  /**
   * Of one moment the one that knows more is kept; and iptables may show a table after the other.
   */
  private static boolean insertBeside(List<Fact> known, int from, int place, Fact fact) {
    int at = from;
    while (at < place && tables(known.get(at)).compareTo(tables(fact)) < 0) {
      at++;
    }
    if (at == place || !tables(known.get(at)).equals(tables(fact))) {
      known.add(at, fact);
      return true;
    }
    if (!knowsMore(fact, known.get(at))) {
      return false;
    }
    known.set(at, fact);
    return true;
  }

  /** What tells the parts of a ruleset apart; the same for all other facts. */
  private static String tables(Fact fact) {
    return fact instanceof Ruleset it && it.mayBeOfSomeTables()
        ? new TreeSet<>(it.tables()).toString()
        : "";
  }

  private static boolean knowsMore(Fact fact, Fact other) {
    return !fact.equals(other) && KNOWS_MORE.compare(fact, other) > 0;
  }

  private static int unknowns(String text) {
    int count = 0;
    for (int i = text.indexOf("=null"); i >= 0; i = text.indexOf("=null", i + 1)) {
      count++;
    }
    return count;
  }

  private static boolean keepsHistory(Fact fact) {
    return fact instanceof WgPeer
        || fact instanceof Capture
        || fact instanceof NetworkCounters
        || fact instanceof Links
        || fact instanceof Probe
        || fact instanceof Ruleset;
  }

  /**
   * Leaves out peers' samples that tell a trend nothing: in a row of equal ones all but the first
   * and the last; and of samples closer than 5 s the middle one, as no timer of the protocol is
   * shorter.
   */
  private static void thin(List<Fact> known) {
    for (int i = known.size() - 2; i > 0; i--) {
      if (isThin(known, i)) {
        drop(known, i);
      }
    }
  }

  /** The same where one more came at the end: as the others were. */
  static void thinEnd(List<Fact> known) {
    int i = known.size() - 2;
    while (i > 0 && isThin(known, i)) {
      drop(known, i);
      i--;
    }
  }

  private static boolean isThin(List<Fact> known, int i) {
    if (!isOfPeer(known, i - 1) || !isOfPeer(known, i) || !isOfPeer(known, i + 1)) {
      return false;
    }
    boolean close = at(known, i + 1) - at(known, i - 1) < WireGuard.REKEY_TIMEOUT;
    return (says(known, i - 1, i) && says(known, i, i + 1))
        || (close && sameState(known, i - 1, i) && !heardFirst(known, i));
  }

  private static boolean says(List<Fact> known, int one, int other) {
    return sameReceived(known, one, other)
        && sameSent(known, one, other)
        && sameState(known, one, other);
  }

  /** The last that was heard: silence is counted from there. */
  private static boolean heardFirst(List<Fact> known, int i) {
    return !sameReceived(known, i - 1, i) && sameReceived(known, i, i + 1);
  }

  // Of a packed history nothing is made anew to be compared: this is asked with each sample.

  private static boolean isOfPeer(List<Fact> known, int i) {
    return known instanceof PeerHistory || known.get(i) instanceof WgPeer;
  }

  private static long at(List<Fact> known, int i) {
    return known instanceof PeerHistory packed ? packed.at(i) : known.get(i).at();
  }

  private static boolean sameReceived(List<Fact> known, int one, int other) {
    return known instanceof PeerHistory packed
        ? packed.sameReceived(one, other)
        : Objects.equals(peer(known, one).rxBytes(), peer(known, other).rxBytes());
  }

  private static boolean sameSent(List<Fact> known, int one, int other) {
    return known instanceof PeerHistory packed
        ? packed.sameSent(one, other)
        : Objects.equals(peer(known, one).txBytes(), peer(known, other).txBytes());
  }

  private static boolean sameState(List<Fact> known, int one, int other) {
    return known instanceof PeerHistory packed
        ? packed.sameHandshake(one, other)
        : sameState(peer(known, one), peer(known, other));
  }

  private static boolean sameState(WgPeer one, WgPeer other) {
    return Objects.equals(one.latestHandshake(), other.latestHandshake())
        && Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.presharedKey().equals(other.presharedKey());
  }

  private static WgPeer peer(List<Fact> known, int i) {
    return (WgPeer) known.get(i);
  }

  private static void drop(List<Fact> known, int i) {
    if (known instanceof PeerHistory packed) {
      packed.drop(i);
    } else {
      known.remove(i);
    }
  }

  /**
   * Keeps the horizon, two samples in any case (without an older one there is no difference to look
   * at), and, however long ago it was, the moment when a peer was last heard, with the one after
   * it: that it is silent since does not become untrue with time.
   */
  static void prune(List<Fact> known) {
    long oldest = at(known, known.size() - 1) - Memory.HORIZON;
    int heard = lastHeard(known);
    int i = 0;
    while (i < known.size() - 2) {
      if (at(known, i) >= oldest && known.size() <= MOST) {
        // So are all after it.
        return;
      }
      if (i == heard || i == heard + 1) {
        i++;
      } else {
        drop(known, i);
        heard -= i < heard ? 1 : 0;
      }
    }
  }

  /** The first of the samples with the newest count of received bytes; none of other facts. */
  private static int lastHeard(List<Fact> known) {
    int i = known.size() - 1;
    if (!isOfPeer(known, i)) {
      return -2;
    }
    while (i > 0 && isOfPeer(known, i - 1) && sameReceived(known, i - 1, i)) {
      i--;
    }
    return i;
  }
}
