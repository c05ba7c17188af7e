package io.wgwhy.engine.session;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a server's settings alone show of forwarding and address translation. */
final class NatClues {
  /** So many packets that leave, and none that a masquerade rule counted, are no beginning. */
  private static final int ENOUGH = 100;

  /** What the other container of such a file serves: names. */
  private static final int NAMES = 53;

  private final Clues clues;

  NatClues(Clues clues) {
    this.clues = clues;
  }

  /**
   * @param device where it holds; null for all, the word of the tool otherwise
   * @param packets how many it translated; null when not counted
   */
  private record Masquerade(
      @Nullable String device, @Nullable String source, @Nullable Long packets) {}

  void look() {
    published();
    if (!clues.serves()) {
      return;
    }
    Sysctls sysctls = clues.latest(Sysctls.class);
    if (sysctls != null && sysctls.forwardsIpv4().no()) {
      clues.add(
          Shows.IP_FORWARD_OFF,
          clues.host().name() + " has IPv4 forwarding switched off",
          "0",
          "1");
    }
    List<Masquerade> rules = rules();
    devices(rules);
    missing(rules);
  }

  private List<Masquerade> rules() {
    List<Masquerade> all = new ArrayList<>();
    for (Ruleset ruleset : clues.host().rulesets()) {
      for (Ruleset.Chain chain : ruleset.chains()) {
        for (Ruleset.Rule rule : chain.rules()) {
          if (rule.action() == Action.MASQUERADE || rule.action() == Action.SNAT) {
            all.add(
                new Masquerade(device(rule), value(rule, Field.SOURCE_ADDRESS), rule.packets()));
          }
        }
      }
    }
    for (WgConfig config : clues.host().all(WgConfig.class)) {
      config.hooks().stream()
          .filter(it -> it.effect() == WgConfig.Effect.MASQUERADE && it.phase().endsWith("Up"))
          .forEach(it -> all.add(new Masquerade(it.device(), null, null)));
    }
    return all;
  }

  /** A router's word for whatever leads outside names no device: it holds for all that do. */
  private static @Nullable String device(Ruleset.Rule rule) {
    String device = value(rule, Field.OUTPUT_DEVICE);
    return Ruleset.OUTSIDE.equals(device) ? null : device;
  }

  private static @Nullable String value(Ruleset.Rule rule, Field field) {
    return rule.matches().stream()
        .filter(it -> it.field() == field && !it.inverted())
        .flatMap(it -> it.values().stream())
        .findFirst()
        .orElse(null);
  }

  private void devices(List<Masquerade> rules) {
    String egress = egress();
    Set<String> there = devices();
    for (Masquerade rule : rules) {
      String device = rule.device();
      if (device == null || clues.isTunnel(device)) {
        continue;
      }
      boolean right =
          rules.stream().map(Masquerade::device).anyMatch(it -> it == null || means(it, egress));
      boolean absent = !there.isEmpty() && there.stream().noneMatch(it -> means(device, it));
      boolean other = egress != null && !means(device, egress);
      boolean idle = Long.valueOf(0).equals(rule.packets()) && busy() && egress == null;
      // Two instances of one program's rules may differ in their source: all must miss.
      if (!right && (other || (egress == null && (absent || idle)))) {
        String to = egress == null ? "" : "; packets leave by " + egress;
        String how =
            absent
                ? ", a device that is not among those shown"
                : idle ? ", and never counted a packet" : "";
        clues.add(
            Shows.MASQUERADE_ELSEWHERE,
            clues.host().name() + " masquerades what leaves " + device + how + to,
            device,
            egress);
      }
    }
  }

  /** {@code eth+} of iptables(8) and {@code eth*} of nft(8) are all that begin so. */
  private static boolean means(String device, @Nullable String name) {
    return device.matches(".*[+*]$")
        ? name == null || name.startsWith(device.substring(0, device.length() - 1))
        : device.equals(name);
  }

  private boolean busy() {
    return clues.host().rulesets().stream()
        .flatMap(it -> it.chains().stream())
        .filter(it -> it.hook() == Hook.POSTROUTING || it.hook() == Hook.FORWARD)
        .anyMatch(it -> it.policyPackets() != null && it.policyPackets() >= ENOUGH);
  }

  private void missing(List<Masquerade> rules) {
    String own = clues.end().tunnelAddresses().stream().findFirst().orElse(null);
    String address = own == null ? null : Prefixes.withoutLength(own);
    boolean natShown =
        clues.host().rulesets().stream()
            .filter(it -> it.tool() != Ruleset.Tool.IP6TABLES)
            .flatMap(it -> it.chains().stream())
            .anyMatch(it -> it.hook() == Hook.POSTROUTING && !"route".equals(it.type()));
    if (natShown && rules.isEmpty()) {
      clues.add(
          Shows.NOT_MASQUERADED,
          "the NAT table of " + clues.host().name() + " has no rule that masquerades",
          null,
          egress());
    }
    boolean noneHolds =
        address != null
            && !rules.isEmpty()
            && rules.stream()
                .allMatch(
                    it ->
                        it.source() != null
                            && Boolean.FALSE.equals(Prefixes.holds(it.source(), address)));
    if (noneHolds) {
      clues.add(
          Shows.NOT_MASQUERADED,
          clues.host().name()
              + " masquerades "
              + rules.get(0).source()
              + ", and the tunnel is "
              + own,
          rules.get(0).source(),
          own);
    }
  }

