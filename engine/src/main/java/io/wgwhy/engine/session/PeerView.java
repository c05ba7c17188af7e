package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.ProviderRules;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One host's view of one tunnel: its interface, and the peer on it.
 *
 * @param host the host
 * @param end how this end is set up
 * @param kept what is kept of the peer, as wg shows it; null when only the configuration names it,
 *     or nothing does
 * @param configured the peer's section of the configuration; null when not seen
 * @param hasConfig whether the interface's configuration was seen at all
 * @param peers how many peers the interface has
 * @param tunnel names the tunnel: both keys in order, the same seen from either end, or from both;
 *     the view where they are not known
 */
record PeerView(
    HostFacts host,
    End end,
    @Nullable Kept kept,
    WgConfig.@Nullable Peer configured,
    boolean hasConfig,
    int peers,
    String tunnel) {

  /** In a fixed order, whatever came first. */
  static final Comparator<PeerView> BY_ID =
      Comparator.comparing((PeerView it) -> it.host().name())
          .thenComparing(it -> it.name())
          .thenComparing(it -> it.which());

  /** All views of a host, each once. */
  static List<PeerView> of(HostFacts host) {
    Set<PeerView> views = new LinkedHashSet<>();
    for (String iface : host.wireGuardInterfaces()) {
      views.addAll(of(host, iface));
    }
    return List.copyOf(views);
  }

  /** An interface, without any of its peers. */
  static PeerView ofInterface(HostFacts host, String iface) {
    return OneEnd.of(host, iface).view(null, null, 0);
  }

  /** The view of a host that shows no tunnel, though it should. */
  static PeerView nothingSeen(HostFacts host) {
    return of(host, End.nameOnly(host.name()), null, null, false, 0);
  }

  private static PeerView of(
      HostFacts host,
      End end,
      @Nullable Kept kept,
      WgConfig.@Nullable Peer configured,
      boolean hasConfig,
      int peers) {
    String own = end.publicKey();
    String other = end.peerKey();
    String tunnel =
        own == null || other == null
            ? id(end, kept)
            : own.compareTo(other) < 0 ? own + "~" + other : other + "~" + own;
    return new PeerView(host, end, kept, configured, hasConfig, peers, tunnel);
  }

  /** The peer as wg shows it now; null when it does not. */
  @Nullable WgPeer peer() {
    return kept == null ? null : (WgPeer) kept.newest();
  }

  private static List<PeerView> of(HostFacts host, String iface) {
    OneEnd side = OneEnd.of(host, iface);
    WgConfig config = host.config(iface);
    Collection<Kept> peers = host.keptPeers(iface);
    List<PeerView> views = new ArrayList<>();
    if (!peers.isEmpty()) {
      for (Kept kept : peers) {
        WgPeer peer = (WgPeer) kept.newest();
        views.add(side.view(kept, section(config, peer, peers.size()), peers.size()));
      }
    } else if (config != null && !config.peers().isEmpty()) {
      config.peers().forEach(it -> views.add(side.view(null, it, config.peers().size())));
    } else {
      views.add(side.view(null, null, 0));
    }
    return views;
  }

  private static WgConfig.@Nullable Peer section(
      @Nullable WgConfig config, WgPeer peer, int peers) {
    if (config == null) {
      return null;
    }
    for (WgConfig.Peer it : config.peers()) {
      if (peer.publicKey() != null && peer.publicKey().equals(it.publicKey())) {
        return it;
      }
    }
    boolean onlyOne = peers == 1 && config.peers().size() == 1;
    return onlyOne && (peer.publicKey() == null || config.peers().get(0).publicKey() == null)
        ? config.peers().get(0)
        : null;
  }

  /**
   * What all views of one interface share: a gateway has ten thousand.
   *
   * @param addresses the interface's own, with prefix lengths
   * @param hostAddresses the host's others
   * @param mtu null when unknown
   * @param fwmark null when unknown
   */
  private record OneEnd(
      HostFacts host,
      String iface,
      @Nullable WgConfig config,
      @Nullable String ownKey,
      Answer present,
      Answer up,
      @Nullable Integer listenPort,
      List<String> addresses,
      List<String> hostAddresses,
      @Nullable Integer mtu,
      @Nullable Integer fwmark) {

    static OneEnd of(HostFacts host, String iface) {
      WgConfig config = host.config(iface);
      WgInterface live = host.wgInterface(iface);
      Links.Link link = host.link(iface);
      List<String> addresses =
          host.addresses().stream()
              .filter(it -> it.device().equals(iface))
              .map(it -> it.cidr())
              .toList();
      String ownKey = live == null ? null : live.publicKey();
      return new OneEnd(
          host,
          iface,
          config,
          ownKey == null && config != null ? config.publicKey() : ownKey,
          PeerView.present(host, iface),
          link == null ? Answer.UNKNOWN : link.up(),
          live != null && live.listenPort() != null
              ? live.listenPort()
              : config == null ? null : config.listenPort(),
          addresses.isEmpty() && config != null ? config.addresses() : addresses,
          host.addresses().stream()
              .filter(it -> !it.device().equals(iface) && !it.device().equals("lo"))
              .map(it -> it.address())
              .toList(),
          link != null && link.mtu() != null ? link.mtu() : config == null ? null : config.mtu(),
          live != null && live.fwmark() != null
              ? live.fwmark()
              : config == null ? null : config.fwmark());
    }

    PeerView view(@Nullable Kept kept, WgConfig.@Nullable Peer configured, int peers) {
      WgPeer peer = kept == null ? null : (WgPeer) kept.newest();
      Endpoint configuredEndpoint = configured == null ? null : configured.endpoint();
      End end =
          new End(
              host.name(),
              iface,
              ownKey,
              peer != null ? peer.publicKey() : configured != null ? configured.publicKey() : null,
              present,
              up,
              listenPort,
              peer != null ? peer.endpoint() : configuredEndpoint,
              configuredEndpoint,
              peer != null ? peer.hasEndpoint() : hasEndpoint(configured),
              peer != null && peer.allowedIps() != null
                  ? peer.allowedIps()
                  : configured == null ? null : configured.allowedIps(),
              peer != null && peer.keepalive() != null
                  ? peer.keepalive()
                  : configured == null
                      ? null
                      : Objects.requireNonNullElse(configured.keepalive(), 0),
              peer != null && !peer.presharedKey().present().unknown()
                  ? strongest(peer, configured)
                  : configured != null ? configured.presharedKey() : PresharedKey.UNKNOWN,
              addresses,
              hostAddresses,
              mtu,
              fwmark);
      return PeerView.of(host, end, kept, configured, config != null, peers);
    }
  }

  /** A section without AllowedIPs is no whole one: the Endpoint may have been cut off, too. */
  private static Answer hasEndpoint(WgConfig.@Nullable Peer configured) {
    if (configured == null
        || (configured.endpoint() == null && configured.allowedIps().isEmpty())) {
      return Answer.UNKNOWN;
    }
    return Answer.of(configured.endpoint() != null);
  }

  /** wg may hide what the file of the same peer shows. */
  private static PresharedKey strongest(WgPeer peer, WgConfig.@Nullable Peer configured) {
    boolean hidden =
        peer.presharedKey().present().yes() && peer.presharedKey().fingerprint() == null;
    return hidden && configured != null ? configured.presharedKey() : peer.presharedKey();
  }

  /** Whether the interface exists: by wg's list, else by the links, else by how bring-up went. */
  private static Answer present(HostFacts host, String iface) {
    WgInventory inventory = host.latest(WgInventory.class);
    if (inventory != null) {
      return Answer.of(inventory.devices().stream().anyMatch(it -> it.name().equals(iface)));
    }
    if (host.wgInterface(iface) != null || !host.peers(iface).isEmpty()) {
      return Answer.YES;
    }
    Links links = host.latest(Links.class);
    if (links != null) {
      return Answer.of(host.link(iface) != null);
    }
    BringUp bringUp = host.bringUp(iface);
    return bringUp == null
        ? Answer.UNKNOWN
        : bringUp.direction() == BringUp.Direction.UP
            ? bringUp.succeeded()
            : bringUp.succeeded().not();
  }

  /** How much speaks for this end being the one that has to send first. */
  int initiative() {
    int points = 0;
    if (end.configuredEndpoint() != null) {
      points += 8;
    } else if (configured != null) {
      points -= 8;
    }
    if (end.keepalive() != null && end.keepalive() > 0) {
      points += 4;
    }
    WgConfig config = host.config(name());
    if (config != null && configured != null) {
      points += config.listenPort() == null ? 2 : -2;
    }
    if (end.hasEndpoint().no()) {
      points -= 4;
    }
    WgPeer peer = peer();
    if (peer != null && end.endpoint() != null && Objects.equals(peer.rxBytes(), 0L)) {
      // An endpoint without anything received was not learned: somebody wrote it.
      points += 4;
    }
    if (end.endpoint() != null && end.listenPort() != null) {
      boolean own = isChosen(end.listenPort());
      boolean other = isChosen(end.endpoint().port());
      points += !own && other ? 1 : 0;
      points -= own && !other ? 1 : 0;
    }
    // An Endpoint in a server's file is a mistake, and no sign that it begins.
    points -= hasServersFile() && end.configuredEndpoint() != null ? 16 : 0;
    points -= peers > 1 ? 1 : 0;
    points -= forwardsForPeer() ? 2 : 0;
    // Between two ends that both know where the other is: who asks through the tunnel.
    points += host.hasAny(Probe.class) ? 1 : 0;
    return points;
  }

  /** Whether its filter passes on what comes out of the tunnel, for a peer with one address. */
  private boolean forwardsForPeer() {
    List<String> allowed = end.allowedIps();
    return allowed != null
        && !allowed.isEmpty()
        && allowed.stream().allMatch(Prefixes::isOneAddress)
        && host.all(Ruleset.class).stream()
            .flatMap(it -> it.chains().stream())
            .filter(it -> it.hook() == Ruleset.Hook.FORWARD)
            .flatMap(it -> it.rules().stream())
            .filter(it -> it.action() == Ruleset.Action.ACCEPT)
            .flatMap(it -> it.matches().stream())
            .anyMatch(
                it ->
                    it.field() == Ruleset.Field.INPUT_DEVICE
                        && !it.inverted()
                        && it.values().contains(name()));
  }

  /** Where nothing tells who begins: by how people call the host, and what they look at there. */
  boolean looksLikeServer() {
    String called = host.name().toLowerCase(Locale.ROOT);
    if (called.matches(".*(?:client|laptop|phone|desktop|\\bcli\\b).*")) {
      return false;
    }
    return called.matches(".*(?:server|srv|vps|gateway|router|\\bgw\\b).*")
        || (end.listenPort() != null && isChosen(end.listenPort()))
        || host.latest(Ruleset.class) != null
        || host.latest(PublishedPorts.class) != null
        || host.latest(ProviderRules.class) != null
        || asksForForwarding();
  }

  /** Whether of all settings somebody looked at this one only. */
  private boolean asksForForwarding() {
    Sysctls sysctls = host.latest(Sysctls.class);
    return sysctls != null && sysctls.values().keySet().equals(Set.of("net.ipv4.ip_forward"));
  }

  /**
   * Whether nobody can find this end and it cannot find anybody: it has no endpoint, never had a
   * word from the peer, and no port that others could know.
   */
  boolean shouldBegin() {
    WgConfig config = host.config(name());
    boolean unreadable =
        config != null
            && config.problems().stream()
                .anyMatch(it -> it.keyword().isEmpty() || it.keyword().equals("Endpoint"));
    WgPeer peer = peer();
    boolean heard = peer != null && !Objects.equals(peer.rxBytes(), 0L);
    if (!end.hasEndpoint().no() || heard || unreadable || peers != 1) {
      return false;
    }
    if (config != null && configured != null) {
      return config.listenPort() == null && configured.endpoint() == null;
    }
    return config == null && end.listenPort() != null && !isChosen(end.listenPort()) && asksForIt();
  }

  /**
   * Whether its file is a server's: a port of its own, single addresses for the peer, and several
   * peers, or hooks that pass their packets on.
   */
  boolean hasServersFile() {
    WgConfig config = host.config(name());
    if (config == null || config.listenPort() == null || configured == null) {
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
        && !configured.allowedIps().isEmpty()
        && configured.allowedIps().stream().allMatch(Prefixes::isOneAddress);
  }

  /** Something was to be sent to the peer. */
  private boolean asksForIt() {
    boolean refused =
        host.all(Probe.class).stream()
            .anyMatch(it -> it.problem() == Probe.Problem.DESTINATION_ADDRESS_REQUIRED);
    return refused || (end.keepalive() != null && end.keepalive() > 0);
  }

  /**
   * Whether somebody configured a port. Linux takes source ports from 32768 to 60999 where none is
   * (ip-sysctl.rst, ip_local_port_range), and 51820 and the next few are WireGuard's by custom.
   */
  private static boolean isChosen(int port) {
    return port < 32768 || (port >= WireGuard.DEFAULT_PORT && port < WireGuard.DEFAULT_PORT + 10);
  }

  private String name() {
    return name(end);
  }

  /** Names the view within its network. */
  String id() {
    return id(end, kept);
  }

  private static String id(End end, @Nullable Kept kept) {
    return end.host() + "/" + name(end) + "/" + which(end, kept);
  }

  private static String name(End end) {
    return Objects.requireNonNullElse(end.iface(), "");
  }

  private String which() {
    return which(end, kept);
  }

  private static String which(End end, @Nullable Kept kept) {
    if (end.peerKey() != null) {
      return end.peerKey();
    }
    return kept == null ? "?" : "#" + ((WgPeer) kept.newest()).ordinal();
  }

  /** Of the peer, as it is remembered: not one more text of it; null when wg does not show it. */
  @Nullable String peerIdentity() {
    return kept == null ? null : kept.identity();
  }

  /** The counters and times of the peer, oldest first; empty when wg does not show it. */
  List<WgPeer> samples() {
    return kept == null ? List.of() : kept.ofPeer();
  }
}
