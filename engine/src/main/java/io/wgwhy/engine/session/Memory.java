package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a network's hosts said: of each identity the newest fact, and of counters as many older ones
 * as a trend needs. Everything a session concludes follows from this alone, so that a session can
 * be rebuilt from it; and it does not depend on the order in which facts of one moment came.
 */
final class Memory {
  /** No question that the rules ask goes further back than a session lives. */
  static final long HORIZON = WireGuard.REJECT_AFTER_TIME;

  private final Map<String, Kept> samples = new HashMap<>();
  private final Map<String, HostFacts> hosts = new TreeMap<>();

  /** Hosts by name once more: there are ten thousand of them, and each fact asks. */
  private final Map<String, HostFacts> byName = new HashMap<>();

  /** Those that changed, in the order in which they did. */
  private final List<Kept> changed = new ArrayList<>();

  /** Of the fact that came last; null when that was not known. */
  private @Nullable Kept last;

  /** Of the fact that arrived last, and may not be taken in yet; null when that is not known. */
  private @Nullable Kept arrived;

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
    HostFacts known = name == null ? null : byName.get(name);
    return known == null ? new HostFacts(name == null ? "" : name) : known;
  }

  /** The newest fact of an identity; null when there is none. */
  @Nullable Fact newest(String identity) {
    Kept known = samples.get(identity);
    return known == null ? null : known.newest();
  }

  /** What is kept of a peer; null when it is not known. Makes no text of its identity. */
  @Nullable Kept kept(WgPeer peer) {
    HostFacts host = byName.get(peer.host());
    return host == null ? null : host.kept(peer);
  }

  /**
   * What is kept of the next fact that came; null when its identity is not known. Facts come in the
   * same order each time: of whom this one is is known from whom the last one was, without a search
   * through all.
   */
  @Nullable Kept keptOfNext(Fact fact) {
    Kept before = last;
    Kept guess = before == null ? null : before.next();
    if (guess == null || !guess.isOf(fact)) {
      guess = found(fact);
      if (guess != null && before != null && !before.isGone()) {
        before.next(guess);
      }
    }
    last = guess;
    return guess;
  }

  private @Nullable Kept found(Fact fact) {
    Kept found = fact instanceof WgPeer peer ? kept(peer) : null;
    return found == null ? samples.get(fact.identity()) : found;
  }

  /** A fact has come that will be taken in: from it one can tell which comes next. */
  void arrived(Fact fact) {
    Kept next = arrived == null ? null : arrived.next();
    arrived = next != null && next.isOf(fact) ? next : found(fact);
  }

  /** What came last time after what has come last; null when that is not known. */
  @Nullable Fact expected() {
    Kept next = arrived == null ? null : arrived.next();
    return next == null ? null : next.newest();
  }

  /**
   * Takes in one more sample of a peer of which only numbers moved, as nearly all are: it looks at
   * the newest of what is kept, not at all of it.
   *
   * @return whether it was such a sample; if not, nothing was done
   */
  boolean append(Kept kept, WgPeer sample) {
    HostFacts host = kept.host();
    WgPeer before = (WgPeer) kept.newest();
    boolean isOneMore =
        sample.at() > before.at()
            && sample.ordinal() == before.ordinal()
            && Structure.sameSetUp(before, sample)
            && !host.isGone(kept, sample);
    if (!isOneMore) {
      return false;
    }
    List<Fact> known = kept.append(sample);
    SampleSeries.thinEnd(known);
    if (kept.since() < sample.at() - HORIZON || known.size() > SampleSeries.MOST) {
      if (!kept.isOfOnePlace()) {
        host.forgetPlaces();
      }
      SampleSeries.prune(known);
      kept.pack();
    }
    note(kept, Kept.Change.LONGER);
    clock = Math.max(clock, sample.at());
    host.counted(sample);
    return true;
  }

  /** Takes a fact in; false when it says nothing that is not known already. */
  boolean accept(Fact fact) {
    return accept(samples.get(fact.identity()), fact);
  }

  /**
   * The same, without a search.
   *
   * @param known what is kept of its identity; null when that is not known
   */
  boolean accept(@Nullable Kept known, Fact fact) {
    if (host(fact.host()).isGone(fact)) {
      return false;
    }
    List<Fact> next = known == null ? List.of(fact) : SampleSeries.with(known.samples(), fact);
    if (known != null && (next == known.samples() || next.equals(known.samples()))) {
      return false;
    }
    boolean onlyLater = known != null && Structure.onlyTime(known.newest(), fact);
    HostFacts host = byName.computeIfAbsent(fact.host(), this::met);
    Kept kept = known;
    if (kept == null) {
      kept = new Kept(fact.identity(), host, fact);
      samples.put(kept.identity(), kept);
    } else {
      kept.replace(next);
    }
    note(kept, onlyLater ? Kept.Change.LONGER : Kept.Change.ANEW);
    clock = Math.max(clock, fact.at());
    host.put(kept);
    if (!onlyLater) {
      host.isSetUpOtherwise();
    }
    if (fact instanceof WgInventory && host.mayHaveLost()) {
      forgetWhatIsGone(host);
    }
    return true;
  }

  /**
   * Forgets all that a host said; what the engine says of it stays while it is so.
   *
   * @return of each identity that was known the newest fact
   */
  List<Fact> forget(String name) {
    List<Fact> newest = remove(name);
    for (Fact fact : newest) {
      if (fact instanceof NotTakenIn it && it.full()) {
        accept(fact);
      }
    }
    return newest;
  }

  /**
   * A host's clock was put back: what it said last, and need not repeat while it is so, is taken to
   * be said at this moment by its new time. What it saw on the way is forgotten.
   */
  void redate(String name, long at) {
    List<Fact> newest = remove(name);
    clock = hosts.values().stream().mapToLong(HostFacts::lastHeard).max().orElse(0);
    for (Fact fact : newest) {
      if (!(fact instanceof Capture)) {
        accept(fact.at() > at ? Redated.at(fact, at) : fact);
      }
    }
  }

  private List<Fact> remove(String name) {
    List<Fact> newest = new ArrayList<>();
    HostFacts host = byName.remove(name);
    if (host != null) {
      hosts.remove(name);
      for (String identity : host.identities()) {
        Kept gone = samples.remove(identity);
        if (gone != null) {
          newest.add(gone.newest());
          gone.gone();
          note(gone, Kept.Change.GONE);
        }
      }
    }
    return newest;
  }

  private HostFacts met(String name) {
    HostFacts host = new HostFacts(name);
    hosts.put(name, host);
    return host;
  }

  /** The samples of an identity, oldest first; none when it is not known. */
  List<Fact> samples(String identity) {
    return List.copyOf(keptSamples(identity));
  }

  /** The same, as they are until the next fact. */
  List<Fact> keptSamples(String identity) {
    Kept known = samples.get(identity);
    return known == null ? List.of() : Collections.unmodifiableList(known.samples());
  }

  /** Tells of all that changed since the last call. */
  void takeChanged(Consumer<Kept> teller) {
    for (Kept it : changed) {
      teller.accept(it);
      it.told();
    }
    changed.clear();
  }

  private void note(Kept kept, Kept.Change change) {
    if (kept.changed(change)) {
      changed.add(kept);
    }
  }

  private void forgetWhatIsGone(HostFacts host) {
    for (String identity : host.whatIsGone()) {
      Kept gone = samples.remove(identity);
      if (gone != null) {
        host.forget(gone);
        host.isSetUpOtherwise();
        gone.gone();
        note(gone, Kept.Change.GONE);
      }
    }
  }
}
