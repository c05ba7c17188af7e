package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one host said, asked by type. */
final class HostFacts {
  private final String name;

  /** By type, then by identity: a gateway has ten thousand peers and one ruleset. */
  private final Map<Class<?>, Map<String, Kept>> samples = new HashMap<>();

  /** What is kept of peers, by interface and key. */
  private final Map<String, Map<String, Kept>> peers = new TreeMap<>();

  private final Roster roster = new Roster();

  /** Where each peer was, by endpoint: their keys; null until asked for. */
  private @Nullable Map<Endpoint, Set<String>> seenAt;

  /** As the host was set up when somebody asked; null when it may be otherwise now. */
  private @Nullable List<PeerView> views;

  private @Nullable WgConfig ownersOf;
  private final Map<String, String> owners = new HashMap<>();
  private long lastWord;
  private long lastHeard;

  HostFacts(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void put(Kept known) {
    Fact newest = known.newest();
    samples.computeIfAbsent(newest.getClass(), any -> new TreeMap<>()).put(known.identity(), known);
    if (newest instanceof WgPeer peer) {
      seenAt = null;
      peers.computeIfAbsent(peer.iface(), any -> new TreeMap<>()).put(Roster.key(peer), known);
    }
    roster.heard(newest);
    counted(newest);
  }

  /** Something was put, or forgotten, that says more than the one before but for its time. */
  void isSetUpOtherwise() {
    views = null;
  }

  /** All views that the host has of its tunnels, each once. */
  List<PeerView> views() {
    if (views == null) {
      views = PeerView.of(this);
    }
    return views;
  }

  /** One more sample of what was put before; nothing but numbers changed. */
  void counted(Fact newest) {
    lastHeard = Math.max(lastHeard, newest.at());
    if (!Structure.onlySetUp(newest)) {
      lastWord = Math.max(lastWord, newest.at());
    }
  }

  /** Old samples went, and with them where a peer may have been. */
  void forgetPlaces() {
    seenAt = null;
  }

  @Nullable Kept kept(WgPeer peer) {
    Map<String, Kept> ofInterface = peers.get(peer.iface());
    return ofInterface == null ? null : ofInterface.get(Roster.key(peer));
  }

  void forget(Kept gone) {
    seenAt = null;
    samples.values().forEach(it -> it.remove(gone.identity()));
    if (gone.newest() instanceof WgPeer peer) {
      peers.getOrDefault(peer.iface(), Map.of()).remove(Roster.key(peer));
    }
  }

  /** Of all that it said. */
  List<String> identities() {
    List<String> all = new ArrayList<>();
    samples.values().forEach(it -> all.addAll(it.keySet()));
    return all;
  }

  /** Whether, since this was asked, anything changed that {@link #whatIsGone} may depend on. */
  boolean mayHaveLost() {
    return roster.mayHaveLost(lastHeard);
  }

  /**
   * When the host last said something that judgements are made of, ms since the epoch. Not how it
   * is set up: that is looked at when it changes, and nothing may hang on when it was repeated.
   */
  long lastWord() {
    return lastWord;
  }

  /** When the host last said anything at all, ms since the epoch. */
  long lastHeard() {
    return lastHeard;
  }

  /**
   * Whether it said good-bye, or was heard so long before a moment that it had spoken again by
   * then, did it still run: one that was renamed, or made anew under another name.
   */
  boolean isGone(long clock) {
    Heartbeat promise = latest(Heartbeat.class);
    long every = promise == null ? 0 : promise.everyMillis();
    // Who promised nothing may be asked now and then only.
    long patience = every > 0 ? Math.min(every, 86_400_000) : WireGuard.REJECT_AFTER_TIME;
    return (promise != null && promise.last())
        || clock - lastHeard > patience + WireGuard.HEARING_TIMEOUT;
  }

  /** The newest fact of a type of which a host has one. */
  <F extends Fact> @Nullable F latest(Class<F> type) {
    F newest = null;
    for (F fact : all(type)) {
      newest = newest == null || fact.at() >= newest.at() ? fact : newest;
    }
    return newest;
  }

  /** The newest fact of each identity of a type. */
  <F extends Fact> List<F> all(Class<F> type) {
    List<F> found = new ArrayList<>();
    for (Kept known : ofType(type).values()) {
      found.add(type.cast(known.newest()));
    }
    return found;
  }

  /**
   * What each packet filter was shown to do last. Where iptables showed some tables only, what it
   * showed of others before stands, each with its own time.
   */
  List<Ruleset> rulesets() {
    List<Ruleset> found = new ArrayList<>();
    for (Kept known : ofType(Ruleset.class).values()) {
      Set<String> shown = new HashSet<>();
      for (int i = known.samples().size() - 1; i >= 0; i--) {
        Ruleset sample = (Ruleset) known.samples().get(i);
        List<Ruleset.Chain> others =
            sample.chains().stream().filter(it -> !shown.contains(it.table())).toList();
        if (shown.isEmpty() || !others.isEmpty()) {
          found.add(shown.isEmpty() ? sample : sample.withChains(others));
        }
        shown.addAll(sample.tables());
        if (!sample.mayBeOfSomeTables()) {
          break;
        }
      }
    }
    return found;
  }

  /** All samples of a type, oldest first in each identity. */
  <F extends Fact> List<F> history(Class<F> type) {
    List<F> found = new ArrayList<>();
    for (Kept known : ofType(type).values()) {
      known.samples().forEach(fact -> found.add(type.cast(fact)));
    }
    return found;
  }

  /** The samples of one peer, oldest first. */
  List<WgPeer> history(WgPeer peer) {
    Kept known = kept(peer);
    return known == null ? List.of() : known.ofPeer();
  }

  /**
   * The keys of the peers that are at an endpoint, or were a while ago: an interface that was made
   * anew has forgotten where its peers are, though their packets still come from there.
   */
  Set<String> peersAt(Endpoint endpoint) {
    if (seenAt == null) {
      seenAt = new HashMap<>();
      for (Kept known : ofType(WgPeer.class).values()) {
        for (Fact sample : known.isOfOnePlace() ? List.of(known.newest()) : known.samples()) {
          notePlace(seenAt, (WgPeer) sample);
        }
      }
    }
    return seenAt.getOrDefault(endpoint, Set.of());
  }

  private static void notePlace(Map<Endpoint, Set<String>> seenAt, WgPeer peer) {
    if (peer.endpoint() != null && peer.publicKey() != null) {
      seenAt.computeIfAbsent(peer.endpoint(), any -> new HashSet<>()).add(peer.publicKey());
    }
  }

  /** Whether a sample of a type is of this time: after the one moment, and not after the other. */
  boolean hasBetween(Class<? extends Fact> type, long after, long until) {
    for (Kept known : ofType(type).values()) {
      for (Fact sample : known.samples()) {
        if (sample.at() > after && sample.at() <= until) {
          return true;
        }
      }
    }
    return false;
  }

  boolean hasAny(Class<? extends Fact> type) {
    return !ofType(type).isEmpty();
  }

  private Map<String, Kept> ofType(Class<?> type) {
    return samples.getOrDefault(type, Map.of());
  }

  @Nullable WgInterface wgInterface(String iface) {
    return one(WgInterface.class, "wg-interface/" + name + "/" + iface);
  }

  @Nullable WgConfig config(String iface) {
    WgConfig own = one(WgConfig.class, "wg-config/" + name + "/" + iface);
    return own != null || !isTheOnly(iface) ? own : one(WgConfig.class, "wg-config/" + name + "/?");
  }

  private boolean isTheOnly(String iface) {
    Set<String> live = new TreeSet<>(peers.keySet());
    all(WgInterface.class).forEach(it -> live.add(it.name()));
    return live.size() == 1 && live.contains(iface);
  }

  /** Who has each prefix of a configuration: the peer that lists it last (allowedips.c). */
  Map<String, String> lastOwners(WgConfig config) {
    if (!config.equals(ownersOf)) {
      ownersOf = config;
      owners.clear();
      for (WgConfig.Peer peer : config.peers()) {
        String key = peer.publicKey() == null ? "?" : peer.publicKey();
        peer.allowedIps().forEach(it -> owners.put(Prefixes.network(it), key));
      }
    }
    return owners;
  }

  @Nullable BringUp bringUp(String iface) {
    return one(BringUp.class, "bring-up/" + name + "/" + iface);
  }

  @Nullable RouteLookup lookup(String address) {
    return one(RouteLookup.class, "route-lookup/" + name + "/" + address);
  }

  /** The peers of an interface that exist now. */
  List<WgPeer> peers(String iface) {
    List<WgPeer> found = new ArrayList<>();
    keptPeers(iface).forEach(it -> found.add((WgPeer) it.newest()));
    return found;
  }

  /** What is kept of them. */
  Collection<Kept> keptPeers(String iface) {
    return peers.getOrDefault(iface, Map.of()).values();
  }

  /** Names of the WireGuard interfaces that are, or should be. */
  Set<String> wireGuardInterfaces() {
    Set<String> names = new TreeSet<>();
    all(WgInterface.class).forEach(it -> names.add(it.name()));
    peers.forEach((iface, any) -> names.add(iface));
    boolean named = !names.isEmpty();
    // A file without a name belongs to the interface that is there.
    all(WgConfig.class).stream()
        .map(WgConfig::iface)
        .filter(it -> !named || !it.equals("?"))
        .forEach(names::add);
    all(BringUp.class).forEach(it -> names.add(it.iface()));
    return names;
  }

  /** Whether it said anything but what time it is. */
  boolean saysAnything() {
    return samples.entrySet().stream()
            .anyMatch(
                it ->
                    it.getKey() != HostClock.class
                        && it.getKey() != CommandFailure.class
                        && it.getKey() != WgInventory.class
                        && !it.getValue().isEmpty())
        || hasNoSuchTunnel();
  }

  /** Whether wg was asked for an interface that is not there. */
  boolean hasNoSuchTunnel() {
    return all(CommandFailure.class).stream()
        .anyMatch(
            it -> it.command().equals("wg") && it.reason() == CommandFailure.Reason.NO_SUCH_DEVICE);
  }

  Links.@Nullable Link link(String device) {
    Links links = latest(Links.class);
    return links == null
        ? null
        : links.links().stream().filter(it -> it.name().equals(device)).findFirst().orElse(null);
  }

  List<Addresses.AddressOn> addresses() {
    Addresses addresses = latest(Addresses.class);
    return addresses == null ? List.of() : addresses.addresses();
  }

  List<Routes.Route> routes() {
    Routes routes = latest(Routes.class);
    return routes == null ? List.of() : routes.routes();
  }

  /** Captures that ended after a moment, in the order in which they ended. */
  List<Capture> capturesSince(long since) {
    return history(Capture.class).stream()
        .filter(it -> it.at() > since)
        .sorted(Comparator.comparingLong(Capture::at))
        .toList();
  }

  /** Identities of interfaces and peers that the inventory does not list any more. */
  List<String> whatIsGone() {
    List<String> gone = new ArrayList<>();
    for (Class<? extends Fact> type : List.of(WgInterface.class, WgPeer.class)) {
      all(type).stream().filter(this::isGone).forEach(it -> gone.add(it.identity()));
    }
    return gone;
  }

  /** Whether an inventory, not older than an interface or a peer, does not list it. */
  boolean isGone(Fact fact) {
    return roster.isGone(fact);
  }

  /** The same of the next sample of a peer, without a search in a list that it was found in. */
  boolean isGone(Kept kept, WgPeer next) {
    return roster.isGone(kept, next);
  }

  private <F extends Fact> @Nullable F one(Class<F> type, String identity) {
    Kept known = ofType(type).get(identity);
    return known == null ? null : type.cast(known.newest());
  }
}
