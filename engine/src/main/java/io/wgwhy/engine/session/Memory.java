package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a network's hosts said: of each identity the newest fact, and of counters as many older ones
 * as a trend needs. Everything a session concludes follows from this alone, so that a session can
 * be rebuilt from it.
 */
final class Memory {
  /** No question that the rules ask goes further back than a session lives. */
  static final long HORIZON = WireGuard.REJECT_AFTER_TIME;

  /** Bound of one identity's samples: the horizon at the densest sampling, every 5 s, and a few. */
  static final int MOST_SAMPLES = 40;

  private final Map<String, List<Fact>> samples = new TreeMap<>();
  private final Map<String, HostFacts> hosts = new TreeMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private long clock;

  /** The data's clock: the newest moment that any host spoke of, ms since the epoch. */
  long clock() {
    return clock;
  }

  /** The hosts that said anything, by name. */
  Collection<HostFacts> hosts() {
    return hosts.values();
  }

  /** What a host said; an empty answer when it said nothing. */
  HostFacts host(@Nullable String name) {
    HostFacts known = name == null ? null : hosts.get(name);
    return known == null ? new HostFacts(name == null ? "" : name) : known;
  }

  /** The newest fact of an identity; null when there is none. */
  @Nullable Fact newest(String identity) {
    List<Fact> known = samples.get(identity);
    return known == null ? null : known.get(known.size() - 1);
  }

  /** Takes a fact in; false when an equal or newer one is already there. */
  boolean accept(Fact fact) {
    List<Fact> known = samples.computeIfAbsent(fact.identity(), any -> new ArrayList<>());
    if (!known.isEmpty() && known.get(known.size() - 1).at() > fact.at()) {
      return insertLate(known, fact);
    }
    if (!known.isEmpty() && known.get(known.size() - 1).equals(fact)) {
      return false;
    }
    if (!keepsHistory(fact)) {
      known.clear();
    } else if (repeats(known, fact)) {
      known.remove(known.size() - 1);
    }
    known.add(fact);
    changed.add(fact.identity());
    clock = Math.max(clock, fact.at());
    prune(known);
    HostFacts host = hosts.computeIfAbsent(fact.host(), HostFacts::new);
    host.put(known);
    if (fact instanceof WgInventory inventory) {
      forgetWhatIsGone(host, inventory);
    }
    return true;
  }

  /** The samples of an identity, oldest first; none when it is not known. */
  List<Fact> samples(String identity) {
    return List.copyOf(samples.getOrDefault(identity, List.of()));
  }

  /** The identities whose samples changed, or that were forgotten, since the last call. */
  Set<String> takeChanged() {
    Set<String> all = new LinkedHashSet<>(changed);
    changed.clear();
    return all;
  }

  private static boolean keepsHistory(Fact fact) {
    return fact instanceof WgPeer
        || fact instanceof Capture
        || fact instanceof NetworkCounters
        || fact instanceof Ruleset
        || fact instanceof Links;
  }

  /** Captures of different windows may arrive out of order; of other late facts nothing is new. */
  private boolean insertLate(List<Fact> known, Fact fact) {
    if (!keepsHistory(fact) || known.contains(fact)) {
      return false;
    }
    int place = known.size();
    while (place > 0 && known.get(place - 1).at() > fact.at()) {
      place--;
    }
    known.add(place, fact);
    changed.add(fact.identity());
    prune(known);
    hosts.computeIfAbsent(fact.host(), HostFacts::new).put(known);
    return true;
  }

  /** Whether the two last samples and this one say the same: then the middle one tells nothing. */
  private static boolean repeats(List<Fact> known, Fact fact) {
    int size = known.size();
    return size >= 2
        && fact instanceof WgPeer newest
        && known.get(size - 1) instanceof WgPeer last
        && known.get(size - 2) instanceof WgPeer before
        && says(newest, last)
        && says(last, before);
  }

  private static boolean says(WgPeer one, WgPeer other) {
    return Objects.equals(one.rxBytes(), other.rxBytes())
        && Objects.equals(one.txBytes(), other.txBytes())
        && Objects.equals(one.latestHandshake(), other.latestHandshake())
        && Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.presharedKey().equals(other.presharedKey());
  }

  private static void prune(List<Fact> known) {
    long newest = known.get(known.size() - 1).at();
    // Two stay in any case: without an older sample there is no difference to look at.
    while (known.size() > 2
        && (known.size() > MOST_SAMPLES || known.get(0).at() < newest - HORIZON)) {
      known.remove(0);
    }
  }

  private void forgetWhatIsGone(HostFacts host, WgInventory inventory) {
    for (String identity : host.missingFrom(inventory)) {
      samples.remove(identity);
      changed.add(identity);
      host.forget(identity);
    }
  }
}
