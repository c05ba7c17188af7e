package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.FilterVerdict.Way;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the packet filters of both ends do with the packets of a tunnel. */
final class FilterVerdicts {
  private final Scene scene;
  private final List<FilterVerdict> verdicts = new ArrayList<>();

  private FilterVerdicts(Scene scene) {
    this.scene = scene;
  }

  /**
   * @param beyond an address behind the responder that was asked for; null when none
   */
  static List<FilterVerdict> of(Scene scene, @Nullable String beyond) {
    FilterVerdicts all = new FilterVerdicts(scene);
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
    if (scene.endpoint() == null) {
      return;
    }
    HostFacts host = scene.hostA();
    String remote = scene.endpoint().address();
    Integer port = scene.endpoint().port();
    Integer own = scene.a().listenPort();
    long mark = scene.a().fwmark() == null ? 0 : scene.a().fwmark();
    String device = mark == 0 ? Routing.device(host, remote) : Routing.device(host, remote, mark);
    String family = Prefixes.isAddress(remote) && !Prefixes.isIpv4(remote) ? "ip6" : "ip";
    judge(
        Way.INITIATION_OUT,
        host,
        Hook.OUTPUT,
        new Packet(family, "", device, "udp", addressOf(host, device), own, remote, port, "new"));
    judge(
        Way.RESPONSE_IN,
        host,
        Hook.INPUT,
        new Packet(
            family, device, "", "udp", remote, port, addressOf(host, device), own, "established"));
  }

  private void responder() {
    HostFacts host = scene.hostB();
    Integer port = scene.b().listenPort();
    if (port == null) {
      return;
    }
    String address =
        scene.endpoint() != null && owns(host, scene.endpoint().address())
            ? scene.endpoint().address()
            : null;
    String device = address == null ? defaultDevice(host) : deviceOf(host, address);
    String remote = scene.b().endpoint() == null ? null : scene.b().endpoint().address();
    Integer remotePort = scene.b().endpoint() == null ? null : scene.b().endpoint().port();
    judge(
        Way.INITIATION_IN,
        host,
        Hook.INPUT,
        new Packet("ip", device, "", "udp", remote, remotePort, address, port, "new"));
    judge(
        Way.RESPONSE_OUT,
        host,
        Hook.OUTPUT,
        new Packet("ip", "", device, "udp", address, port, remote, remotePort, "established"));
    judge(
        Way.TUNNEL_IN,
        host,
        Hook.INPUT,
        new Packet("ip", scene.b().iface(), "", "icmp", innerAddress(), null, null, null, "new"));
  }

  private void forwarding(@Nullable String beyond) {
    HostFacts host = scene.hostB();
    String egress = beyond == null ? defaultDevice(host) : Routing.device(host, beyond);
    if (egress == null || egress.equals("lo")) {
      return;
    }
    judge(
        Way.FORWARD,
        host,
        Hook.FORWARD,
        new Packet(
            "ip", scene.b().iface(), egress, null, innerAddress(), null, beyond, null, "new"));
    judge(
        Way.FORWARD_BACK,
        host,
        Hook.FORWARD,
        new Packet(
            "ip",
            egress,
            scene.b().iface(),
            null,
            beyond,
            null,
            innerAddress(),
            null,
            "established"));
  }

  private @Nullable String innerAddress() {
    return scene.a().tunnelAddresses().stream()
        .findFirst()
        .map(Prefixes::withoutLength)
        .orElse(null);
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

  private static @Nullable String addressOf(HostFacts host, @Nullable String device) {
    return host.addresses().stream()
        .filter(it -> it.device().equals(device) && Prefixes.isIpv4(it.address()))
        .map(Addresses.AddressOn::address)
        .findFirst()
        .orElse(null);
  }

  /** Where the default route leaves: the device that faces the world; null when unknown. */
  static @Nullable String defaultDevice(HostFacts host) {
    return host.routes().stream()
        .filter(it -> it.destination().equals("0.0.0.0/0") && it.table().equals("main"))
        .map(it -> it.device())
        .findFirst()
        .orElse(null);
  }

  private void judge(Way way, HostFacts host, Hook hook, Packet packet) {
    for (Ruleset ruleset : host.all(Ruleset.class)) {
      boolean otherFamily =
          ruleset.tool() == Ruleset.Tool.IP6TABLES
              ? packet.family().equals("ip")
              : ruleset.tool() == Ruleset.Tool.IPTABLES && packet.family().equals("ip6");
      if (!otherFamily) {
        add(way, host, ruleset, hook, packet);
      }
    }
  }

  private void add(Way way, HostFacts host, Ruleset ruleset, Hook hook, Packet packet) {
    List<PacketFilter.Outcome> outcomes = PacketFilter.filter(ruleset, packet, hook);
    boolean certain = outcomes.stream().noneMatch(it -> it.action() == Action.UNKNOWN);
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
            first == null ? Answer.UNKNOWN : counted(host, ruleset, first),
            ruleset.tool() == Ruleset.Tool.NFT ? "nft" : "iptables"));
  }

  /** Whether the counter at the place that decided moved between the two samples that are kept. */
  private static Answer counted(HostFacts host, Ruleset newest, PacketFilter.Outcome outcome) {
    Long now = packets(newest, outcome);
    if (now == null) {
      return Answer.UNKNOWN;
    }
    if (now == 0) {
      return Answer.NO;
    }
    Long before = null;
    for (Ruleset older : host.history(Ruleset.class)) {
      if (older.tool() == newest.tool() && older.at() < newest.at() && before == null) {
        before = packets(older, outcome);
      }
    }
    return before == null ? Answer.UNKNOWN : Answer.of(now > before);
  }

  private static @Nullable Long packets(Ruleset ruleset, PacketFilter.Outcome outcome) {
    for (Ruleset.Chain chain : ruleset.chains()) {
      boolean same =
          chain.name().equals(outcome.chain().name())
              && chain.table().equals(outcome.chain().table())
              && chain.family().equals(outcome.chain().family());
      if (!same) {
        continue;
      }
      if (outcome.rule() == null) {
        return chain.policyPackets() != null ? chain.policyPackets() : lastCounter(chain);
      }
      for (Ruleset.Rule rule : chain.rules()) {
        if (rule.matches().equals(outcome.rule().matches())
            && rule.action() == outcome.rule().action()) {
          return rule.packets();
        }
      }
    }
    return null;
  }

  /** A rule that only counts at the end of a chain counts what the policy decides. */
  private static @Nullable Long lastCounter(Ruleset.Chain chain) {
    if (chain.rules().isEmpty()) {
      return null;
    }
    Ruleset.Rule last = chain.rules().get(chain.rules().size() - 1);
    return last.action() == Action.CONTINUE && last.matches().isEmpty() ? last.packets() : null;
  }
}
