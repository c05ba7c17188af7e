package io.wgwhy.engine.session;

import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
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

  /**
   * @param peers how many peers the interface has
   */
  static PeerView of(
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

  /** Of the interface; empty where none was seen. */
  String name() {
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
