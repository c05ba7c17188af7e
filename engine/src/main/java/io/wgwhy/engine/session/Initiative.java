package io.wgwhy.engine.session;

import io.wgwhy.facts.Probe;
import io.wgwhy.facts.ProviderRules;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Which of two ends has to send first: WireGuard has no client and no server, people have. */
final class Initiative {
  private Initiative() {}

  /** How much speaks for a view's end being the one that has to send first. */
  static int of(PeerView view) {
    int points = 0;
    if (view.end().configuredEndpoint() != null) {
      points += 8;
    } else if (view.configured() != null) {
      points -= 8;
    }
    if (view.end().keepalive() != null && view.end().keepalive() > 0) {
      points += 4;
    }
    WgConfig config = view.host().config(view.name());
    if (config != null && view.configured() != null) {
      points += config.listenPort() == null ? 2 : -2;
    }
    if (view.end().hasEndpoint().no()) {
      points -= 4;
    }
    WgPeer peer = view.peer();
    if (peer != null && view.end().endpoint() != null && Objects.equals(peer.rxBytes(), 0L)) {
      // An endpoint without anything received was not learned: somebody wrote it.
      points += 4;
    }
    if (view.end().endpoint() != null && view.end().listenPort() != null) {
      boolean own = isChosen(view.end().listenPort());
      boolean other = isChosen(view.end().endpoint().port());
      points += !own && other ? 1 : 0;
      points -= own && !other ? 1 : 0;
      // A NAT may give a client any port, but hardly WireGuard's own; and a server may be on a high
      // one.
      points -=
          asksForForwarding(view.host()) && !isWireGuards(view.end().endpoint().port()) ? 2 : 0;
    }
    // An Endpoint in a server's file is a mistake, and no sign that it begins.
    points -= hasServersFile(view) && view.end().configuredEndpoint() != null ? 16 : 0;
    points -= view.peers() > 1 ? 1 : 0;
    points -= forwardsForPeer(view) ? 2 : 0;
    // Between two ends that both know where the other is: who asks through the tunnel.
    points += view.host().hasAny(Probe.class) ? 1 : 0;
    return points;
  }

  /** Whether its filter passes on what comes out of the tunnel, for a peer with one address. */
  private static boolean forwardsForPeer(PeerView view) {
    List<String> allowed = view.end().allowedIps();
    return allowed != null
        && !allowed.isEmpty()
        && allowed.stream().allMatch(Prefixes::isOneAddress)
        && view.host().rulesets().stream()
            .flatMap(it -> it.chains().stream())
            .filter(it -> it.hook() == Ruleset.Hook.FORWARD)
            .flatMap(it -> it.rules().stream())
            .filter(it -> it.action() == Ruleset.Action.ACCEPT)
            .flatMap(it -> it.matches().stream())
            .anyMatch(
                it ->
                    it.field() == Ruleset.Field.INPUT_DEVICE
                        && !it.inverted()
                        && it.values().contains(view.name()));
  }

  /** Where nothing tells who begins: by how people call the host, and what they look at there. */
  static boolean looksLikeServer(PeerView view) {
    String called = view.host().name().toLowerCase(Locale.ROOT);
    if (called.matches(".*(?:client|laptop|phone|desktop|\\bcli\\b).*")) {
      return false;
    }
    return called.matches(".*(?:server|srv|vps|gateway|router|\\bgw\\b).*")
        || (view.end().listenPort() != null && isChosen(view.end().listenPort()))
        || view.host().latest(Ruleset.class) != null
        || view.host().latest(PublishedPorts.class) != null
        || view.host().latest(ProviderRules.class) != null
        || asksForForwarding(view.host());
  }

  /** Whether of all settings somebody looked at this one only. */
  private static boolean asksForForwarding(HostFacts host) {
    Sysctls sysctls = host.latest(Sysctls.class);
    return sysctls != null && sysctls.values().keySet().equals(Set.of("net.ipv4.ip_forward"));
  }

  /**
   * Whether nobody can find an end and it cannot find anybody: it has no endpoint, never had a word
   * from the peer, and no port that others could know.
   */
  static boolean shouldBegin(PeerView view) {
    WgConfig config = view.host().config(view.name());
    boolean unreadable =
        config != null
            && config.problems().stream()
                .anyMatch(it -> it.keyword().isEmpty() || it.keyword().equals("Endpoint"));
    WgPeer peer = view.peer();
    boolean heard = peer != null && !Objects.equals(peer.rxBytes(), 0L);
    if (!view.end().hasEndpoint().no() || heard || unreadable || view.peers() != 1) {
      return false;
    }
    if (config != null && view.configured() != null) {
      return config.listenPort() == null && view.configured().endpoint() == null;
    }
    return config == null
        && view.end().listenPort() != null
        && !isChosen(view.end().listenPort())
        && asksForIt(view);
  }

  /**
   * Whether its file is a server's: a port of its own, single addresses for the peer, and several
   * peers, or hooks that pass their packets on.
   */
  static boolean hasServersFile(PeerView view) {
    WgConfig config = view.host().config(view.name());
    if (config == null || config.listenPort() == null || view.configured() == null) {
      return false;
    }
    boolean serves =
        config.peers().size() > 1
            || config.hooks().stream()
                .anyMatch(
                    it ->
                        it.effect() == WgConfig.Effect.MASQUERADE
                            || it.effect() == WgConfig.Effect.FORWARD_ACCEPT);
    return serves
        && !view.configured().allowedIps().isEmpty()
        && view.configured().allowedIps().stream().allMatch(Prefixes::isOneAddress);
  }

  /** Something was to be sent to the peer. */
  private static boolean asksForIt(PeerView view) {
    boolean refused =
        view.host().all(Probe.class).stream()
            .anyMatch(it -> it.problem() == Probe.Problem.DESTINATION_ADDRESS_REQUIRED);
    return refused || (view.end().keepalive() != null && view.end().keepalive() > 0);
  }

  /**
   * Whether somebody configured a port. Linux takes source ports from 32768 to 60999 where none is
   * (ip-sysctl.rst, ip_local_port_range), and 51820 and the next few are WireGuard's by custom.
   */
  private static boolean isChosen(int port) {
    return port < 32768 || isWireGuards(port);
  }

  /** WireGuard's own, and those beside it, where a host has several tunnels. */
  private static boolean isWireGuards(int port) {
    return port >= WireGuard.DEFAULT_PORT && port < WireGuard.DEFAULT_PORT + 10;
  }
}