  private @Nullable String egress() {
    String device = FilterVerdicts.defaultDevice(clues.host());
    return device == null || clues.isTunnel(device) ? null : device;
  }

  /** The devices that anything names; empty when nothing does. */
  private Set<String> devices() {
    Set<String> there = new TreeSet<>();
    Links links = clues.latest(Links.class);
    if (links != null) {
      links.links().forEach(it -> there.add(it.name()));
    }
    clues.host().addresses().forEach(it -> there.add(it.device()));
    for (Routes.Route route : clues.host().routes()) {
      if (route.device() != null) {
        there.add(route.device());
      }
    }
    there.removeIf(it -> !clues.leadsOutside(it));
    return there;
  }

  /**
   * Where the other end asks: by its file, or by wg while nothing has answered it, as what answers
   * may change that.
   */
  private @Nullable Endpoint asksAt() {
    Endpoint configured = clues.otherEnd().configuredEndpoint();
    Trend trend = clues.scene().initiatorTrend();
    boolean inVain =
        trend != null
            && trend.condition() == Trend.Condition.ASKS_IN_VAIN
            && trend.handshake().no();
    return configured == null && inVain ? clues.otherEnd().endpoint() : configured;
  }

  /** What clients are told to ask, and what is open on the host for it. */
  private void asked(List<PublishedPorts.Port> udp, @Nullable Integer told) {
    Endpoint endpoint = asksAt();
    Integer port = clues.serves() && endpoint != null ? Integer.valueOf(endpoint.port()) : told;
    boolean single =
        udp.size() == 1 || udp.stream().map(PublishedPorts.Port::published).distinct().count() == 1;
    if (port == null || port == 0 || !single || udp.get(0).holds(NAMES)) {
      return;
    }
    String published = udp.get(0).published();
    // A compose file without its file of settings has the words, not the values.
    if (published.matches("\\d{1,5}") && !published.equals(port.toString())) {
      clues.add(
          Shows.PUBLISHED_PORT_DIFFERS,
          "clients are told to ask UDP port "
              + port
              + ", and the host publishes "
              + published
              + " for it",
          published,
          port.toString());
    }
  }

  /** A published container port leads to the same port that WireGuard listens on inside. */
  private void published() {
    PublishedPorts published = clues.latest(PublishedPorts.class);
    Integer listens = clues.end().listenPort();
    if (published == null) {
      return;
    }
    String address = published.declaredAddress();
    if (address != null && Prefixes.isPrivateUse(address).yes() && clues.serves()) {
      clues.add(
          Shows.PRIVATE_ENDPOINT,
          Symptom.Kind.NO_HANDSHAKE,
          "the container on "
              + clues.host().name()
              + " is told to give its clients the endpoint "
              + address
              + ", a private address: from outside of that network nothing leads to it",
          address,
          null);
    }
    List<PublishedPorts.Port> udp =
        published.ports().stream().filter(it -> it.protocol().equals("udp")).toList();
    if (listens != null && !udp.isEmpty() && udp.stream().noneMatch(it -> it.holds(listens))) {
      clues.add(
          Shows.PUBLISHED_PORT_DIFFERS,
          "UDP port "
              + udp.get(0).published()
              + " leads to port "
              + udp.get(0).container()
              + " of the container, and WireGuard listens on "
              + listens
              + " in it",
          udp.get(0).container(),
          listens.toString());
    }
    Integer fixed = listens == null ? published.imagePort() : null;
    Integer told = published.declaredPort();
    // Of several containers in one file only the one that has the told port is surely WireGuard's.
    boolean its =
        fixed != null
            && udp.stream().noneMatch(it -> it.holds(fixed))
            && (told == null
                ? udp.size() == 1 && !udp.get(0).holds(NAMES)
                : udp.stream()
                    .anyMatch(it -> it.holds(told) || it.published().equals(told.toString())));
    if (its) {
      clues.add(
          Shows.PUBLISHED_PORT_DIFFERS,
          "UDP port "
              + udp.get(0).published()
              + " leads to port "
              + udp.get(0).container()
              + " of the container; in this image WireGuard listens on "
              + fixed
              + ", unless its own configuration was changed",
          udp.get(0).container(),
          String.valueOf(fixed));
    }
    asked(udp, told);
    Integer asked = listens != null ? listens : fixed != null ? fixed : told;
    boolean tcpOnly =
        asked != null
            && udp.isEmpty()
            && published.ports().stream()
                .anyMatch(it -> it.protocol().equals("tcp") && it.holds(asked));
    if (tcpOnly) {
      clues.add(
          Shows.PUBLISHED_PORT_DIFFERS,
          "port " + asked + " is published for tcp, and WireGuard is UDP only",
          asked + "/tcp",
          asked + "/udp");
    }
  }
}
