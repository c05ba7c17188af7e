package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the way in which an end is set up shows by itself. */
final class SetUpClues {
  /** The largest frame of an Ethernet line, and so of nearly every path. */
  private static final int ETHERNET = 1500;

  /** Names of lines whose addresses change, and of what waits for a tunnel behind them. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "(?i)(?:^|[.-])(?:home|vpn\\d*|wg\\d*|wireguard|dyn\\w*|ddns\\w*|duckdns|no-ip|noip|hopto|zapto"
              + "|myfritz|selfhost|spdyn|dnsalias|dynu|freedns|mooo|synology|myqnapcloud|endpoint\\d*"
              + "|sn\\.mynetname)(?:[.-]|$)");

  private final Clues clues;

  SetUpClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    prefixes();
    source();
    endpoint();
    room();
    keys();
    carrier();
    clock();
    keepalives();
    name();
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

  private void endpoint() {
    Endpoint endpoint = clues.end().endpoint();
    Trend trend = clues.scene().initiatorTrend();
    boolean works = trend != null && trend.condition() == Trend.Condition.HEARS;
    if (endpoint == null || works) {
      return;
    }
    boolean own =
        clues.end().hostAddresses().stream().anyMatch(it -> Prefixes.same(it, endpoint.address()));
    boolean configured = clues.end().configuredEndpoint() != null || !clues.serves();
    if (own && configured) {
      clues.add(
          Shows.OWN_ADDRESS_AS_ENDPOINT,
          clues.host().name() + " has its own address " + endpoint.address() + " as the endpoint",
          endpoint.address(),
          null);
    }
    boolean near =
        clues.host().addresses().stream()
            .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), endpoint.address())));
    boolean told = clues.end().configuredEndpoint() != null;
    if (told && !own && !near && Prefixes.isPrivateUse(endpoint.address()).yes()) {
      clues.add(
          Shows.PRIVATE_ENDPOINT,
          "the endpoint "
              + endpoint.address()
              + " on "
              + clues.host().name()
              + " is a private address: from outside of that network nothing leads to it",
          endpoint.address(),
          null);
    }
    Integer listens = clues.otherEnd().listenPort();
    if (told
        && endpoint.port() != 0
        && listens != null
        && clues.otherEnd().seen()
        && listens != endpoint.port()) {
      clues.add(
          Shows.ENDPOINT_PORT_DIFFERS,
          "the endpoint on "
              + clues.host().name()
              + " says port "
              + endpoint.port()
              + ", "
              + clues.otherEnd().name()
              + " listens on "
              + listens,
          Integer.toString(endpoint.port()),
          listens.toString());
    }
  }

  /**
   * A name that somebody looked up beside a tunnel that went silent, by its looks that of a line
   * with changing addresses: the endpoint may have had it once.
   */
  private void name() {
    Endpoint endpoint = clues.end().endpoint();
    Trend trend = clues.scene().initiatorTrend();
    boolean silent =
        trend != null
            && trend.condition() != Trend.Condition.HEARS
            && (trend.handshakeAge() == null
                || trend.handshakeAge() * 1000 > WireGuard.REJECT_AFTER_TIME);
    List<NameLookup> lookups = clues.host().all(NameLookup.class);
    if (clues.serves() || endpoint == null || !silent || lookups.size() != 1) {
      return;
    }
    NameLookup lookup = lookups.get(0);
    List<String> alike =
        lookup.addresses().stream()
            .filter(it -> Prefixes.isAddress(endpoint.address()))
            .filter(it -> Prefixes.isIpv4(it) == Prefixes.isIpv4(endpoint.address()))
            .toList();
    if (CHANGING.matcher(lookup.name()).find()
        && !alike.isEmpty()
        && alike.stream().noneMatch(it -> Prefixes.same(it, endpoint.address()))) {
      clues.add(
          Shows.NAME_ELSEWHERE,
          lookup.name()
              + " is "
              + alike.get(0)
              + " now, and the endpoint on "
              + clues.host().name()
              + ", which answers no more, is "
              + endpoint.address(),
          endpoint.address(),
          alike.get(0));
    }
  }

