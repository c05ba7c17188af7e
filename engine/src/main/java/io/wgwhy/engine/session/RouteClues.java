package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.RoutingRules;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue.Shows;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What routes and addresses alone show. */
final class RouteClues {
  /** 10.0.0.0/8 is the largest network that anybody has for oneself. */
  private static final int LEAST_OF_A_NETWORK = 8;

  private static final Set<String> BUILT_IN_TABLES = Set.of("local", "main", "default");

  private final Clues clues;

  RouteClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    loop();
    past();
    unrouted();
  }

  /** Somebody asked where an address of the tunnel goes, and it goes elsewhere. */
  private void past() {
    // No route leads into what is not there.
    boolean missing =
        clues.end().present().no()
            || clues.host().all(BringUp.class).stream().anyMatch(it -> it.succeeded().no());
    if (missing) {
      return;
    }
    Endpoint endpoint = clues.end().endpoint();
    for (RouteLookup lookup : clues.host().all(RouteLookup.class)) {
      String device = lookup.device();
      String destination = lookup.destination();
      boolean outer = endpoint != null && Prefixes.same(endpoint.address(), destination);
      boolean elsewhere =
          device != null && !device.equals("lo") && !clues.isTunnel(device) && lookup.via() != null;
      // Full tunnels keep some public addresses out on purpose.
      boolean its =
          (Prefixes.isPrivateUse(destination).yes() || leavesByDefault(lookup))
              && Prefixes.anyHolds(clues.end().allowedIps(), destination).yes();
      boolean narrow =
          Prefixes.longestMatch(clues.end().allowedIps(), destination) >= LEAST_OF_A_NETWORK;
      if (clues.serves() && elsewhere && its && narrow && !outer) {
        clues.add(
            Shows.NO_WAY_BACK,
            "the peer's AllowedIPs on "
                + clues.host().name()
                + " hold "
                + destination
                + ", and the kernel routes it to "
                + device
                + ": what is for the peer does not come back into the tunnel",
            destination,
            null);
        return;
      }
      boolean nobodys =
          Prefixes.isPrivateUse(destination).yes()
              && Prefixes.anyHolds(clues.end().allowedIps(), destination).no();
      if (!clues.serves() && elsewhere && nobodys && !outer && isUnanswered(destination)) {
        clues.add(
            Shows.NO_PEER_HAS_DESTINATION,
            "no peer's AllowedIPs on "
                + clues.host().name()
                + " hold "
                + destination
                + ": the kernel routes it to "
                + device
                + ", and nobody answers there",
            destination,
            null);
        return;
      }
      if (!clues.serves() && elsewhere && its && !outer) {
        clues.add(
            Shows.ROUTED_PAST_TUNNEL,
            "the peer's AllowedIPs on "
                + clues.host().name()
                + " hold "
                + destination
                + ", and the kernel routes it to "
                + device
                + ": no route leads into the tunnel",
            destination,
            null);
        return;
      }
    }
  }

  /**
   * Whether it is not kept out, but takes the default route, and no rule asks another table first
   * for what carries no mark.
   */
  private boolean leavesByDefault(RouteLookup lookup) {
    boolean byDefault =
        clues.host().routes().stream()
            .filter(it -> it.destination().equals("0.0.0.0/0") && it.table().equals("main"))
            .anyMatch(it -> Objects.equals(it.via(), lookup.via()));
    boolean apart =
        clues.host().routes().stream()
            .filter(it -> !it.destination().equals("0.0.0.0/0"))
            .anyMatch(
                it -> Boolean.TRUE.equals(Prefixes.holds(it.destination(), lookup.destination())));
    boolean known =
        clues.latest(RoutingRules.class) != null || Objects.equals(clues.end().fwmark(), 0);
    return byDefault && !apart && known && hasPlainRules();
  }

  private boolean isUnanswered(String address) {
    List<Probe> probes =
        clues.host().all(Probe.class).stream()
            .filter(it -> Objects.equals(it.target(), address))
            .toList();
    return probes.stream().anyMatch(it -> it.answered().no())
        && probes.stream().noneMatch(it -> it.answered().yes());
  }

  /**
   * The routes were shown, and none leads what the peer's AllowedIPs hold into the tunnel: netifd
   * (OpenWrt), systemd-networkd, netplan and plugins of NetworkManager make routes only where they
   * are told so.
   */
  private void unrouted() {
    List<String> allowed = clues.serves() ? null : allowedWhileRoutesWereShown();
    if (allowed == null) {
      return;
    }
    int most = ConflictClues.MOST_COMPARED / clues.host().routes().size();
    for (String prefix : allowed.subList(0, Math.min(allowed.size(), most))) {
      String address = Prefixes.withoutLength(prefix);
      boolean network = ConflictClues.wide(prefix) && Prefixes.isPrivateUse(address).yes();
      String device = network ? Routing.device(clues.host(), address) : null;
      if (device != null && !clues.isTunnel(device)) {
        clues.add(
            Shows.ROUTED_PAST_TUNNEL,
            "the peer's AllowedIPs on "
                + clues.host().name()
                + " hold "
                + prefix
                + ", and of the routes shown the one for it leads to "
                + device,
            prefix,
            null);
        return;
      }
    }
  }

  /** Null where the tables were not shown as they are while the tunnel is up. */
  private @Nullable List<String> allowedWhileRoutesWereShown() {
    String own = clues.end().iface();
    List<Routes.Route> routes = clues.host().routes();
    boolean whole =
        routes.stream().anyMatch(it -> it.destination().equals("0.0.0.0/0"))
            && routes.stream().allMatch(it -> it.table().equals("main"));
    if (own == null || !whole) {
      return null;
    }
    WgConfig config = clues.host().config(own);
    if (config != null && routes.stream().anyMatch(it -> Objects.equals(own, it.device()))) {
      return config.peers().size() == 1 ? config.peers().get(0).allowedIps() : null;
    }
    // A handshake of now is one of the tunnel whose routes are missing.
    boolean by = config != null && config.table() != null;
    return clues.hearsNow() && !by && hasPlainRules() ? clues.end().allowedIps() : null;
  }

  /** Whether no other table than the main one was seen to be asked. */
  private boolean hasPlainRules() {
    RoutingRules rules = clues.latest(RoutingRules.class);
    return rules == null
        || rules.rules().stream().allMatch(it -> BUILT_IN_TABLES.contains(it.table()));
  }

  private void loop() {
    Endpoint endpoint = clues.end().endpoint();
    for (RouteLookup lookup : clues.host().all(RouteLookup.class)) {
      boolean its = endpoint != null && Prefixes.same(endpoint.address(), lookup.destination());
      String device = lookup.device();
      if (its && device != null && isOfEnd(device) && !isKeptOut(lookup)) {
        add(lookup.destination(), device);
      }
    }
    boolean unmarked = Objects.equals(clues.end().fwmark(), 0);
    if (endpoint != null && unmarked && !clues.serves()) {
      String device = Routing.device(clues.host(), endpoint.address());
      if (device != null && isOfEnd(device)) {
        add(endpoint.address(), device);
      }
    }
  }

  /**
   * Asked without the mark, wg-quick's full tunnel leads everything into itself, and that is right:
   * WireGuard's own packets carry the mark, and only what does not goes to that table.
   */
  private boolean isKeptOut(RouteLookup lookup) {
    Integer mark = clues.end().fwmark();
    boolean ofOwnTable = lookup.table() != null && !lookup.table().equals("main");
    return mark == null ? ofOwnTable : mark != 0;
  }

  /**
   * Another tunnel may well carry this one: where the end's own device is known, only that is it.
   */
  private boolean isOfEnd(String device) {
    String own = clues.end().iface();
    boolean known = own != null && !own.equals("?") && clues.end().present().yes();
    return known ? device.equals(own) : clues.isTunnel(device);
  }

  private void add(String destination, @Nullable String device) {
    clues.add(
        Shows.ENDPOINT_IN_TUNNEL,
        clues.host().name()
            + " routes the endpoint "
            + destination
            + " into "
            + device
            + ", the tunnel itself",
        device,
        null);
  }
}
