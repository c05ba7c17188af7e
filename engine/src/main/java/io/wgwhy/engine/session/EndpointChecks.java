package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Neighbours;
import io.wgwhy.facts.tunnel.EndpointCheck;
import io.wgwhy.facts.tunnel.HandshakePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares where the initiator sends to with where the responder is. */
final class EndpointChecks {
  private EndpointChecks() {}

  static EndpointCheck of(Scene scene, HandshakePath path) {
    Endpoint endpoint = scene.endpoint();
    String address = endpoint == null ? null : endpoint.address();
    Endpoint configured = scene.a().configuredEndpoint();
    List<String> responders = responders(scene, address);
    long mark = scene.a().fwmark() == null ? 0 : scene.a().fwmark();
    String device =
        mark == 0
            ? Routing.device(scene.hostA(), address)
            : Routing.device(scene.hostA(), address, mark);
    return new EndpointCheck(
        scene.tunnel().id(),
        address,
        endpoint == null ? null : endpoint.port(),
        configured == null ? Answer.UNKNOWN : Answer.of(!Prefixes.isAddress(configured.address())),
        addressIsResponders(scene, address, responders, path),
        responderAddress(scene, responders),
        endpoint == null
                || endpoint.port() == 0
                || scene.b().listenPort() == null
                || !scene.b().present().yes()
            ? Answer.UNKNOWN
            : Answer.of(endpoint.port() == scene.b().listenPort()),
        scene.b().listenPort(),
        Prefixes.isPrivateUse(address),
        onLink(scene.hostA(), address, scene.a().iface()),
        neighbourFailed(scene.hostA(), address),
        device == null ? Answer.UNKNOWN : Answer.of(device.equals(scene.a().iface())),
        device);
  }

  private static boolean isLinkLocal(String address) {
    return address.startsWith("fe80:") || address.startsWith("169.254.");
  }

  /**
   * The responder's addresses of the endpoint's family: a public one of IPv6 does not tell under
   * which of IPv4 a router stands for it.
   */
  private static List<String> responders(Scene scene, @Nullable String address) {
    return scene.b().hostAddresses().stream()
        .filter(it -> !isLinkLocal(it))
        .filter(
            it -> !Prefixes.isAddress(address) || Prefixes.isIpv4(it) == Prefixes.isIpv4(address))
        .toList();
  }

  /**
   * YES when the responder has the address or packets for this tunnel reached it; NO when it has
   * public addresses of that family of its own and this is none of them (one behind NAT only has
   * private ones: then nobody can tell). What a router still brings for a neighbour's address,
   * perhaps one that was the responder's until a moment ago, did not reach it.
   */
  private static Answer addressIsResponders(
      Scene scene, @Nullable String address, List<String> responders, HandshakePath path) {
    if (address == null || !scene.b().seen()) {
      return Answer.UNKNOWN;
    }
    boolean arrived = path.arrived().passed().yes() || path.arrivedElsewhere().passed().yes();
    boolean hasPublic = responders.stream().anyMatch(it -> Prefixes.isPrivateUse(it).no());
    boolean neighbours = hasPublic && onLink(scene.hostB(), address, scene.b().iface()).yes();
    if (path.accepted().passed().yes()
        || responders.stream().anyMatch(it -> Prefixes.same(it, address))
        || (arrived && !neighbours)) {
      return Answer.YES;
    }
    if (!Prefixes.isAddress(address)) {
      return Answer.UNKNOWN;
    }
    return hasPublic ? Answer.NO : Answer.UNKNOWN;
  }

  /** Its public address if it has one; else the one under which others reach it is not known. */
  private static @Nullable String responderAddress(Scene scene, List<String> addresses) {
    return addresses.stream()
        .filter(it -> Prefixes.isPrivateUse(it).no())
        .findFirst()
        .orElse(scene.b().seen() && addresses.size() == 1 ? addresses.get(0) : null);
  }

  /** Whether a network of one of the host's own links holds the address. */
  static Answer onLink(HostFacts host, @Nullable String address, @Nullable String tunnel) {
    List<String> networks =
        host.addresses().stream()
            .filter(it -> !it.device().equals("lo") && !it.device().equals(tunnel))
            .map(Addresses.AddressOn::cidr)
            .toList();
    return networks.isEmpty() ? Answer.UNKNOWN : Prefixes.anyHolds(networks, address);
  }

  private static Answer neighbourFailed(HostFacts host, @Nullable String address) {
    Neighbours neighbours = host.latest(Neighbours.class);
    if (neighbours == null || address == null) {
      return Answer.UNKNOWN;
    }
    return neighbours.neighbours().stream()
        .filter(it -> Prefixes.same(it.address(), address))
        .findFirst()
        .map(it -> Answer.of(it.failed()))
        .orElse(Answer.UNKNOWN);
  }
}
