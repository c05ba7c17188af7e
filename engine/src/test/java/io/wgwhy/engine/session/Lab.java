package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Capture.IcmpError;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.RoutingRules;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Facts in few words. One client ({@code cli}, 192.0.2.2, inside 10.66.66.2) and one server ({@code
 * srv}, 203.0.113.10:51820, inside 10.66.66.1). Times are seconds after an arbitrary moment.
 */
final class Lab {
  static final long T0 = 1_795_347_000_000L;
  static final String C = "C-key";
  static final String S = "S-key";
  static final String SERVER = "203.0.113.10:51820";

  private Lab() {}

  static long ms(double seconds) {
    return T0 + Math.round(seconds * 1000);
  }

  /** The client's peer: the server, as set up by a configuration. */
  static PeerSeen onClient() {
    return new PeerSeen("cli", S).endpoint(SERVER).allowed("10.66.66.0/24");
  }

  /** The server's peer: the client, which it has not heard of yet. */
  static PeerSeen onServer() {
    return new PeerSeen("srv", C).noEndpoint().allowed("10.66.66.2/32");
  }

  static WgInterface iface(String host, double at, String key, Integer port) {
    return new WgInterface(host, ms(at), "wg0", key, port, 0);
  }

  static WgInventory inventory(String host, double at, String... peers) {
    return new WgInventory(host, ms(at), List.of(new WgInventory.Device("wg0", List.of(peers))));
  }

  /** A sign of life of a collector that speaks every 10 s, or its last. */
  static Heartbeat heartbeat(String host, double at, boolean last) {
    return new Heartbeat(host, ms(at), 10_000, List.of(), 0, last);
  }

  /** Each address as {@code "eth0 192.0.2.2/24"}. */
  static Addresses addresses(String host, double at, String... all) {
    return new Addresses(
        host,
        ms(at),
        Arrays.stream(all)
            .map(it -> it.split(" "))
            .map(it -> new Addresses.AddressOn(it[0], it[1], "global"))
            .toList());
  }

  /** Each route as {@code "10.66.66.0/24 wg0"}, with a table behind it when it is not main. */
  static Routes routes(String host, double at, String... all) {
    List<Routes.Route> routes = new ArrayList<>();
    for (String one : all) {
      String[] words = one.split(" ");
      String table = words.length > 2 ? words[2] : "main";
      long metric = words.length > 3 ? Long.parseLong(words[3]) : 0;
      routes.add(new Routes.Route(words[0], "unicast", table, null, words[1], null, metric));
    }
    return new Routes(host, ms(at), routes);
  }

  static RouteLookup lookup(String host, double at, String destination, String device) {
    return new RouteLookup(host, ms(at), destination, "unicast", device, null, null, null);
  }

  static RoutingRules rules(String host, double at, RoutingRules.RoutingRule... all) {
    return new RoutingRules(host, ms(at), List.of(all));
  }

  static RoutingRules.RoutingRule rule(
      int priority, boolean inverted, Long fwmark, String table, Integer suppressed) {
    return new RoutingRules.RoutingRule(
        priority, inverted, null, null, fwmark, table, suppressed, null);
  }

  static NetworkCounters counters(String host, double at, long delivered, long noPort) {
    return new NetworkCounters(host, ms(at), delivered, noPort, 0L, 0L, 0L, 0L, 0L, 0L);
  }

  static NetworkCounters filtered(String host, double at, long reversePathFiltered) {
    return new NetworkCounters(host, ms(at), 0L, 0L, 0L, reversePathFiltered, 0L, 0L, 0L, 0L);
  }

