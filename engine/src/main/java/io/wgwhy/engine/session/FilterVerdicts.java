package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.FilterVerdict.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the packet filters of both ends do with the packets of a tunnel. */
final class FilterVerdicts {
  private final Scene scene;

  /** The family of what is asked for at the other end of the tunnel. */
  private final String inside;

  private final List<FilterVerdict> verdicts = new ArrayList<>();

  private FilterVerdicts(Scene scene, String inside) {
    this.scene = scene;
    this.inside = inside;
  }

  /**
   * @param beyond an address behind the responder that was asked for; null when none
   * @param inside the family of what did not answer inside of the tunnel
   */
  static List<FilterVerdict> of(Scene scene, @Nullable String beyond, String inside) {
    FilterVerdicts all = new FilterVerdicts(scene, inside);
    if (scene.a().seen()) {
      all.initiator();
    }
    if (scene.b().seen()) {
      all.responder();
      all.forwarding(beyond);
    }
    return all.verdicts;
  }

  private void initiator() {
    Endpoint endpoint = scene.endpoint();
    if (endpoint == null) {
      return;
    }
    HostFacts host = scene.hostA();
    String remote = endpoint.address();
    Integer port = endpoint.port();
    Integer own = scene.a().listenPort();
    long mark = scene.a().fwmark() == null ? 0 : scene.a().fwmark();
    String device = mark == 0 ? Routing.device(host, remote) : Routing.device(host, remote, mark);
    String family = Inside.family(remote);
    String address = addressOf(host, device, family);
    judge(
        Way.INITIATION_OUT,
        host,
        new Packet(family, "", device, "udp", address, own, remote, port, "new"),
        Hook.OUTPUT,
        Hook.POSTROUTING);
    judge(
        Way.RESPONSE_IN,
        host,
        new Packet(family, device, "", "udp", remote, port, address, own, "established"),
        Hook.PREROUTING,
        Hook.INPUT);
  }

  private void responder() {
    HostFacts host = scene.hostB();
    Integer port = scene.b().listenPort();
    if (port == null) {
      return;
    }
    Endpoint asked = scene.endpoint();
    String address = asked != null && owns(host, asked.address()) ? asked.address() : null;
    TunnelFlows flows = new TunnelFlows(scene);
    Endpoint source = flows.source();
    String remote = source == null ? null : source.address();
    Integer remotePort =
        source == null || source.port() == TunnelFlows.UNKNOWN_PORT
            ? null
            : Integer.valueOf(source.port());
    String family = Inside.family(remote != null ? remote : asked == null ? null : asked.address());
    String device = device(host, address, flows);
    judge(
        Way.INITIATION_IN,
        host,
        new Packet(family, device, "", "udp", remote, remotePort, address, port, "new"),
        Hook.PREROUTING,
        Hook.INPUT);
    judge(
        Way.RESPONSE_OUT,
        host,
        new Packet(family, "", device, "udp", address, port, remote, remotePort, "established"),
        Hook.OUTPUT,
        Hook.POSTROUTING);
    judge(
        Way.TUNNEL_IN,
        host,
        new Packet(
            inside,
            scene.b().iface(),
            "",
            Inside.isIpv6(inside) ? "icmpv6" : "icmp",
            Inside.address(scene, inside),
            null,
            null,
            null,
            "new"),
        Hook.PREROUTING,
        Hook.INPUT);
  }

  /** Where initiations come in: as seen, else where the address is, else where the world is. */
  private static @Nullable String device(
      HostFacts host, @Nullable String address, TunnelFlows flows) {
    String seen = flows.arrivalDevice();
    return seen != null ? seen : address == null ? defaultDevice(host) : deviceOf(host, address);
  }

  private void forwarding(@Nullable String beyond) {
    HostFacts host = scene.hostB();
    String family = Inside.family(scene, beyond);
    String egress = beyond == null ? defaultDevice(host, family) : Routing.device(host, beyond);
    if (egress == null || egress.equals("lo")) {
      return;
    }
    String tunnel = scene.b().iface();
    String inner = Inside.address(scene, family);
    judge(
        Way.FORWARD,
        host,
        new Packet(family, tunnel, egress, null, inner, null, beyond, null, "new"),
        Hook.FORWARD);
    judge(
        Way.FORWARD_BACK,
        host,
        new Packet(family, egress, tunnel, null, beyond, null, inner, null, "established"),
        Hook.FORWARD);
  }

