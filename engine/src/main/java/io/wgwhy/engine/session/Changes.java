package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Takes facts in, and takes note of what changed by them since tunnels were judged last. */
final class Changes {
  private final Memory memory;
  private final Hearing hearing;
  private final Set<String> hosts = new TreeSet<>();
  private final Set<String> peers = new TreeSet<>();
  private final Set<String> hostsOfPeers = new TreeSet<>();
  private final Set<String> forgotten = new TreeSet<>();
  private boolean structure;
  private boolean forgetsNobody;

  Changes(Memory memory, Hearing hearing) {
    this.memory = memory;
    this.hearing = hearing;
  }

  void take(Fact taken) {
    hearing.heard(taken, memory.clock());
    Kept kept = memory.keptOfNext(taken);
    if (kept != null && taken instanceof WgPeer sample && isOneMore(kept, sample)) {
      return;
    }
    Fact before = kept == null ? null : kept.newest();
    Fact fact = Sharing.of(before, taken);
    if (memory.accept(kept, fact)) {
      boolean structural = Structure.changed(before, fact);
      structure |= structural;
      if (!structural && fact instanceof WgPeer) {
        ofPeer(fact.identity(), fact.host());
      } else if (!Structure.onlyTime(before, fact)) {
        hosts.add(fact.host());
      }
    }
  }

  /** Whether a sample of a peer says nothing but numbers; then it is taken in. */
  private boolean isOneMore(Kept kept, WgPeer sample) {
    if (!memory.append(kept, Sharing.of((WgPeer) kept.newest(), sample))) {
      return false;
    }
    if (!CalmTunnels.passes(kept)) {
      ofPeer(kept.identity(), sample.host());
    }
    return true;
  }

  private void ofPeer(String identity, String host) {
    peers.add(identity);
    hostsOfPeers.add(host);
  }

  /** Hosts may have fallen silent, or speak again; whether that is so. */
  boolean noteSilence() {
    Set<String> turned = hearing.turned();
    if (!turned.isEmpty()) {
      // Of those who are silent already, too, more tunnels may be unseen now.
      hosts.addAll(turned);
      hosts.addAll(hearing.silent());
      // Of several hosts with one key another one may stand for the tunnel now.
      structure = true;
    }
    return !turned.isEmpty();
  }

  /**
   * Forgets hosts that were not heard for long: who was replaced or made up must not be judged, and
   * take room, for ever.
   *
   * @param clock the data's, ms since the epoch
   */
  void forgetUnheard(long clock) {
    if (forgetsNobody) {
      return;
    }
    for (String host : hearing.toForget(clock)) {
      hearing.forget(host);
      memory.forget(host).forEach(it -> forgotten.add(it.identity()));
      hosts.add(host);
      // Of those who are silent, too, more tunnels may be unseen now.
      hosts.addAll(hearing.silent());
      structure = true;
    }
  }

  /** All that comes is to be looked at together, however far apart hosts' clocks are. */
  void forgetNobody() {
    forgetsNobody = true;
  }

  /**
   * A host's clock was put back.
   *
   * @param from the first moment of its new time, ms since the epoch
   * @param since what it said from then on, and was taken to be old
   */
  void putBack(String host, long from, Collection<Fact> since) {
    memory.redate(host, from - 1);
    hearing.putBack(host);
    since.stream().sorted(Comparator.comparingLong(Fact::at)).forEach(this::take);
    hosts.add(host);
    structure = true;
  }

  /** The identities of which nothing is known any more. */
  Set<String> forgotten() {
    return forgotten;
  }

  /** Which ends belong together is to be found out anew, whatever came. */
  void noteStructure() {
    structure = true;
  }

  /** Whether other ends may belong together. */
  boolean ofStructure() {
    return structure;
  }

  /** The hosts that said something else, by name. */
  Set<String> hosts() {
    return hosts;
  }

  /** The peers of which only numbers moved, by identity. */
  Set<String> peers() {
    return peers;
  }

  /** Whether anything may be otherwise at a host. */
  boolean isOf(String host) {
    return structure || hosts.contains(host) || hostsOfPeers.contains(host);
  }

  boolean areNone() {
    return !structure && hosts.isEmpty() && peers.isEmpty();
  }

  /** All of it was judged. */
  void clear() {
    structure = false;
    hosts.clear();
    peers.clear();
    hostsOfPeers.clear();
    forgotten.clear();
  }
}