  /**
   * Addresses of the other end's side of a carrier's NAT (RFC 6598); other overlays use them, too.
   */
  private void carrier() {
    Trend trend = clues.scene().responderTrend();
    boolean heard = trend != null && trend.handshake().yes();
    boolean begins = clues.end().endpoint() != null;
    if (!clues.serves() || heard || begins || !clues.end().present().yes()) {
      return;
    }
    clues.host().addresses().stream()
        .filter(it -> Boolean.TRUE.equals(Prefixes.holds("100.64.0.0/10", it.address())))
        .filter(
            it ->
                !clues.isTunnel(it.device()) && !it.device().matches("(?:tailscale|ts|zt|wt|nb).*"))
        .findFirst()
        .ifPresent(
            it ->
                clues.add(
                    Shows.BEHIND_CARRIER_NAT,
                    Symptom.Kind.NO_HANDSHAKE,
                    clues.host().name()
                        + " has the address "
                        + it.address()
                        + " on "
                        + it.device()
                        + ": its provider translates addresses (CGNAT), nobody can begin from"
                        + " outside",
                    it.address(),
                    null));
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

  private void keys() {
    String own = clues.end().publicKey();
    if (own != null && own.equals(clues.end().peerKey())) {
      clues.add(
          Shows.OWN_KEY, clues.host().name() + " has its own public key as its peer's", own, null);
    }
    twins(own);
    // What runs may be another than the file; where a handshake succeeded, the keys are right.
    boolean never =
        neverSucceeded(clues.scene().initiatorTrend())
            && neverSucceeded(clues.scene().responderTrend());
    boolean configured = !clues.host().all(WgConfig.class).isEmpty() && never;
    if (configured
        && clues.end().presharedKey().present().yes()
        && clues.otherEnd().presharedKey().present().no()) {
      clues.add(
          Shows.WRONG_PRESHARED_KEY,
          Symptom.Kind.NO_HANDSHAKE,
          clues.host().name()
              + "'s configuration has a preshared key, and that of "
              + clues.otherEnd().name()
              + " has none",
          null,
          null);
    }
    Trend trend = clues.serves() ? clues.scene().responderTrend() : clues.scene().initiatorTrend();
    boolean backward =
        clues.host().peers(Objects.requireNonNullElse(clues.end().iface(), "")).stream()
            .anyMatch(
                it ->
                    it.handshakeAge() != null
                        && it.handshakeAge() < 0
                        && it.latestHandshake() == null);
    if (backward || (trend != null && trend.handshakeInFuture().yes())) {
      clues.add(
          Shows.CLOCK_BACKWARD,
          "the latest handshake lies in the future by "
              + clues.host().name()
              + "'s own clock: it was set back",
          null,
          null);
    }
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

  /**
   * Another host runs with the same key, by another port: each takes the session from the other.
   */
  private void twins(@Nullable String own) {
    if (own == null || clues.serves() || !clues.end().present().yes()) {
      return;
    }
    for (HostFacts host : clues.scene().memory().hosts()) {
      boolean other = !host.name().equals(clues.host().name());
      boolean twin =
          other
              && host.all(WgInterface.class).stream()
                  .filter(it -> own.equals(it.publicKey()))
                  .filter(it -> it.listenPort() != null)
                  .anyMatch(it -> !Objects.equals(it.listenPort(), clues.end().listenPort()))
              && host.all(WgPeer.class).stream()
                  .filter(it -> Objects.equals(it.publicKey(), clues.end().peerKey()))
                  .anyMatch(it -> it.latestHandshake() == null || it.latestHandshake() != 0);
      if (twin && clues.end().listenPort() != null) {
        clues.add(
            Shows.KEY_TWICE,
            Symptom.Kind.UNSTABLE,
            clues.host().name()
                + " and "
                + host.name()
                + " run with the same key: each takes the session from the other",
            own,
            null);
        return;
      }
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

  private static boolean neverSucceeded(@Nullable Trend trend) {
    return trend == null || trend.handshake().no();
  }
}
