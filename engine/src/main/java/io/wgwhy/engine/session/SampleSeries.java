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
      if (!knowsMore(fact, known.get(from))) {
        return false;
      }
      known.set(from, fact);
      return true;
    }
    known.add(place, fact);
    return true;
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
        known.remove(i);
      }
    }
  }

  /** The same where one more came at the end: as the others were. */
  static void thinEnd(List<Fact> known) {
    int i = known.size() - 2;
    while (i > 0 && isThin(known, i)) {
      known.remove(i);
      i--;
    }
  }

  private static boolean isThin(List<Fact> known, int i) {
    if (known.get(i - 1) instanceof WgPeer before
        && known.get(i) instanceof WgPeer middle
        && known.get(i + 1) instanceof WgPeer after) {
      boolean close = after.at() - before.at() < WireGuard.REKEY_TIMEOUT;
      return (says(before, middle) && says(middle, after))
          || (close && sameState(before, middle) && !heardFirst(before, middle, after));
    }
    return false;
  }

  private static boolean says(WgPeer one, WgPeer other) {
    return Objects.equals(one.rxBytes(), other.rxBytes())
        && Objects.equals(one.txBytes(), other.txBytes())
        && sameState(one, other);
  }

  private static boolean sameState(WgPeer one, WgPeer other) {
    return Objects.equals(one.latestHandshake(), other.latestHandshake())
        && Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.presharedKey().equals(other.presharedKey());
  }

  /** The last that was heard: silence is counted from there. */
  private static boolean heardFirst(WgPeer before, WgPeer middle, WgPeer after) {
    return !Objects.equals(before.rxBytes(), middle.rxBytes())
        && Objects.equals(middle.rxBytes(), after.rxBytes());
  }

  /**
   * Keeps the horizon, two samples in any case (without an older one there is no difference to look
   * at), and, however long ago it was, the moment when a peer was last heard, with the one after
   * it: that it is silent since does not become untrue with time.
   */
  static void prune(List<Fact> known) {
    long oldest = known.get(known.size() - 1).at() - Memory.HORIZON;
    int heard = lastHeard(known);
    int i = 0;
    while (i < known.size() - 2) {
      if (known.get(i).at() >= oldest && known.size() <= MOST) {
        // So are all after it.
        return;
      }
      if (i == heard || i == heard + 1) {
        i++;
      } else {
        known.remove(i);
        heard -= i < heard ? 1 : 0;
      }
    }
  }

  /** The first of the samples with the newest count of received bytes; none of other facts. */
  private static int lastHeard(List<Fact> known) {
    int i = known.size() - 1;
    if (!(known.get(i) instanceof WgPeer newest)) {
      return -2;
    }
    while (i > 0
        && known.get(i - 1) instanceof WgPeer before
        && Objects.equals(before.rxBytes(), newest.rxBytes())) {
      i--;
    }
    return i;
  }
}
