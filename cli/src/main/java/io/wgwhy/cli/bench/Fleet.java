package io.wgwhy.cli.bench;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Hosts as they are: gateways with many peers, of which most are well. Every gateway and each fifth
 * client is sampled every 5 s; each sample is what {@code wg show all dump} says.
 */
final class Fleet {
  private static final long INTERVAL = 5_000;

  /** One client in so many has a collector of its own. */
  private static final int OBSERVED = 5;

  /** Of 100 tunnels: 60 carry data, 39 are idle, one breaks and recovers. */
  private static final int BUSY = 60;

  private static final int BROKEN = 99;

  /** Broken for two minutes in every ten, each at a time of its own. */
  private static final long OUTAGE = 120;

  private static final long OUTAGE_EVERY = 600;

  private static final PresharedKey NO_PSK = PresharedKey.ABSENT;

  private final int networks;
  private final int tunnels;
  private final Random random = new Random(1);
  private final long[] rx;
  private final long[] tx;
  private final long[] handshake;
  private long at;

  Fleet(int networks, int tunnels, long from) {
    this.networks = networks;
    this.tunnels = tunnels;
    this.at = from;
    this.rx = new long[networks * tunnels];
    this.tx = new long[networks * tunnels];
    this.handshake = new long[networks * tunnels];
    Arrays.setAll(rx, i -> random.nextInt(1 << 30));
    Arrays.setAll(tx, i -> random.nextInt(1 << 30));
    Arrays.setAll(handshake, i -> from / 1000 - random.nextInt(120));
  }

  /** One sample of everything: network and moment by moment. Returns the number of facts. */
  long sample(BiConsumer<String, List<Fact>> moments) {
    at += INTERVAL;
    long facts = 0;
    for (int network = 0; network < networks; network++) {
      for (int tunnel = 0; tunnel < tunnels; tunnel++) {
        live(network * tunnels + tunnel, tunnel);
      }
      facts += hand(moments, network, gateway(network));
      for (int client = 0; client < tunnels; client += OBSERVED) {
        // Hosts do not look at the same millisecond.
        facts += hand(moments, network, client(network, client, at + 1 + client));
      }
    }
    return facts;
  }

  private static long hand(BiConsumer<String, List<Fact>> moments, int network, List<Fact> moment) {
    moments.accept("network-" + network, moment);
    return moment.size();
  }

  private void live(int id, int tunnel) {
    long second = at / 1000;
    boolean out = tunnel % 100 == BROKEN && (second + id * 7L) % OUTAGE_EVERY < OUTAGE;
    if (out) {
      // The gateway sends data, then initiations; nothing comes back.
      tx[id] += 148 + (random.nextInt(4) == 0 ? 1_200 : 0);
    } else if (tunnel % 100 < BUSY || tunnel % 100 == BROKEN) {
      rx[id] += 100 + random.nextInt(100_000);
      tx[id] += 100 + random.nextInt(1_000_000);
      if (second - handshake[id] >= 120) {
        handshake[id] = second - random.nextInt(5);
      }
    }
  }

  private List<Fact> gateway(int network) {
    String host = "gw-" + network;
    List<Fact> moment = new ArrayList<>(tunnels + 2);
    List<String> keys = new ArrayList<>(tunnels);
    for (int tunnel = 0; tunnel < tunnels; tunnel++) {
      keys.add(key(network, tunnel));
    }
    moment.add(new WgInventory(host, at, List.of(new WgInventory.Device("wg0", keys))));
    moment.add(new WgInterface(host, at, "wg0", key(network, -1), 51820, 0));
    for (int tunnel = 0; tunnel < tunnels; tunnel++) {
      int id = network * tunnels + tunnel;
      moment.add(peer(host, at, keys.get(tunnel), tunnel, endpoint(tunnel), id, rx[id], tx[id], 0));
    }
    return moment;
  }

  private List<Fact> client(int network, int tunnel, long when) {
    String host = "client-" + network + "-" + tunnel;
    String own = key(network, tunnel);
    String peer = key(network, -1);
    int id = network * tunnels + tunnel;
    return List.of(
        new WgInventory(host, when, List.of(new WgInventory.Device("wg0", List.of(peer)))),
        new WgInterface(host, when, "wg0", own, 40_000 + tunnel, 0),
        peer(host, when, peer, 0, new Endpoint("203.0.113.1", 51820), id, tx[id], rx[id], 25));
  }

  private WgPeer peer(
      String host,
      long when,
      String key,
      int ordinal,
      Endpoint endpoint,
      int id,
      long received,
      long sent,
      int keepalive) {
    List<String> allowed =
        keepalive > 0 ? List.of("10.0.0.0/16") : List.of("10.0." + ordinal % 250 + ".2/32");
    return new WgPeer(
        host,
        when,
        "wg0",
        key,
        ordinal,
        NO_PSK,
        endpoint,
        Answer.YES,
        allowed,
        handshake[id],
        when / 1000 - handshake[id],
        received,
        sent,
        keepalive);
  }

  private static Endpoint endpoint(int tunnel) {
    return new Endpoint("198.51.100." + (1 + tunnel % 250), 40_000 + tunnel);
  }

  /** Looks like a key, and is unique. */
  private static String key(int network, int tunnel) {
    String name = "%-32s".formatted("net " + network + " peer " + tunnel);
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
  }
}
