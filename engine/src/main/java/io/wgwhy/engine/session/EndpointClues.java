package io.wgwhy.engine.session;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.PublicAddress;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the endpoint of an end, and the line that it hangs on, show by themselves. */
final class EndpointClues {
  /** Names of lines whose addresses change, and of what waits for a tunnel behind them. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "(?i)(?:^|[.-])(?:home|vpn\\d*|wg\\d*|wireguard|dyn\\w*|ddns\\w*|duckdns|no-ip|noip|hopto|zapto"
              + "|myfritz|selfhost|spdyn|dnsalias|dynu|freedns|mooo|synology|myqnapcloud|endpoint\\d*"
              + "|sn\\.mynetname)(?:[.-]|$)");

  private final Clues clues;

  EndpointClues(Clues clues) {
    this.clues = clues;
  }

  void address() {
    Endpoint endpoint = clues.end().endpoint();
    Trend trend = clues.scene().initiatorTrend();
    boolean works = trend != null && trend.condition() == Trend.Condition.HEARS;
    if (endpoint == null || works) {
      return;
    }
    boolean own =
        clues.end().hostAddresses().stream().anyMatch(it -> Prefixes.same(it, endpoint.address()));
    boolean configured = clues.end().configuredEndpoint() != null || !clues.serves();
    if (own && configured && isServers(endpoint)) {
      clues.add(
          Shows.OWN_ADDRESS_AT_SERVER,
          clues.host().name()
              + " has its own address and port, "
              + endpoint
              + ", as the endpoint of a peer: that line belongs into the peer's file",
          endpoint.toString(),
          null);
    } else if (own && configured) {
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

  /** The other end asked outside which address it has, and it is none that this end sends to. */
  void outside() {
    Endpoint endpoint = clues.end().endpoint();
    HostFacts other = clues.scene().memory().host(clues.otherEnd().host());
    if (clues.serves()
        || endpoint == null
        || !Prefixes.isAddress(endpoint.address())
        || Prefixes.isPrivateUse(endpoint.address()).yes()
        || leavesByTunnel(other)
        || clues.otherEnd().hostAddresses().stream()
            .anyMatch(it -> Prefixes.same(it, endpoint.address()))) {
      return;
    }
    boolean ipv4 = Prefixes.isIpv4(endpoint.address());
    List<String> seen =
        other.all(PublicAddress.class).stream()
            .map(PublicAddress::address)
            .filter(it -> Prefixes.isIpv4(it) == ipv4 && Prefixes.isPrivateUse(it).no())
            .toList();
    if (!seen.isEmpty() && seen.stream().noneMatch(it -> Prefixes.same(it, endpoint.address()))) {
      clues.add(
          Shows.PUBLIC_ADDRESS_DIFFERS,
          Symptom.Kind.NO_HANDSHAKE,
          clues.host().name()
              + " sends to "
              + endpoint.address()
              + ", and "
              + clues.otherEnd().name()
              + " has "
              + seen.get(0)
              + " outside",
          endpoint.address(),
          seen.get(0));
    }
  }

  /** What asks through somebody's full tunnel is told that one's address. */
  private static boolean leavesByTunnel(HostFacts host) {
    return host.all(WgPeer.class).stream()
        .map(WgPeer::allowedIps)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .anyMatch(it -> Prefixes.length(it) <= 1);
  }

  /** Both ends were shown, and neither knows where the other is. */
  void nowhere() {
    boolean heard =
        Stream.of(clues.scene().initiatorTrend(), clues.scene().responderTrend())
            .anyMatch(it -> it != null && !it.handshake().no());
    if (!clues.serves()
        && !heard
        && clues.end().hasEndpoint().no()
        && clues.otherEnd().hasEndpoint().no()) {
      clues.add(
          Shows.NO_ENDPOINT,
          "neither "
              + clues.host().name()
              + " nor "
              + clues.otherEnd().name()
              + " has an endpoint for the other: nobody can begin",
          null,
          null);
    }
  }

  /**
   * Whether what a configuration has at a peer are this end's own port and one host's addresses.
   */
  private boolean isServers(Endpoint endpoint) {
    List<String> allowed = clues.end().allowedIps();
    return clues.end().configuredEndpoint() != null
        && Integer.valueOf(endpoint.port()).equals(clues.end().listenPort())
        && allowed != null
        && !allowed.isEmpty()
        && allowed.stream().allMatch(Prefixes::isOneAddress);
  }

  /**
   * A name that somebody looked up beside a tunnel that went silent, by its looks that of a line
   * with changing addresses: the endpoint may have had it once.
   */
  void name() {
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
  void carrier() {
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
}
