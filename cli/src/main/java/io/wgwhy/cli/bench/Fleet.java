package io.wgwhy.cli.bench;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Hosts as they are: gateways with many peers, of which most are well. Every gateway and some of
 * the clients are sampled; each sample is what {@code wg show all dump} says. Networks belong to
 * tenants, of which few are large (Zipf).
 */
public final class Fleet {
  private static final PresharedKey NO_PSK = PresharedKey.ABSENT;

  /** Broken for two minutes in every ten, each at a time of its own. */
  private static final long OUTAGE = 120;

  private static final long OUTAGE_EVERY = 600;

  /** A client that roams is elsewhere so often, seconds. */
  private static final long ROAMS_EVERY = 300;

  private final Shape shape;
  private final Random random = new Random(1);
  private final Tenant[] tenants;
  private final long[] rx;
  private final long[] tx;
  private final long[] handshake;

  /** How often a tunnel was given to somebody else. */
  private final int[] renewed;

  private long at;

  /**
   * @param networks each with one gateway
   * @param tunnels of each network
   * @param tenants that the networks belong to
   * @param everySeconds how often each is sampled
   * @param observed of 100 clients so many have a collector of their own
   * @param idle of 100 tunnels so many carry nothing
   * @param roaming of 100 tunnels so many change their endpoint now and then
   * @param failing of 100 tunnels so many break now and then, and recover; the rest is busy
   */
  public record Shape(
      int networks,
      int tunnels,
      int tenants,
      int everySeconds,
      int observed,
      int idle,
      int roaming,
      int failing) {
    long all() {
      return (long) networks * tunnels;
    }
  }

  /** Takes what one host says at one moment. */
  interface Taker {
    void take(Tenant tenant, String network, List<Fact> moment);
  }

  Fleet(Shape shape, List<Tenant> tenants, long from) {
    this.shape = shape;
    this.at = from;
    this.tenants = zipf(tenants, shape.networks());
    int all = shape.networks() * shape.tunnels();
    this.rx = new long[all];
    this.tx = new long[all];
    this.handshake = new long[all];
    this.renewed = new int[all];
    Arrays.setAll(rx, i -> 1 + random.nextInt(1 << 30));
    Arrays.setAll(tx, i -> 1 + random.nextInt(1 << 30));
    Arrays.setAll(handshake, i -> from / 1000 - random.nextInt(120));
  }

  /** The n-th tenant has a share of 1/n, and one network at least as long as there are some. */
  private static Tenant[] zipf(List<Tenant> tenants, int networks) {
    double sum = 0;
    for (int n = 1; n <= tenants.size(); n++) {
      sum += 1.0 / n;
    }
    Tenant[] of = new Tenant[networks];
    int next = 0;
    for (int n = 1; n <= tenants.size() && next < networks; n++) {
      long share = Math.max(1, Math.round(networks / sum / n));
      for (long i = 0; i < share && next < networks; i++) {
        of[next++] = tenants.get(n - 1);
      }
    }
    Arrays.fill(of, next, networks, tenants.get(0));
    return of;
  }

  /** How many facts one sample of everything is. */
  long factsPerSample() {
    int clients = 0;
    for (int client = 0; client < shape.tunnels(); client++) {
      clients += isObserved(client) ? 1 : 0;
    }
    return (long) shape.networks() * (shape.tunnels() + 2 + 3L * clients);
  }

  /** One sample of everything: network and moment by moment. Returns the number of facts. */
  long sample(Taker taker) {
    at += shape.everySeconds() * 1000L;
    long facts = 0;
    for (int network = 0; network < shape.networks(); network++) {
      for (int tunnel = 0; tunnel < shape.tunnels(); tunnel++) {
        live(network * shape.tunnels() + tunnel);
      }
      facts += hand(taker, network, gateway(network));
      for (int client = 0; client < shape.tunnels(); client++) {
        if (isObserved(client)) {
          // Hosts do not look at the same millisecond.
          facts += hand(taker, network, client(network, client, at + 1 + client));
        }
      }
    }
    return facts;
  }

