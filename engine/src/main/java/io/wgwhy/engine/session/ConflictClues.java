package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue.Shows;
import java.util.ArrayList;
import java.util.List;

/** What addresses and routes show of networks that a host has twice: one through the tunnel. */
final class ConflictClues {
  /** A client with thousands of AllowedIPs has a few networks of its own: all are compared. */
  static final int MOST_COMPARED = 100_000;

  private final Clues clues;

  ConflictClues(Clues clues) {
    this.clues = clues;
  }

  /** A network on a device. */
  private record Network(String device, String prefix) {}

  void look() {
    List<Network> all = networks();
    List<Network> outside = all.stream().filter(it -> !clues.isTunnel(it.device())).toList();
    elsewhere(
        all.stream()
            .filter(it -> clues.isTunnel(it.device()))
            .map(Network::prefix)
            .distinct()
            .toList(),
        outside);
    List<String> allowed = clues.end().allowedIps();
    if (allowed != null && !clues.serves()) {
      // What the peer's AllowedIPs hold is a network of the host itself.
      elsewhere(allowed.stream().filter(ConflictClues::wide).toList(), outside);
    }
    onLink();
    ofTwoTunnels();
  }

  /**
   * Without its addresses: the way to what AllowedIPs hold has no gateway, is no tunnel's, and the
   * host's own address there is of the same prefix.
   */
  private void onLink() {
    List<String> allowed = clues.end().allowedIps();
    if (allowed == null || clues.serves()) {
      return;
    }
    for (RouteLookup lookup : clues.host().all(RouteLookup.class)) {
      String device = lookup.device();
      String source = lookup.source();
      boolean outside = device != null && !device.equals("lo") && !clues.isTunnel(device);
      if (outside && device != null && source != null && lookup.via() == null) {
        allowed.stream()
            .filter(ConflictClues::wide)
            .filter(it -> Boolean.TRUE.equals(Prefixes.holds(it, lookup.destination())))
            .filter(it -> Boolean.TRUE.equals(Prefixes.holds(it, source)))
            .findFirst()
            .ifPresent(it -> conflict(it, new Network(device, source)));
      }
    }
  }

  /** Two tunnels have one network: what is for a peer of the one leaves by the other. */
  private void ofTwoTunnels() {
    String own = clues.end().iface();
    List<String> allowed = clues.end().allowedIps();
    if (own == null || allowed == null || !clues.end().present().yes()) {
      return;
    }
    List<Addresses.AddressOn> tunnels =
        clues.host().addresses().stream().filter(it -> clues.isTunnel(it.device())).toList();
    for (Addresses.AddressOn mine : tunnels) {
      for (Addresses.AddressOn other : tunnels) {
        boolean same =
            mine.device().equals(own)
                && !other.device().equals(own)
                && wide(mine.cidr())
                && Prefixes.overlap(mine.cidr(), other.cidr());
        if (same && allowed.stream().anyMatch(it -> isRoutedTo(other.device(), it))) {
          conflict(mine.cidr(), new Network(other.device(), other.cidr()));
          return;
        }
      }
    }
  }

  private boolean isRoutedTo(String device, String prefix) {
    String address = Prefixes.withoutLength(prefix);
    RouteLookup lookup = clues.host().lookup(address);
    return device.equals(lookup == null ? Routing.device(clues.host(), address) : lookup.device());
  }

  /** A default route overlaps with everything, a single address takes nothing away. */
  static boolean wide(String prefix) {
    int length = Prefixes.length(prefix);
    return length > 7 && length < (prefix.contains(":") ? 128 : 32);
  }

  /** Those that the host has, by its addresses, its configuration and its routes. */
  private List<Network> networks() {
    List<Network> all = new ArrayList<>();
    for (Addresses.AddressOn it : clues.host().addresses()) {
      if (!it.device().equals("lo") && !it.scope().equals("link") && it.cidr().contains("/")) {
        all.add(new Network(it.device(), it.cidr()));
      }
    }
    for (WgConfig config : clues.host().all(WgConfig.class)) {
      String device = clues.isTunnel(config.iface()) ? config.iface() : "wg0";
      config.addresses().stream()
          .filter(it -> it.contains("/"))
          .forEach(it -> all.add(new Network(device, it)));
    }
    for (Routes.Route it : clues.host().routes()) {
      if (it.device() != null
          && it.via() == null
          && it.type().equals("unicast")
          && !it.destination().startsWith("fe80")) {
        all.add(new Network(it.device(), it.destination()));
      }
    }
    return all.stream().filter(it -> wide(it.prefix())).distinct().toList();
  }

  /** One of these networks belongs into the tunnel, and the host has it outside. */
  private void elsewhere(List<String> inside, List<Network> outside) {
    int compared = 0;
    for (String prefix : inside) {
      for (Network network : outside) {
        if (Prefixes.overlap(prefix, network.prefix())) {
          conflict(prefix, network);
          return;
        }
        if (++compared == MOST_COMPARED) {
          return;
        }
      }
    }
  }

  private void conflict(String prefix, Network outside) {
    clues.add(
        Shows.NETWORK_ELSEWHERE,
        prefix
            + " belongs into the tunnel, and "
            + clues.host().name()
            + " has the same network on "
            + outside.device(),
        outside.device(),
        prefix);
  }
}
