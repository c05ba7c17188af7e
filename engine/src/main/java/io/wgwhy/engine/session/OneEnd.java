package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.End;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all views of one interface share: a gateway has ten thousand.
 *
 * @param addresses the interface's own, with prefix lengths
 * @param hostAddresses the host's others
 * @param mtu null when unknown
 * @param fwmark null when unknown
 */
record OneEnd(
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
        present(host, iface),
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
                : configured == null ? null : Objects.requireNonNullElse(configured.keepalive(), 0),
            peer != null && !peer.presharedKey().present().unknown()
                ? strongest(peer, configured)
                : configured != null ? configured.presharedKey() : PresharedKey.UNKNOWN,
            addresses,
            hostAddresses,
            mtu,
            fwmark);
    return PeerView.of(host, end, kept, configured, config != null, peers);
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
}
