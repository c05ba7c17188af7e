package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.UdpSockets;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.KeyHolders;
import io.wgwhy.facts.tunnel.LogSays;
import io.wgwhy.facts.tunnel.PortOwner;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.SourceCheck;
import io.wgwhy.facts.tunnel.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The smaller questions: who has the port, who has the keys, is there NAT, what do logs say. */
final class OtherChecks {
  /**
   * Programs that pass the packets of a published port on into a container, and such that have
   * WireGuard inside, by how their names begin (the kernel keeps 15 letters of them).
   */
  private static final List<String> STAND_INS =
      List.of(
          "docker-proxy",
          "com.docker",
          "vpnkit",
          "rootlesskit",
          "rootlessport",
          "slirp4netns",
          "pasta",
          "passt",
          "gvproxy",
          "gluetun",
          "netbird",
          "tailscaled");

  private OtherChecks() {}

  /** Who has an end's listen port; null when nobody looked, or not at all ports. */
  static @Nullable PortOwner portOwner(Scene scene, Role role) {
    End end = role == Role.INITIATOR ? scene.a() : scene.b();
    HostFacts host = role == Role.INITIATOR ? scene.hostA() : scene.hostB();
    UdpSockets sockets = host.latest(UdpSockets.class);
    WgConfig config = end.iface() == null ? null : host.config(end.iface());
    Integer port =
        config != null && config.listenPort() != null ? config.listenPort() : end.listenPort();
    if (sockets == null || port == null) {
      return null;
    }
    List<UdpSockets.UdpSocket> owners =
        sockets.sockets().stream().filter(it -> it.port() == port).toList();
    if (owners.isEmpty() && sockets.complete() == Answer.NO) {
      return null;
    }
    // The kernel module's sockets have no process; its userspace kin name themselves.
    List<String> others =
        owners.stream()
            .map(UdpSockets.UdpSocket::process)
            .filter(it -> it != null && !isWireGuard(it))
            .toList();
    String foreign = others.stream().filter(it -> !mayStandFor(it)).findFirst().orElse(null);
    String other = foreign != null ? foreign : others.isEmpty() ? null : others.get(0);
    return new PortOwner(
        scene.tunnel().id(),
        role,
        port,
        Answer.of(!owners.isEmpty()),
        foreign == null && other != null ? Answer.UNKNOWN : Answer.of(foreign != null),
        other != null ? other : owners.stream().findFirst().map(it -> it.process()).orElse(null));
  }

  private static boolean isWireGuard(String process) {
    return process.contains("wireguard") || process.contains("boringtun");
  }

  /** Whether it may have the port on behalf of WireGuard, which listens in a container or in it. */
  private static boolean mayStandFor(String process) {
    return STAND_INS.stream().anyMatch(process::startsWith);
  }

  static SourceCheck sourceCheck(Scene scene, Role role) {
    HostFacts host = role == Role.INITIATOR ? scene.hostA() : scene.hostB();
    Long dropped = scene.growth(host, NetworkCounters::reversePathFiltered);
    return new SourceCheck(
        scene.tunnel().id(), role, Answer.of(dropped == null ? null : dropped > 0));
  }

  static KeyHolders keyHolders(Scene scene) {
    String own = scene.a().publicKey();
    String elsewhere = "";
    Answer inUse = Answer.UNKNOWN;
    for (HostFacts host : scene.memory().hosts()) {
      boolean another =
          !host.name().equals(scene.a().host()) && !host.name().equals(scene.b().host());
      if (own != null
          && another
          && !inUse.yes()
          && (host.all(WgInterface.class).stream().anyMatch(it -> own.equals(it.publicKey()))
              || host.all(WgConfig.class).stream().anyMatch(it -> own.equals(it.publicKey())))) {
        elsewhere = host.name();
        inUse = inUse(scene, own, host);
      }
    }
    return new KeyHolders(
        scene.tunnel().id(),
        scene.a().seen() && scene.b().seen()
            ? scene.a().presharedKey().sameAs(scene.b().presharedKey())
            : Answer.UNKNOWN,
        elsewhere,
        inUse,
        ownKeyAsPeer(scene.a()).or(ownKeyAsPeer(scene.b())),
        twoSources(scene));
  }

