package io.wgwhy.cli.bench.beside;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Gateways and the clients of their tunnels, of which every fifth is watched, too. */
final class Fleet {
  /** One client in so many has an exporter, and a collector, of its own. */
  private static final int WATCHED = 5;

  /** Of 100 tunnels so many are idle: phones in pockets, laptops that are closed. */
  private static final int IDLE = 40;

  final List<Gateway> gateways = new ArrayList<>();

  /** All that are watched. */
  final List<Station> stations = new ArrayList<>();

  /** A gateway and its tunnels. */
  static final class Gateway {
    final Station station;
    final List<Peer> peers;
    final List<Station> clients = new ArrayList<>();

    private Gateway(Station station, List<Peer> peers) {
      this.station = station;
      this.peers = peers;
    }

    private void all(Peer.Fault fault) {
      peers.forEach(it -> it.fault = fault);
    }

    /** {@code ip link set wg0 down}; the host lives. */
    void interfaceDown() {
      station.up = false;
      all(Peer.Fault.GATEWAY);
    }

    /** Its power fails. */
    void die() {
      station.alive = false;
      all(Peer.Fault.GATEWAY);
    }

    /** Nothing gets through between it and one client that is watched, and talks. */
    Peer cutOne() {
      Peer cut = peers.stream().filter(it -> isWatched(it.ordinal) && !it.idle).findFirst().get();
      cut.fault = Peer.Fault.PATH;
      return cut;
    }
  }

  Fleet(int gateways, int tunnels, long now) {
    Random random = new Random(1);
    for (int g = 0; g < gateways; g++) {
      List<Peer> peers = new ArrayList<>();
      for (int t = 0; t < tunnels; t++) {
        peers.add(new Peer(key(g, t), t, random.nextInt(100) < IDLE, now, random));
      }
      String name = "gw-" + g;
      var gateway = new Gateway(Station.gateway(name, network(g), key(g, -1), peers), peers);
      stations.add(gateway.station);
      for (Peer peer : peers) {
        if (isWatched(peer.ordinal)) {
          String client = "client-" + g + "-" + peer.ordinal;
          gateway.clients.add(Station.client(client, network(g), key(g, -1), peer));
        }
      }
      stations.addAll(gateway.clients);
      this.gateways.add(gateway);
    }
  }

  int tunnels() {
    return gateways.stream().mapToInt(it -> it.peers.size()).sum();
  }

  long idle() {
    return gateways.stream().flatMap(it -> it.peers.stream()).filter(it -> it.idle).count();
  }

  /** A second passes. */
  void live(long now) {
    gateways.forEach(gateway -> gateway.peers.forEach(it -> it.live(now)));
  }

  private static boolean isWatched(int ordinal) {
    return ordinal % WATCHED == 0;
  }

  private static String network(int gateway) {
    return "network-" + gateway;
  }

  /** Looks like a key, and is unique. */
  private static String key(int gateway, int tunnel) {
    String name = "%-32s".formatted("gateway " + gateway + " peer " + tunnel);
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
  }
}
