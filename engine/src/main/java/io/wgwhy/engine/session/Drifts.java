package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.ConfigDrift;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.TakenPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Where an end runs otherwise than its file says, as far as wg setconf would have made it so. */
final class Drifts {
  private final Scene scene;
  private final Role role;
  private final PeerView view;
  private final String host;
  private final String iface;
  private final List<ConfigDrift> found = new ArrayList<>();

  private Drifts(Scene scene, Role role, PeerView view, String iface) {
    this.scene = scene;
    this.role = role;
    this.view = view;
    this.host = view.host().name();
    this.iface = iface;
  }

  static List<ConfigDrift> of(Scene scene, Role role) {
    PeerView view = role == Role.INITIATOR ? scene.pair().initiator() : scene.pair().responder();
    String iface = view == null ? null : view.end().iface();
    WgConfig config = iface == null || view == null ? null : view.host().config(iface);
    if (view == null || iface == null || config == null || !config.problems().isEmpty()) {
      return List.of();
    }
    Drifts drifts = new Drifts(scene, role, view, iface);
    drifts.compare(config);
    return drifts.found;
  }

  private void compare(WgConfig config) {
    WgInterface live = view.host().wgInterface(iface);
    if (live != null && config.listenPort() != null && live.listenPort() != null) {
      add("ListenPort", config.listenPort(), live.listenPort());
    }
    WgConfig.Peer meant = view.configured();
    WgPeer peer = view.peer();
    if (meant == null) {
      return;
    }
    if (peer == null) {
      missing(meant);
      return;
    }
    if (peer.keepalive() != null) {
      add(
          "PersistentKeepalive",
          Objects.requireNonNullElse(meant.keepalive(), 0),
          peer.keepalive());
    }
    Answer present = meant.presharedKey().present();
    Answer running = peer.presharedKey().present();
    if (!present.unknown() && !running.unknown()) {
      add("PresharedKey", present.yes() ? "set" : "none", running.yes() ? "set" : "none");
    }
    prefixes(config, meant, peer);
  }

  /** The file has a peer that wg does not show. Its own key it leaves out without a word. */
  private void missing(WgConfig.Peer meant) {
    WgInventory inventory = view.host().latest(WgInventory.class);
    boolean shown =
        inventory != null
            && inventory.devices().stream()
                .anyMatch(
                    it ->
                        it.name().equals(iface)
                            && it.peers().stream().noneMatch(key -> key.startsWith("#")));
    if (shown && meant.publicKey() != null && !meant.publicKey().equals(view.end().publicKey())) {
      add("PublicKey", meant.publicKey(), "no such peer");
    }
  }

  private void prefixes(WgConfig config, WgConfig.Peer meant, WgPeer peer) {
    if (peer.allowedIps() == null || meant.allowedIps().isEmpty()) {
      return;
    }
    TreeSet<String> wanted = new TreeSet<>();
    meant.allowedIps().stream().map(Prefixes::network).forEach(wanted::add);
    taken(view.host(), config, meant).forEach(it -> wanted.remove(it.prefix()));
    TreeSet<String> running = new TreeSet<>();
    peer.allowedIps().stream().map(Prefixes::network).forEach(running::add);
    add("AllowedIPs", String.join(", ", wanted), String.join(", ", running));
  }

  private void add(String keyword, Object configured, Object running) {
    if (!configured.equals(running)) {
      found.add(
          new ConfigDrift(
              scene.tunnel().id(),
              role,
              host,
              iface,
              keyword,
              configured.toString(),
              running.toString()));
    }
  }

  /** The prefixes of an end's peer that its own file gives to a later one as well. */
  static List<TakenPrefix> taken(Scene scene, Role role) {
    PeerView view = role == Role.INITIATOR ? scene.pair().initiator() : scene.pair().responder();
    End end = role == Role.INITIATOR ? scene.a() : scene.b();
    WgConfig config = view == null || end.iface() == null ? null : view.host().config(end.iface());
    return view == null || config == null || view.configured() == null
        ? List.of()
        : taken(view.host(), config, view.configured()).stream()
            .map(
                it ->
                    new TakenPrefix(
                        scene.tunnel().id(), role, view.host().name(), it.prefix(), it.by()))
            .toList();
  }

  private record Taken(String prefix, String by) {}

  private static List<Taken> taken(HostFacts host, WgConfig config, WgConfig.Peer meant) {
    List<Taken> all = new ArrayList<>();
    for (String prefix : meant.allowedIps()) {
      String network = Prefixes.network(prefix);
      String by = host.lastOwners(config).get(network);
      if (by != null && meant.publicKey() != null && !by.equals(meant.publicKey())) {
        all.add(new Taken(network, by));
      }
    }
    return all;
  }
}