  private static boolean owns(HostFacts host, String address) {
    return host.addresses().stream().anyMatch(it -> Prefixes.same(it.address(), address));
  }

  private static @Nullable String deviceOf(HostFacts host, String address) {
    return host.addresses().stream()
        .filter(it -> Prefixes.same(it.address(), address))
        .map(Addresses.AddressOn::device)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String addressOf(
      HostFacts host, @Nullable String device, String family) {
    return host.addresses().stream()
        .filter(it -> it.device().equals(device) && !it.scope().equals("link"))
        .map(Addresses.AddressOn::address)
        .filter(it -> Inside.family(it).equals(family))
        .findFirst()
        .orElse(null);
  }

  /** Where the default route leaves: the device that faces the world; null when unknown. */
  static @Nullable String defaultDevice(HostFacts host) {
    return defaultDevice(host, Inside.IPV4);
  }

  static @Nullable String defaultDevice(HostFacts host, String family) {
    String everything = Inside.isIpv6(family) ? "::/0" : "0.0.0.0/0";
    return host.routes().stream()
        .filter(it -> it.destination().equals(everything) && it.table().equals("main"))
        .filter(it -> it.device() != null)
        .min(Comparator.comparingLong(Routes.Route::metric))
        .map(Routes.Route::device)
        .orElse(null);
  }

  private void judge(Way way, HostFacts host, Packet packet, Hook... hooks) {
    for (Ruleset ruleset : host.rulesets()) {
      if (isAbout(ruleset, packet)) {
        add(way, host, ruleset, packet, hooks);
      }
    }
  }

  /** What DNAT sends elsewhere (a published container port) does not meet the input hook. */
  private static boolean mayBeRedirected(Way way, Ruleset ruleset, Packet packet) {
    return way == Way.INITIATION_IN
        && PacketFilter.translate(ruleset, packet, Hook.PREROUTING).stream()
            .anyMatch(it -> it.action() == Action.DNAT || it.action() == Action.REDIRECT);
  }

  /** iptables and ip6tables each show one family. */
  static boolean isAbout(Ruleset ruleset, Packet packet) {
    return switch (ruleset.tool()) {
      case NFT -> true;
      case IPTABLES -> packet.family().equals("ip");
      case IP6TABLES -> packet.family().equals("ip6");
      // They show what they were told, not what the kernel does.
      case UFW, UFW_DEFAULTS, FIREWALLD, ROUTER, PF, SETTINGS, PIVPN -> false;
    };
  }

  private void add(Way way, HostFacts host, Ruleset ruleset, Packet packet, Hook... hooks) {
    List<PacketFilter.Outcome> outcomes = PacketFilter.filter(ruleset, packet, hooks);
    boolean certain =
        outcomes.stream().noneMatch(PacketFilter.Outcome::unknown)
            && !mayBeRedirected(way, ruleset, packet);
    boolean allDrop = !outcomes.isEmpty() && outcomes.stream().allMatch(it -> it.drops());
    boolean noneDrops = outcomes.stream().noneMatch(it -> it.drops());
    PacketFilter.Outcome first =
        outcomes.stream()
            .filter(it -> it.drops() || noneDrops)
            .findFirst()
            .orElse(outcomes.isEmpty() ? null : outcomes.get(0));
    boolean nothingShown = outcomes.isEmpty() && ruleset.complete().no();
    Answer passes =
        allDrop ? Answer.NO : certain && noneDrops && !nothingShown ? Answer.YES : Answer.UNKNOWN;
    verdicts.add(
        new FilterVerdict(
            scene.tunnel().id(),
            host.name(),
            way,
            passes,
            Answer.of(first == null ? null : first.action() == Action.REJECT),
            first == null ? null : first.says(ruleset.tool()),
            first == null ? Answer.UNKNOWN : FilterCounters.moved(host, ruleset, first),
            first == null || first.rule() == null
                ? Answer.UNKNOWN
                : Answer.of(
                    first.rule().matches().stream()
                        .anyMatch(
                            it -> it.field() == Ruleset.Field.DESTINATION_PORT && !it.inverted())),
            ruleset.tool() == Ruleset.Tool.NFT ? "nft" : "iptables"));
  }
}
