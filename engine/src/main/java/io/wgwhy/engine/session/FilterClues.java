package io.wgwhy.engine.session;

import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import io.wgwhy.facts.UdpSockets;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a ruleset alone shows. */
final class FilterClues {
  /** What a rule holds for that was shown without its devices. */
  private static final String DEVICES = "devices";

  /** UDP ports that are opened for something else: names, addresses, time, discovery. */
  static final Set<String> OTHERS =
      Set.of(
          "53", "67", "68", "123", "137", "138", "137-138", "500", "546", "4500", "5353", DEVICES);

  /** Clients send from a port that their kernel picks (ip_local_port_range): none of a service. */
  private static final int ANY_CLIENT = 40_000;

  private final Clues clues;

  FilterClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    if (!clues.serves()) {
      return;
    }
    for (Ruleset ruleset : clues.host().rulesets()) {
      if (ruleset.tool() != Ruleset.Tool.IP6TABLES) {
        Ruleset shown = withoutUnshown(ruleset);
        input(shown);
        forward(shown);
        translated(shown);
      }
    }
  }

  private void input(Ruleset ruleset) {
    int port = port(ruleset);
    if (port < 0) {
      return;
    }
    PacketFilter.Outcome drop = drops(ruleset, port);
    if (drop == null) {
      return;
    }
    String where = drop.says(ruleset.tool()) + " on " + clues.host().name();
    boolean tcp =
        accepts(ruleset, Hook.INPUT)
            .anyMatch(it -> names(it, "tcp") && (holdsPort(it, port) || hidesPort(it)));
    if (tcp) {
      clues.add(
          Shows.TCP_RULE_FOR_UDP_PORT,
          "the rule that opens the port is for tcp, WireGuard is UDP only, and UDP meets " + where,
          "tcp",
          "udp");
    } else {
      clues.add(
          Shows.INPUT_DROPS,
          "what arrives for UDP port " + port + " meets " + where,
          null,
          Integer.toString(port));
    }
  }

  /** A router hands the port on to the server for TCP, and not for UDP. */
  private void translated(Ruleset ruleset) {
    int port = port(ruleset);
    List<Rule> handed =
        ruleset.chains().stream()
            .flatMap(it -> it.rules().stream())
            .filter(it -> it.action() == Action.DNAT && holdsPort(it, port))
            .toList();
    boolean tcp = handed.stream().anyMatch(it -> names(it, "tcp"));
    boolean udp = handed.stream().anyMatch(it -> !names(it, "tcp") || names(it, "udp"));
    if (tcp && !udp) {
      clues.add(
          Shows.TCP_RULE_FOR_UDP_PORT,
          clues.host().name()
              + " hands port "
              + port
              + " on for tcp, WireGuard is UDP only, and no rule does so for UDP",
          "tcp",
          "udp");
    }
  }

  /** The listen port; else the one that was opened; -1 when it may be any of several. */
  private int port(Ruleset ruleset) {
    Integer known = clues.end().listenPort();
    if (known != null) {
      return known;
    }
    List<String> opened =
        accepts(ruleset, Hook.INPUT)
            .filter(it -> names(it, "udp") && hasPort(it))
            .flatMap(it -> it.matches().stream())
            .filter(it -> it.field() == Field.DESTINATION_PORT || it.field() == Field.OTHER)
            .flatMap(it -> it.values().stream())
            .filter(it -> !OTHERS.contains(it))
            .distinct()
            .toList();
    if (opened.isEmpty() || isOpen(WireGuard.DEFAULT_PORT)) {
      return WireGuard.DEFAULT_PORT;
    }
    String port = opened.size() == 1 || !opened.contains("51820") ? opened.get(0) : "51820";
    return port.matches("\\d{1,5}") ? Integer.parseInt(port) : -1;
  }

  /** Whether somebody listens on a UDP port, as the list of sockets shows it. */
  private boolean isOpen(int port) {
    UdpSockets sockets = clues.latest(UdpSockets.class);
    return sockets != null && sockets.sockets().stream().anyMatch(it -> it.port() == port);
  }

  private PacketFilter.@Nullable Outcome drops(Ruleset ruleset, int port) {
    Packet packet =
        new Packet("ip", outside(ruleset), "", "udp", null, ANY_CLIENT, null, port, "new");
    List<PacketFilter.Outcome> ends = PacketFilter.filter(ruleset, packet, Hook.INPUT);
    return first(ends, ruleset, Hook.INPUT);
  }

  /**
   * Where all ways end in a drop, or where the first one does: {@code iptables -L} does not show
   * devices, so that each rule may hold for another.
   */
  private static PacketFilter.@Nullable Outcome first(
      List<PacketFilter.Outcome> ends, Ruleset ruleset, Hook hook) {
    return ends.isEmpty() || !ends.get(0).drops() ? null : dropping(ends, ruleset, hook);
  }

  private static PacketFilter.@Nullable Outcome dropping(
      List<PacketFilter.Outcome> ends, Ruleset ruleset, Hook hook) {
    boolean all = ends.stream().allMatch(PacketFilter.Outcome::drops);
    Rule rule = ends.get(0).rule();
    boolean catchAll =
        rule != null
            && rule.matches().stream().allMatch(FilterClues::isOfDevices)
            && accepts(ruleset, hook).findAny().isPresent();
    if (all) {
      // An earlier one may be of another device: at the latest here.
      return ends.get(ends.size() - 1);
    }
    return catchAll ? ends.get(0) : null;
  }

  /**
   * Without jumps into chains that were cut off (docker's, mostly), which are taken to come back,
   * and without rules for the loopback device.
   */
  private static Ruleset withoutUnshown(Ruleset ruleset) {
    Set<String> names = ruleset.chains().stream().map(Chain::name).collect(Collectors.toSet());
    return ruleset.withChains(
        ruleset.chains().stream()
            .map(
                chain ->
                    chain.withRules(
                        chain.rules().stream()
                            .filter(rule -> !jumps(rule) || names.contains(rule.target()))
                            .filter(rule -> !isOfLoopback(rule))
                            .filter(rule -> !mustBeOfLoopback(rule, chain))
                            .toList()))
            .toList());
  }

  /** Nothing from outside comes in by it, though nobody knows the device that it comes by. */
  private static boolean isOfLoopback(Rule rule) {
    return rule.matches().stream()
        .anyMatch(
            it ->
                it.field() == Field.INPUT_DEVICE
                    && !it.inverted()
                    && it.values().equals(List.of("lo")));
  }

  /**
   * Without devices ({@code iptables -L}) a rule of the input chain that accepts everything, with
   * others behind it, which would be in vain: nearly every ruleset has such a one for loopback.
   */
  private static boolean mustBeOfLoopback(Rule rule, Chain chain) {
    return chain.hook() == Hook.INPUT
        && rule.action() == Action.ACCEPT
        && rule.matches().size() == 1
        && rule.matches().get(0).field() == Field.OTHER
        && rule.matches().get(0).values().equals(List.of(DEVICES))
        && chain.rules().indexOf(rule) < chain.rules().size() - 1;
  }

  private static boolean isOfDevices(Match match) {
    return match.field() == Field.OTHER && match.values().equals(List.of(DEVICES));
  }

  private static boolean jumps(Rule rule) {
    return rule.action() == Action.JUMP || rule.action() == Action.GOTO;
  }

  private void forward(Ruleset ruleset) {
    String tunnel = clues.end().iface();
    String iface = tunnel == null || tunnel.equals("?") ? null : tunnel;
    if (iface == null && namesTunnel(ruleset)) {
      return;
    }
    // A router's zones say what a tunnel is for: what leads into its own networks only is meant so.
    if (ruleset.tool() == Ruleset.Tool.ROUTER && leadsSomewhere(ruleset)) {
      return;
    }
    // A policy that was shown without the rules before it: these are told elsewhere.
    if (!ruleset.complete().yes() && isLetOn()) {
      return;
    }
    String inside = iface == null ? "wg0" : iface;
    String outside = outside(ruleset);
    Packet there = new Packet("ip", inside, outside, null, null, null, null, null, "new");
    Packet back = new Packet("ip", outside, inside, null, null, null, null, null, "established");
    for (Packet packet : List.of(there, back)) {
      PacketFilter.Outcome drop =
          first(PacketFilter.filter(ruleset, packet, Hook.FORWARD), ruleset, Hook.FORWARD);
      if (drop != null) {
        String what =
            packet.equals(there)
                ? "what comes out of the tunnel"
                : "what goes back into the tunnel";
        clues.add(
            Shows.FORWARD_DROPS,
            what
                + " meets "
                + drop.says(ruleset.tool())
                + " on "
                + clues.host().name()
                + counted(drop),
            null,
            null);
        return;
      }
    }
  }

  private static String counted(PacketFilter.Outcome drop) {
    Long packets = drop.rule() == null ? drop.chain().policyPackets() : drop.rule().packets();
    return packets == null || packets == 0 ? "" : " (" + packets + " packets)";
  }

  /** Whether a hook of the configuration, or a route rule of ufw, lets packets of tunnels on. */
  private boolean isLetOn() {
    boolean hook =
        clues.host().all(WgConfig.class).stream()
            .flatMap(it -> it.hooks().stream())
            .anyMatch(it -> it.effect() == WgConfig.Effect.FORWARD_ACCEPT);
    return hook
        || clues.host().rulesets().stream()
            .filter(it -> it.tool() == Ruleset.Tool.UFW)
            .flatMap(it -> it.chains().stream())
            .filter(it -> it.hook() == Hook.FORWARD)
            .flatMap(it -> it.rules().stream())
            .flatMap(it -> it.matches().stream())
            .anyMatch(
                it ->
                    it.field() == Field.INPUT_DEVICE
                        && it.values().stream().anyMatch(clues::isTunnel));
  }

  /** Whether what comes out of a tunnel may go on, wherever to. */
  private boolean leadsSomewhere(Ruleset ruleset) {
    return accepts(ruleset, Hook.FORWARD)
        .filter(it -> it.matches().stream().anyMatch(m -> m.field() == Field.OUTPUT_DEVICE))
        .filter(
            it ->
                it.matches().stream()
                    .filter(m -> m.field() == Field.OUTPUT_DEVICE)
                    .flatMap(m -> m.values().stream())
                    .noneMatch(clues::isTunnel))
        .flatMap(it -> it.matches().stream())
        .filter(it -> it.field() == Field.INPUT_DEVICE && !it.inverted())
        .flatMap(it -> it.values().stream())
        .anyMatch(clues::isTunnel);
  }

  /** Whether forwarding rules name a tunnel interface, whose name nobody told. */
  private boolean namesTunnel(Ruleset ruleset) {
    return accepts(ruleset, Hook.FORWARD)
        .flatMap(it -> it.matches().stream())
        .filter(it -> it.field() == Field.INPUT_DEVICE || it.field() == Field.OUTPUT_DEVICE)
        .flatMap(it -> it.values().stream())
        .anyMatch(clues::isTunnel);
  }

  private @Nullable String outside(Ruleset ruleset) {
    if (ruleset.tool() == Ruleset.Tool.ROUTER || ruleset.tool() == Ruleset.Tool.PF) {
      return Ruleset.OUTSIDE;
    }
    String known = FilterVerdicts.defaultDevice(clues.host());
    return known != null ? known : named(ruleset);
  }

  /** The device outside that rules name: any name where they name none, null if several. */
  private @Nullable String named(Ruleset ruleset) {
    List<String> devices =
        ruleset.chains().stream()
            .flatMap(it -> it.rules().stream())
            .flatMap(it -> it.matches().stream())
            .filter(it -> it.field() == Field.INPUT_DEVICE || it.field() == Field.OUTPUT_DEVICE)
            .flatMap(it -> it.values().stream())
            .filter(clues::leadsOutside)
            .distinct()
            .toList();
    return devices.isEmpty() ? "eth0" : devices.size() > 1 ? null : devices.get(0);
  }

  /** The accept rules of the chains of a hook, and of those that they jump to. */
  private static Stream<Rule> accepts(Ruleset ruleset, Hook hook) {
    return ruleset.chains().stream()
        .filter(it -> it.hook() == hook || (it.hook() == null && belongs(it, ruleset, hook)))
        .flatMap(it -> it.rules().stream())
        .filter(it -> it.action() == Action.ACCEPT);
  }

  private static boolean belongs(Chain chain, Ruleset ruleset, Hook hook) {
    return ruleset.chains().stream()
        .filter(it -> it.hook() == hook)
        .flatMap(it -> it.rules().stream())
        .anyMatch(it -> chain.name().equals(it.target()));
  }

  private static boolean names(Rule rule, String protocol) {
    return rule.matches().stream()
        .anyMatch(it -> it.field() == Field.PROTOCOL && it.values().contains(protocol));
  }

  private static boolean hasPort(Rule rule) {
    return rule.matches().stream().anyMatch(it -> it.field() == Field.DESTINATION_PORT)
        || hidesPort(rule);
  }

  private static boolean holdsPort(Rule rule, int port) {
    return rule.matches().stream()
        .anyMatch(
            it ->
                it.field() == Field.DESTINATION_PORT
                    && it.values().contains(Integer.toString(port)));
  }

  /** Whether the port was made unreadable by hand. */
  private static boolean hidesPort(Rule rule) {
    return rule.matches().stream()
        .anyMatch(it -> it.field() == Field.OTHER && it.values().contains("destination_port"));
  }
}
