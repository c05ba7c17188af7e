package io.wgwhy.engine.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The tunnels of a network: those whose ends were seen, and those of strangers who ask. */
final class Tunnels {
  private final Map<String, Pairing.Pair> pairs = new TreeMap<>();

  /** Which tunnels a host belongs to, by its name. */
  private final Map<String, Set<String>> ofHosts = new HashMap<>();

  /** Which tunnels a peer belongs to, by its identity. */
  private final Map<String, Set<String>> ofPeers = new HashMap<>();

  /** Initiations that nobody takes, by tunnel. */
  private final Map<String, Unanswered> unanswered = new TreeMap<>();

  /** Tunnels that have such initiations, by host. */
  private final Map<String, Set<String>> asked = new HashMap<>();

  /** All of them, by id. */
  Map<String, Pairing.Pair> pairs() {
    return pairs;
  }

  Pairing.@Nullable Pair pair(String tunnel) {
    return pairs.get(tunnel);
  }

  @Nullable Unanswered unanswered(String tunnel) {
    return unanswered.get(tunnel);
  }

  /** The tunnels of a host, by its name. */
  Set<String> of(String host) {
    return ofHosts.getOrDefault(host, Set.of());
  }

  /** The tunnels of a peer, by its identity. */
  Set<String> ofPeer(String identity) {
    return ofPeers.getOrDefault(identity, Set.of());
  }

  /**
   * Finds out anew which ends belong together.
   *
   * @param hostsWithoutTunnel whether hosts that show no tunnel are ends of one
   * @return the tunnels that came, went, or are set up otherwise now
   */
  Set<String> pairAgain(Memory memory, boolean hostsWithoutTunnel) {
    // What strangers ask is found out anew, too.
    Set<String> affected = new TreeSet<>(unanswered.keySet());
    Map<String, String> spokesmen = spokesmen();
    unanswered.clear();
    asked.clear();
    List<Pairing.Pair> now = Pairing.of(memory, hostsWithoutTunnel, pairs);
    Deque<Pairing.Pair> before = new ArrayDeque<>(pairs.values());
    // Both in the order of ids. Of ten thousand few are otherwise: only those are touched.
    for (Pairing.Pair pair : now) {
      while (!before.isEmpty() && compare(before.element(), pair) < 0) {
        remove(before.remove(), affected);
      }
      boolean isKnown = !before.isEmpty() && compare(before.element(), pair) == 0;
      replace(isKnown ? before.remove() : null, pair, affected);
    }
    before.forEach(it -> remove(it, affected));
    addOtherSpokesmen(spokesmen, affected);
    return affected;
  }

  private static int compare(Pairing.Pair one, Pairing.Pair other) {
    return one.tunnel().id().compareTo(other.tunnel().id());
  }

  private void remove(Pairing.Pair gone, Set<String> affected) {
    affected.add(gone.tunnel().id());
    forget(gone);
  }

  @SuppressWarnings("ReferenceEquality") // What has not changed is what was found last.
  private void replace(Pairing.@Nullable Pair old, Pairing.Pair now, Set<String> affected) {
    if (old == now) {
      return;
    }
    if (old == null || !now.isSetUpAs(old)) {
      affected.add(now.tunnel().id());
    }
    if (old != null) {
      forget(old);
    }
    add(now);
  }

  /** The first tunnel of each host: it speaks for what concerns all of them. */
  private Map<String, String> spokesmen() {
    Map<String, String> first = new HashMap<>();
    ofHosts.forEach(
        (host, all) ->
            all.stream()
                .filter(it -> !Objects.requireNonNull(pairs.get(it)).isOfHost())
                .findFirst()
                .ifPresent(it -> first.put(host, it)));
    return first;
  }

  private void addOtherSpokesmen(Map<String, String> before, Set<String> affected) {
    Map<String, String> now = spokesmen();
    now.forEach(
        (host, tunnel) -> {
          String old = before.remove(host);
          if (!tunnel.equals(old)) {
            affected.add(tunnel);
            if (old != null) {
              affected.add(old);
            }
          }
        });
    affected.addAll(before.values());
  }