  /** Of 100 tunnels so many are taken away, and others made in their place: other keys. */
  void renew(int percent) {
    for (int id = 0; id < renewed.length; id++) {
      if (random.nextInt(100) < percent) {
        renewed[id]++;
        rx[id] = 0;
        tx[id] = 0;
        handshake[id] = at / 1000;
      }
    }
  }

  private boolean isObserved(int client) {
    return (client + 1) * shape.observed() / 100 > client * shape.observed() / 100;
  }

  private long hand(Taker taker, int network, List<Fact> moment) {
    taker.take(tenants[network], "network-" + network, moment);
    return moment.size();
  }

  /** What a tunnel is like: by its number, spread over all networks. */
  private boolean isFailing(int id) {
    return kind(id) >= 100 - shape.failing();
  }

  private boolean isRoaming(int id) {
    return kind(id) < 100 - shape.failing() && kind(id) >= 100 - shape.failing() - shape.roaming();
  }

  private boolean isIdle(int id) {
    return kind(id) < shape.idle();
  }

  private static int kind(int id) {
    return id * 37 % 100 >= 0 ? id * 37 % 100 : id * 37 % 100 + 100;
  }

  private void live(int id) {
    long second = at / 1000;
    // Of each hundred the same one fails: spread over the whole period, not at the same second.
    long phase = id / 100 * 107L + id % 100;
    boolean out = isFailing(id) && (second + phase) % OUTAGE_EVERY < OUTAGE;
    if (out) {
      // The gateway sends data, then initiations; nothing comes back.
      tx[id] += 148 + (random.nextInt(4) == 0 ? 1_200 : 0);
    } else if (!isIdle(id)) {
      rx[id] += 100 + random.nextInt(100_000);
      tx[id] += 100 + random.nextInt(1_000_000);
      if (second - handshake[id] >= 120) {
        handshake[id] = second - random.nextInt(5);
      }
    }
  }

  private List<Fact> gateway(int network) {
    String host = "gw-" + network;
    int tunnels = shape.tunnels();
    List<Fact> moment = new ArrayList<>(tunnels + 2);
    List<String> keys = new ArrayList<>(tunnels);
    for (int tunnel = 0; tunnel < tunnels; tunnel++) {
      keys.add(key(network, tunnel));
    }
    moment.add(new WgInventory(host, at, List.of(new WgInventory.Device("wg0", keys))));
    moment.add(new WgInterface(host, at, "wg0", key(network, -1), 51820, 0));
    for (int tunnel = 0; tunnel < tunnels; tunnel++) {
      int id = network * tunnels + tunnel;
      moment.add(
          peer(host, at, keys.get(tunnel), tunnel, endpoint(id, tunnel), id, rx[id], tx[id], 0));
    }
    return moment;
  }

  private List<Fact> client(int network, int tunnel, long when) {
    String host = "client-" + network + "-" + tunnel;
    String own = key(network, tunnel);
    String peer = key(network, -1);
    int id = network * shape.tunnels() + tunnel;
    return List.of(
        new WgInventory(host, when, List.of(new WgInventory.Device("wg0", List.of(peer)))),
        new WgInterface(host, when, "wg0", own, 20_000 + tunnel % 40_000, 0),
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
        keepalive > 0
            ? List.of("10.0.0.0/16")
            : List.of("10.0." + ordinal / 250 % 250 + "." + ordinal % 250 + "/32");
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

  private Endpoint endpoint(int id, int tunnel) {
    long place = isRoaming(id) ? (at / 1000 + id * 7L) / ROAMS_EVERY : 0;
    return new Endpoint(
        "198.51.100." + (1 + (tunnel + place) % 250), 20_000 + (int) ((tunnel + place) % 40_000));
  }

  /** Looks like a key, and is unique. */
  private String key(int network, int tunnel) {
    int times = tunnel < 0 ? 0 : renewed[network * shape.tunnels() + tunnel];
    String name =
        "%-32s".formatted("net " + network + " peer " + tunnel + (times > 0 ? " no " + times : ""));
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
  }
}
