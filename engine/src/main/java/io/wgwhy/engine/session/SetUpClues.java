package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the way in which an end is set up shows by itself. */
final class SetUpClues {
  /** The largest frame of an Ethernet line, and so of nearly every path. */
  private static final int ETHERNET = 1500;

  private final Clues clues;

  SetUpClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    prefixes();
    source();
    EndpointClues endpoint = new EndpointClues(clues);
    endpoint.address();
    room();
    new KeyClues(clues).look();
    endpoint.outside();
    endpoint.nowhere();
    endpoint.carrier();
    clock();
    keepalives();
    endpoint.name();
    presence();
    switchedOff();
    String iface = iface();
    WgConfig config = iface == null ? null : clues.host().config(iface);
    if (config != null) {
      new ConfigClues(clues, config).look();
    }
  }

  private @Nullable String iface() {
    return clues.end().iface();
  }

  private void prefixes() {
    List<WgPeer> peers = clues.host().peers(Objects.requireNonNullElse(clues.end().iface(), ""));
    List<WgPeer> robbed = peers.stream().filter(it -> isEmpty(it.allowedIps())).toList();
    boolean holder =
        peers.stream().anyMatch(it -> it.allowedIps() != null && !isEmpty(it.allowedIps()));
    if (holder && robbed.stream().anyMatch(this::isMine)) {
      clues.add(
          Shows.PREFIX_OF_TWO_PEERS,
          clues.host().name()
              + " shows allowed ips (none) for a peer beside another that has some: a prefix"
              + " belongs to one peer, the one that got it last",
          null,
          null);
    }
  }

  /** Where keys were cut out, one's only peer is the other host whose configuration is shown. */
  private void source() {
    WgConfig config = iface() == null ? null : clues.host().config(iface());
    if (config == null || config.peers().size() != 1 || !clues.serves()) {
      return;
    }
    List<String> allowed = config.peers().get(0).allowedIps();
    List<String> others =
        clues.otherEnd().seen() ? clues.otherEnd().tunnelAddresses() : List.<String>of();
    if (allowed.isEmpty() || others.isEmpty()) {
      return;
    }
    if (others.stream()
        .map(Prefixes::withoutLength)
        .allMatch(it -> Prefixes.anyHolds(allowed, it).no())) {
      String address = Prefixes.withoutLength(others.get(0));
      clues.add(
          Shows.SOURCE_NOT_ALLOWED,
          clues.host().name()
              + " allows its peer "
              + String.join(", ", allowed)
              + ", and the address of "
              + clues.otherEnd().name()
              + " in the tunnel is "
              + address,
          address,
          null);
    }
  }

  private boolean isMine(WgPeer peer) {
    return peer.publicKey() != null
        ? peer.publicKey().equals(clues.end().peerKey())
        : clues.end().peerKey() == null && isEmpty(clues.end().allowedIps());
  }

  private static boolean isEmpty(@Nullable List<String> prefixes) {
    return prefixes != null && prefixes.isEmpty();
  }

  /** An end without a kept clock, which asks in vain, and never was answered. */
  private void clock() {
    ClockState clock = clues.latest(ClockState.class);
    Trend trend = clues.scene().initiatorTrend();
    boolean inVain =
        trend != null
            && trend.handshake().no()
            && trend.condition() == Trend.Condition.ASKS_IN_VAIN;
    if (!clues.serves() && inVain && clock != null && clock.synced().no()) {
      clues.add(
          Shows.CLOCK_NOT_KEPT,
          Symptom.Kind.NO_HANDSHAKE,
          "the clock of "
              + clues.host().name()
              + " is not kept right, and its initiations are not answered: they may be older than"
              + " one that the other end has accepted",
          null,
          null);
    }
  }

  /**
   * Of one of several peers that an end keeps alive the trend says nothing: it may have been
   * switched off. A server's peers may be; it has no Endpoint line for them.
   */
  private void keepalives() {
    Trend trend = clues.scene().initiatorTrend();
    Long age = trend == null || trend.handshake().no() ? null : trend.handshakeAge();
    boolean told = trend != null && trend.condition() == Trend.Condition.ASKS_IN_VAIN;
    boolean asks =
        clues.end().configuredEndpoint() != null && Trends.isOverdue(clues.end().keepalive(), age);
    if (!clues.serves() && asks && age != null && !told) {
      clues.add(
          Shows.KEEPALIVES_UNANSWERED,
          Symptom.Kind.WORKS_THEN_DIES,
          clues.host().name()
              + " sends keepalives, and its latest handshake is "
              + age / 60
              + " minutes old: nothing answers any more",
          null,
          null);
    }
  }

  private void room() {
    Links links = clues.latest(Links.class);
    Integer mtu = clues.end().mtu() == null && links != null ? tunnelMtu(links) : clues.end().mtu();
    int line = ETHERNET;
    String route = FilterVerdicts.defaultDevice(clues.host());
    String egress = route == null && links != null ? onlyOutside(links) : route;
    if (links != null && egress != null) {
      Links.Link link = clues.host().link(egress);
      line = link == null || link.mtu() == null ? line : link.mtu();
    }
    if (mtu != null && mtu > line - WireGuard.OVERHEAD_IPV4 && line <= ETHERNET) {
      clues.add(
          Shows.MTU_WITHOUT_ROOM,
          "the tunnel's MTU on "
              + clues.host().name()
              + " is "
              + mtu
              + ", and WireGuard adds at least "
              + WireGuard.OVERHEAD_IPV4
              + " bytes to what a line of "
              + line
              + " carries",
          mtu.toString(),
          Integer.toString(line - WireGuard.OVERHEAD_IPV6));
    }
  }

  /** The MTU of the only tunnel among the devices; null when there are several or none. */
  private @Nullable Integer tunnelMtu(Links links) {
    List<Links.Link> tunnels =
        links.links().stream().filter(it -> clues.isTunnel(it.name())).toList();
    return tunnels.size() == 1 ? tunnels.get(0).mtu() : null;
  }

  /** The only device that can lead outside; null when several can. */
  private @Nullable String onlyOutside(Links links) {
    List<String> outside =
        links.links().stream()
            .map(Links.Link::name)
            .filter(
                it -> !clues.isTunnel(it) && !it.matches("lo|(?:docker|br|veth|virbr|ifb|lan).*"))
            .toList();
    return outside.size() == 1 ? outside.get(0) : null;
  }

  /** No wg was asked: of the devices shown the only tunnel is switched off. */
  private void switchedOff() {
    Links links = clues.latest(Links.class);
    List<Links.Link> tunnels =
        links == null
            ? List.of()
            : links.links().stream().filter(it -> clues.isTunnel(it.name())).toList();
    if (tunnels.size() == 1 && tunnels.get(0).up().no()) {
      clues.add(
          Shows.NO_SUCH_INTERFACE,
          tunnels.get(0).name() + " on " + clues.host().name() + " is switched off",
          null,
          null);
    }
  }

  /** Somebody asked wg for an interface by its name, and no other output shows one. */
  private void presence() {
    boolean explained =
        clues.host().all(BringUp.class).stream().anyMatch(it -> it.failure() != null);
    if (clues.host().hasNoSuchTunnel()
        && clues.host().wireGuardInterfaces().isEmpty()
        && !explained) {
      clues.add(
          Shows.NO_SUCH_INTERFACE,
          "wg on " + clues.host().name() + " was asked for an interface that is not there",
          null,
          null);
    }
    clues.host().all(BringUp.class).stream()
        .filter(it -> it.direction() == BringUp.Direction.DOWN && it.succeeded().yes())
        .filter(it -> it.failure() == null && !clues.end().present().yes())
        .findFirst()
        .ifPresent(
            it ->
                clues.add(
                    Shows.NO_SUCH_INTERFACE,
                    "wg-quick on "
                        + clues.host().name()
                        + " does not have "
                        + it.iface()
                        + " up: its service is not active",
                    null,
                    null));
  }
}