  /**
   * Whether another host has a session with the responder by the initiator's key, while the
   * initiator has its own. A file does not send anything; a host that was renamed, or made anew, is
   * seen under one name after the other, not under both.
   */
  private static Answer inUse(Scene scene, String key, HostFacts host) {
    PeerView initiator = scene.pair().initiator();
    Samples here = initiator == null ? null : Samples.of(initiator.samples());
    WgPeer peer =
        host.all(WgInterface.class).stream()
            .filter(it -> key.equals(it.publicKey()))
            .flatMap(it -> host.peers(it.name()).stream())
            .filter(it -> Objects.equals(it.publicKey(), scene.a().peerKey()))
            .findFirst()
            .orElse(null);
    if (peer == null || host.isGone(scene.clock())) {
      return Answer.NO;
    }
    if (here == null || peer.handshakeAge() == null) {
      return peer.latestHandshake() != null && peer.latestHandshake() == 0
          ? Answer.NO
          : Answer.UNKNOWN;
    }
    boolean session =
        peer.handshakeAge() >= 0 && peer.handshakeAge() * 1000 <= WireGuard.REJECT_AFTER_TIME;
    boolean together =
        host.history(peer).get(0).at() < here.last().at() && here.first().at() < peer.at();
    return Answer.of(session && together);
  }

  private static Answer ownKeyAsPeer(End end) {
    return end.publicKey() == null || end.peerKey() == null || !end.seen()
        ? Answer.UNKNOWN
        : Answer.of(end.publicKey().equals(end.peerKey()));
  }

  /**
   * Data of one peer from two addresses in one capture window, while no other peer is there to have
   * sent it.
   */
  private static Answer twoSources(Scene scene) {
    List<Capture> captures =
        scene.captures(scene.hostB(), Direction.IN).stream().filter(it -> !it.data().no()).toList();
    if (captures.isEmpty()) {
      return Answer.UNKNOWN;
    }
    TreeSet<String> others = new TreeSet<>();
    scene.hostB().all(WgPeer.class).stream()
        .filter(it -> !Objects.equals(it.publicKey(), scene.b().peerKey()))
        .filter(it -> it.endpoint() != null)
        .forEach(it -> others.add(it.endpoint().toString()));
    int windows = 0;
    for (Capture capture : captures) {
      long sources =
          capture.flows().stream()
              .filter(it -> it.type() == MessageType.DATA)
              .filter(it -> it.direction() != Direction.OUT)
              .filter(it -> Objects.equals(it.destinationPort(), scene.listenPort()))
              .map(it -> it.source() + ":" + it.sourcePort())
              .filter(it -> !others.contains(it))
              .distinct()
              .count();
      windows += sources > 1 ? 1 : 0;
    }
    // One window may hold both addresses of a peer that moved.
    return Answer.of(windows > 1);
  }

  static Translation translation(Scene scene) {
    String seen = scene.b().endpoint() == null ? null : scene.b().endpoint().address();
    Answer behindNat =
        seen == null || scene.a().hostAddresses().isEmpty()
            ? Answer.UNKNOWN
            : Answer.of(
                scene.a().hostAddresses().stream().noneMatch(it -> Prefixes.same(it, seen)));
    Integer keepalive = scene.a().seen() ? scene.a().keepalive() : null;
    return new Translation(
        scene.tunnel().id(), behindNat, Answer.of(keepalive == null ? null : keepalive > 0));
  }

  static List<LogSays> logs(Scene scene) {
    List<LogSays> said = new ArrayList<>();
    add(said, scene, Role.INITIATOR, scene.hostA(), scene.a().peerKey());
    add(said, scene, Role.RESPONDER, scene.hostB(), scene.b().peerKey());
    return said;
  }

  private static void add(
      List<LogSays> said, Scene scene, Role role, HostFacts host, @Nullable String peerKey) {
    WgLog log = host.latest(WgLog.class);
    if (log == null) {
      return;
    }
    for (WgLog.Meaning meaning : WgLog.Meaning.values()) {
      int count = 0;
      for (WgLog.Entry entry : log.entries()) {
        boolean ours =
            entry.meaning() == meaning
                && (entry.peer() == null || peerKey == null || peerKey.startsWith(entry.peer()))
                && (entry.lastAt() == null || entry.lastAt() >= scene.since() - 1000);
        count += ours ? entry.count() : 0;
      }
      if (count > 0) {
        said.add(new LogSays(scene.tunnel().id(), role, meaning, count));
      }
    }
  }
}