  /** Those whose initiator has one of these public keys. */
  Set<String> ofInitiators(Set<String> publicKeys) {
    Set<String> found = new TreeSet<>();
    if (!publicKeys.isEmpty()) {
      pairs.forEach(
          (id, pair) -> {
            String key = pair.tunnel().initiator().publicKey();
            if (key != null && publicKeys.contains(key)) {
              found.add(id);
            }
          });
    }
    return found;
  }

  private void add(Pairing.Pair pair) {
    pairs.put(pair.tunnel().id(), pair);
    index(pair.tunnel().id(), pair.initiator());
    index(pair.tunnel().id(), pair.responder());
  }

  private void index(String tunnel, @Nullable PeerView view) {
    if (view != null) {
      ofHosts.merge(view.host().name(), Set.of(tunnel), Tunnels::both);
      String peer = view.peerIdentity();
      if (peer != null) {
        ofPeers.merge(peer, Set.of(tunnel), Tunnels::both);
      }
    }
  }

  private void forget(Pairing.Pair gone) {
    String tunnel = gone.tunnel().id();
    pairs.remove(tunnel);
    unindex(tunnel, gone.initiator());
    unindex(tunnel, gone.responder());
  }

  private void unindex(String tunnel, @Nullable PeerView view) {
    if (view != null) {
      ofHosts.computeIfPresent(view.host().name(), (any, all) -> without(all, tunnel));
      String peer = view.peerIdentity();
      if (peer != null) {
        ofPeers.computeIfPresent(peer, (any, all) -> without(all, tunnel));
      }
    }
  }

  /** Most peers, and most hosts, have one tunnel: that takes no tree. */
  private static Set<String> both(Set<String> known, Set<String> more) {
    if (known instanceof TreeSet) {
      known.addAll(more);
      return known;
    }
    Set<String> all = new TreeSet<>(known);
    all.addAll(more);
    return all;
  }

  /**
   * Looks for initiations that reach a host and that nothing takes.
   *
   * @param explains whether the initiator of a tunnel was seen, and they are its own: then they are
   *     no stranger's
   * @return the tunnels of which something else is known now
   */
  Set<String> listen(HostFacts host, BiPredicate<Pairing.Pair, Unanswered> explains) {
    Set<String> before = asked.getOrDefault(host.name(), Set.of());
    Set<String> affected = new TreeSet<>(before);
    Set<String> now = new TreeSet<>();
    for (Unanswered one : Unanswered.of(host)) {
      String tunnel = tunnel(host, one, explains);
      if (tunnel != null && now.add(tunnel)) {
        unanswered.put(tunnel, one);
      }
    }
    affected.addAll(now);
    before.stream().filter(it -> !now.contains(it)).forEach(this::forget);
    if (now.isEmpty()) {
      asked.remove(host.name());
    } else {
      asked.put(host.name(), now);
    }
    return affected;
  }

  private void forget(String tunnel) {
    unanswered.remove(tunnel);
    Pairing.Pair pair = pairs.get(tunnel);
    if (pair != null && pair.isStrangers()) {
      forget(pair);
    }
  }

  /** Null when there is no other. */
  private static @Nullable Set<String> without(Set<String> all, String tunnel) {
    if (all instanceof TreeSet) {
      all.remove(tunnel);
      return all.isEmpty() ? null : all;
    }
    return all.contains(tunnel) ? null : all;
  }

  /** Whose tunnel it is; null when its initiator was seen: then that one tells the story. */
  private @Nullable String tunnel(
      HostFacts host, Unanswered one, BiPredicate<Pairing.Pair, Unanswered> explains) {
    if (one.peer() != null) {
      return ofPeer(one.peer().identity()).stream()
          .filter(it -> Objects.requireNonNull(pairs.get(it)).initiator() == null)
          .findFirst()
          .orElse(null);
    }
    if (pairs.values().stream().anyMatch(it -> explains.test(it, one))) {
      return null;
    }
    Pairing.Pair stranger = Pairing.ofStranger(host, one.iface());
    add(stranger);
    return stranger.tunnel().id();
  }
}
