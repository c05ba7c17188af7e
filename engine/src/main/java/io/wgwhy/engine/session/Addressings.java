package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.Addressing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks up the initiator's tunnel address in the responder's AllowedIPs and routes. */
final class Addressings {
  private Addressings() {}

  /**
   * @param family which of the initiator's addresses is asked about
   */
  static Addressing of(Scene scene, String family) {
    String address = address(scene, family);
    HostFacts responder = scene.hostB();
    int own = Prefixes.longestMatch(scene.b().allowedIps(), address);
    WgPeer other = longerMatch(scene, address, own);
    String wayBack = address == null ? null : Routing.device(responder, address);
    Sysctls sysctls = responder.latest(Sysctls.class);
    Long filter =
        // The kernel has none for IPv6; rules of a filter may do the same.
        sysctls == null || scene.b().iface() == null || Inside.isIpv6(family)
            ? null
            : sysctls.reversePathFilter(scene.b().iface());
    Long dropped =
        Inside.isIpv6(family)
            ? null
            : scene.growth(responder, NetworkCounters::reversePathFiltered);
    String wayToPeer = wayToPeer(scene, family);
    return new Addressing(
        scene.tunnel().id(),
        address,
        allowed(scene, address, own, other),
        scene.b().allowedIps() == null
            ? Answer.UNKNOWN
            : Answer.of(scene.b().allowedIps().isEmpty()),
        other == null ? null : Objects.requireNonNullElse(other.publicKey(), "#" + other.ordinal()),
        configured(scene, address),
        wayBack,
        wayBack == null ? Answer.UNKNOWN : Answer.of(wayBack.equals(scene.b().iface())),
        Answer.of(filter == null ? null : filter == 1),
        Answer.of(dropped == null ? null : dropped > 0),
        Inside.isIpv6(family) ? null : sameNetworkElsewhere(scene),
        wayToPeer == null ? Answer.UNKNOWN : Answer.of(wayToPeer.equals(scene.a().iface())));
  }

  /** Its own; while nobody sees it, what the responder has, or should have, for it. */
  private static @Nullable String address(Scene scene, String family) {
    PeerView responder = scene.pair().responder();
    List<String> known = scene.innerAddresses();
    if (known.isEmpty()
        && !scene.a().seen()
        && responder != null
        && responder.configured() != null) {
      known = Prefixes.single(responder.configured().allowedIps());
    }
    return Inside.address(known, family);
  }

  private static Answer allowed(
      Scene scene, @Nullable String address, int own, @Nullable WgPeer other) {
    // What address an initiator really has that nobody sees is not known.
    if (address == null || scene.b().allowedIps() == null || !scene.a().seen()) {
      return Answer.UNKNOWN;
    }
    return Answer.of(own >= 0 && other == null);
  }

  /** The kernel gives a packet to the peer with the longest match (allowedips.c). */
  private static @Nullable WgPeer longerMatch(Scene scene, @Nullable String address, int own) {
    WgPeer best = null;
    int longest = own;
    String iface = scene.b().iface();
    // A prefix that holds one address only: none is longer, whatever others have.
    if (address == null || iface == null || own >= (Prefixes.isIpv4(address) ? 32 : 128)) {
      return null;
    }
    for (WgPeer peer : scene.hostB().peers(iface)) {
      int match = Prefixes.longestMatch(peer.allowedIps(), address);
      boolean another = !Objects.equals(peer.publicKey(), scene.b().peerKey());
      if (another && match > longest) {
        best = peer;
        longest = match;
      }
    }
    return best;
  }

  private static Answer configured(Scene scene, @Nullable String address) {
    PeerView view = scene.pair().responder();
    if (view == null || view.configured() == null) {
      return Answer.UNKNOWN;
    }
    WgConfig.Peer section = view.configured();
    return Prefixes.anyHolds(section.allowedIps(), address);
  }

  /** A device of the initiator whose network holds, or is held by, the tunnel's. */
  private static @Nullable String sameNetworkElsewhere(Scene scene) {
    List<String> networks =
        scene.a().tunnelAddresses().stream().filter(it -> Prefixes.length(it) < 32).toList();
    for (Addresses.AddressOn other : scene.hostA().addresses()) {
      boolean elsewhere = !other.device().equals(scene.a().iface()) && !other.device().equals("lo");
      if (elsewhere
          && Prefixes.isIpv4(other.address())
          && networks.stream().anyMatch(it -> Prefixes.overlap(it, other.cidr()))) {
        return other.device();
      }
    }
    return null;
  }

  private static @Nullable String wayToPeer(Scene scene, String family) {
    return scene.b().tunnelAddresses().stream()
        .map(Prefixes::withoutLength)
        .filter(it -> Inside.isOf(family, it))
        // Only what the AllowedIPs hold should go into the tunnel.
        .filter(it -> Prefixes.anyHolds(scene.a().allowedIps(), it).yes())
        .findFirst()
        .map(it -> Routing.device(scene.hostA(), it))
        .orElseGet(() -> wayToNeighbour(scene, family));
  }

  /** From one end only: another address of the own tunnel network that somebody asked for. */
  private static @Nullable String wayToNeighbour(Scene scene, String family) {
    Probes probes = new Probes(scene);
    return scene.b().seen()
        ? null
        : scene.hostA().all(Probe.class).stream()
            .map(Probe::target)
            .filter(it -> it != null && Inside.isOf(family, it) && probes.isPeerAddress(it))
            .findFirst()
            .map(it -> Routing.device(scene.hostA(), it))
            .orElse(null);
  }
}
