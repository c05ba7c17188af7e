package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one host said, asked by type. */
final class HostFacts {
  private final String name;
  private final Map<String, List<Fact>> samples = new TreeMap<>();

  HostFacts(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void put(List<Fact> known) {
    samples.put(known.get(0).identity(), known);
  }

  void forget(String identity) {
    samples.remove(identity);
  }

  /** When the host last said anything, ms since the epoch; 0 when never. */
  long newest() {
    return samples.values().stream().mapToLong(it -> it.get(it.size() - 1).at()).max().orElse(0);
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
    for (List<Fact> known : samples.values()) {
      Fact newest = known.get(known.size() - 1);
      if (type.isInstance(newest)) {
        found.add(type.cast(newest));
      }
    }
    return found;
  }

  /** All samples of a type, oldest first in each identity. */
  <F extends Fact> List<F> history(Class<F> type) {
    List<F> found = new ArrayList<>();
    for (List<Fact> known : samples.values()) {
      if (type.isInstance(known.get(0))) {
        known.forEach(fact -> found.add(type.cast(fact)));
      }
    }
    return found;
  }

  /** The samples of one peer, oldest first. */
  List<WgPeer> history(WgPeer peer) {
    return samples.getOrDefault(peer.identity(), List.of()).stream()
        .map(WgPeer.class::cast)
        .toList();
  }

  @Nullable WgInterface wgInterface(String iface) {
    return one(WgInterface.class, "wg-interface/" + name + "/" + iface);
  }

  @Nullable WgConfig config(String iface) {
    return one(WgConfig.class, "wg-config/" + name + "/" + iface);
  }

  @Nullable BringUp bringUp(String iface) {
    return one(BringUp.class, "bring-up/" + name + "/" + iface);
  }

  @Nullable RouteLookup lookup(String address) {
    return one(RouteLookup.class, "route-lookup/" + name + "/" + address);
  }

  /** The peers of an interface that exist now. */
  List<WgPeer> peers(String iface) {
    return all(WgPeer.class).stream().filter(peer -> peer.iface().equals(iface)).toList();
  }

  /** Names of the WireGuard interfaces that are, or should be. */
  Set<String> wireGuardInterfaces() {
    Set<String> names = new TreeSet<>();
    all(WgInterface.class).forEach(it -> names.add(it.name()));
    all(WgPeer.class).forEach(it -> names.add(it.iface()));
    all(WgConfig.class).forEach(it -> names.add(it.iface()));
    all(BringUp.class).forEach(it -> names.add(it.iface()));
    return names;
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

  /** Captures on other devices than the given, that ended after a moment. */
  List<Capture> capturesSince(long since) {
    return history(Capture.class).stream().filter(it -> it.at() > since).toList();
  }

  /** Identities of interfaces and peers that an inventory, not older than they, does not list. */
  List<String> missingFrom(WgInventory inventory) {
    List<String> gone = new ArrayList<>();
    for (WgInterface it : all(WgInterface.class)) {
      if (it.at() <= inventory.at() && device(inventory, it.name()) == null) {
        gone.add(it.identity());
      }
    }
    for (WgPeer it : all(WgPeer.class)) {
      WgInventory.Device device = device(inventory, it.iface());
      String key = it.publicKey() == null ? "#" + it.ordinal() : it.publicKey();
      if (it.at() <= inventory.at() && (device == null || !device.peers().contains(key))) {
        gone.add(it.identity());
      }
    }
    return gone;
  }

  private static WgInventory.@Nullable Device device(WgInventory inventory, String iface) {
    return inventory.devices().stream()
        .filter(it -> it.name().equals(iface))
        .findFirst()
        .orElse(null);
  }

  private <F extends Fact> @Nullable F one(Class<F> type, String identity) {
    List<Fact> known = samples.get(identity);
    return known == null ? null : type.cast(known.get(known.size() - 1));
  }
}