  static Sysctls sysctls(String host, double at, Object... namesAndValues) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], ((Integer) namesAndValues[i + 1]).longValue());
    }
    return new Sysctls(host, ms(at), values);
  }

  static Links links(String host, double at, String device, Answer up) {
    return new Links(host, ms(at), List.of(new Links.Link(device, up, 1420, null)));
  }

  static Capture capture(String host, double at, Direction direction, Flow... flows) {
    return captureOn("eth0", host, at, direction, flows);
  }

  static Capture captureOn(
      String device, String host, double at, Direction direction, Flow... flows) {
    int packets = Arrays.stream(flows).mapToInt(Flow::count).sum();
    return new Capture(
        host,
        ms(at),
        device,
        direction,
        null,
        packets,
        Answer.YES,
        Answer.YES,
        List.of(flows),
        List.of());
  }

  static Capture icmp(
      String host, double at, Direction direction, String source, IcmpProblem problem) {
    IcmpError error =
        new IcmpError(
            direction, source, "192.0.2.2", problem, "203.0.113.10", 51820, null, 1, ms(at));
    return new Capture(
        host,
        ms(at),
        "eth0",
        direction,
        null,
        1,
        Answer.YES,
        Answer.YES,
        List.of(),
        List.of(error));
  }

  static Flow flow(Direction direction, MessageType type, String from, String to, int count) {
    int fromColon = from.lastIndexOf(':');
    int toColon = to.lastIndexOf(':');
    return new Flow(
        direction,
        from.substring(0, fromColon),
        Integer.valueOf(from.substring(fromColon + 1)),
        to.substring(0, toColon),
        Integer.valueOf(to.substring(toColon + 1)),
        type,
        count,
        148,
        null,
        null);
  }

  /** Three packets, all of them answered or none. */
  static Probe ping(String host, double at, String target, int payload, Answer answered) {
    return pings(3, host, at, target, payload, answered);
  }

  static Probe pings(
      int sent, String host, double at, String target, int payload, Answer answered) {
    return new Probe(
        host,
        ms(at),
        Probe.Type.PING,
        target,
        payload,
        false,
        sent,
        answered.yes() ? sent : 0,
        answered,
        answered.yes() ? null : Probe.Problem.TIMED_OUT,
        null,
        null);
  }

  static Probe probe(
      Probe.Type type, String host, double at, String target, Answer answered, Probe.Problem why) {
    return new Probe(
        host, ms(at), type, target, null, false, null, null, answered, why, null, null);
  }

  static WgConfig config(
      String host,
      double at,
      String key,
      Integer port,
      List<String> addresses,
      WgConfig.Peer... peers) {
    return new WgConfig(
        host,
        ms(at),
        "wg0",
        key,
        addresses,
        port,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(peers),
        List.of());
  }

  static WgConfig.Peer section(String key, String endpoint, Integer keepalive, String... allowed) {
    return new WgConfig.Peer(
        key,
        PresharedKey.ABSENT,
        endpoint == null ? null : io.wgwhy.facts.Endpoint.tryParse(endpoint),
        List.of(allowed),
        keepalive);
  }

  /** How both ends are set up when all is well. */
  static List<Fact> setUp() {
    return List.of(
        iface("cli", 0, C, 40000),
        iface("srv", 0, S, 51820),
        addresses("cli", 0, "lo 127.0.0.1/8", "eth0 192.0.2.2/24", "wg0 10.66.66.2/32"),
        addresses("srv", 0, "lo 127.0.0.1/8", "eth0 203.0.113.10/24", "wg0 10.66.66.1/24"),
        routes("cli", 0, "0.0.0.0/0 eth0", "192.0.2.0/24 eth0", "10.66.66.0/24 wg0"),
        routes("srv", 0, "0.0.0.0/0 eth0", "203.0.113.0/24 eth0", "10.66.66.0/24 wg0"));
  }

  static Memory memory(List<? extends Fact> facts) {
    Memory memory = new Memory();
    facts.stream().sorted(Comparator.comparingLong(Fact::at)).forEach(memory::accept);
    return memory;
  }

  /** The scene of the only tunnel of {@link #setUp} and of what else was seen. */
  static Scene scene(Object... seen) {
    List<Fact> all = new ArrayList<>(setUp());
    all.addAll(facts(seen));
    Memory memory = memory(all);
    return Scene.of(memory, Pairing.of(memory).get(0));
  }

  /** The same of which only the client was looked at. */
  static Scene clientAlone(Object... seen) {
    List<Fact> all = new ArrayList<>(setUp());
    all.removeIf(it -> !it.host().equals("cli"));
    all.addAll(facts(seen));
    Memory memory = memory(all);
    return Scene.of(memory, Pairing.of(memory).get(0));
  }

  static List<Fact> facts(Object... seen) {
    List<Fact> all = new ArrayList<>();
    for (Object one : seen) {
      if (one instanceof List<?> many) {
        many.forEach(it -> all.addAll(facts(it)));
      } else {
        all.add(one instanceof PeerSeen peer ? peer.seen() : (Fact) one);
      }
    }
    return all;
  }

  /** The client asks in vain: it sends an initiation every 5 s, from 0 to the given second. */
  static List<Fact> asksInVain(int seconds) {
    List<Fact> all = new ArrayList<>();
    for (int s = 0; s <= seconds; s += 5) {
      all.add(onClient().at(s).counts(0, 148L * (s / 5 + 1)).never().seen());
    }
    return all;
  }

  /** The trend of the samples of one peer, on a host of its own. */
  static Trend trend(PeerSeen... samples) {
    Memory memory = memory(Arrays.stream(samples).map(PeerSeen::seen).toList());
    Pairing.Pair pair = Pairing.of(memory).get(0);
    PeerView view = pair.initiator() != null ? pair.initiator() : pair.responder();
    return Trends.of(pair.tunnel().id(), Role.INITIATOR, view);
  }

  /** The same of samples every so many seconds, from 0 to the end. */
  static Trend sampled(int every, int end, IntFunction<PeerSeen> at) {
    List<PeerSeen> samples = new ArrayList<>();
    for (int s = 0; s <= end; s += every) {
      samples.add(at.apply(s).at(s));
    }
    return trend(samples.toArray(PeerSeen[]::new));
  }

  /** How many events every n seconds there were until a second, the first at second 0. */
  static long times(int second, double every) {
    return second < 0 ? 0 : (long) (second / every) + 1;
  }
}
