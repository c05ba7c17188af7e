package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.filter.ChainDraft;
import io.wgwhy.connectors.collect.filter.RuleDraft;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.connectors.collect.router.UciSections.Section;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * OpenWrt: {@code uci show firewall} and {@code /etc/config/firewall} (openwrt.org, "Firewall
 * configuration"). Zones become the devices of their networks: a tunnel is a network of its own
 * name, and the zone {@code wan} leads {@link Ruleset#OUTSIDE outside}.
 *
 * <pre>
 * config zone
 *         option name 'vpn'
 *         list network 'wg0'
 *         option forward 'REJECT'
 *
 * config forwarding
 *         option src 'vpn'
 *         option dest 'wan'
 * </pre>
 */
public final class UciFirewallParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^\\s*config\\s+(?:zone|forwarding|redirect)\\b|^\\s*firewall\\.[^.=\\s]+(?:\\.\\w+)?='?\\w"
              + "|^\\s*config\\s+rule\\s(?=[^\\n]*\\n(?:\\s+(?:option|list)\\s[^\\n]*\\n)*?\\s+option\\s+target\\s)");

  private static final Pattern TUNNEL = Pattern.compile("(?i)^wg|vpn|wireguard|tun\\d");

  /** What a rule says without narrowing what it holds for. */
  private static final Set<String> NO_MATCH =
      Set.of("name", "src", "dest", "target", "enabled", "log", "counter");

  /** By the names of the zones. */
  private final Map<String, List<String>> devices = new HashMap<>();

  private final List<Section> sections;

  /** For the list of parsers. */
  public UciFirewallParser() {
    this(List.of());
  }

  private UciFirewallParser(List<Section> sections) {
    this.sections = sections;
    for (Section zone : sections) {
      if (zone.type().equals("zone") && !zone.value("name").isEmpty()) {
        devices.put(zone.value("name"), devices(zone));
      }
    }
  }

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("uci")
            && command.has("show")
            && command.has("firewall")
            && !command.filtered())
        || (command.program().equals("cat")
            && command.arguments().contains("/etc/config/firewall"));
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Section> all = UciSections.of(observation.output(), "firewall");
    Ruleset ruleset = new UciFirewallParser(all).ruleset(observation);
    if (ruleset.chains().isEmpty()) {
      reading.skip(0, "no zone of the firewall in it");
    } else {
      reading.add(ruleset);
    }
  }

  private static List<String> devices(Section zone) {
    Set<String> found = new HashSet<>();
    for (String option : List.of("network", "device")) {
      zone.values(option).forEach(it -> found.add(device(it)));
    }
    if (isOutside(zone.value("name"))) {
      found.clear();
      found.add(Ruleset.OUTSIDE);
    }
    return found.stream().sorted().toList();
  }

  private static String device(String network) {
    return isOutside(network) ? Ruleset.OUTSIDE : Word.of(network);
  }

  private static boolean isOutside(String name) {
    return name.matches("w*wan[\\d_b6]*");
  }

  private Ruleset ruleset(Observation observation) {
    List<Ruleset.Chain> chains = new ArrayList<>();
    if (!devices.isEmpty()) {
      // Rules may have been left out of an excerpt; OpenWrt comes with nine of them.
      boolean rules = sections.stream().anyMatch(it -> it.type().equals("rule"));
      if (rules && !asksOthers()) {
        chains.add(chain("input", Hook.INPUT));
      }
      if (hasTunnel()) {
        chains.add(chain("forward", Hook.FORWARD));
      }
      if (showsTranslation()) {
        chains.add(translation());
      }
    }
    return new Ruleset(
        observation.host(),
        observation.atMillis(),
        Ruleset.Tool.ROUTER,
        Answer.NO,
        List.copyOf(chains));
  }

  /**
   * Whether some zone is translated beside the one that leads outside: it is a provider's client.
   */
  private boolean asksOthers() {
    return sections.stream()
        .anyMatch(
            it -> it.type().equals("zone") && masquerades(it) && !isOutside(it.value("name")));
  }

  /** Whether a zone is shown that is translated, or would be, were any. */
  private boolean showsTranslation() {
    return sections.stream()
        .anyMatch(
            it -> it.type().equals("zone") && (masquerades(it) || isOutside(it.value("name"))));
  }

  /** Whether the networks or names of the zones tell of a tunnel: not every router has one. */
  private boolean hasTunnel() {
    return devices.entrySet().stream()
        .flatMap(it -> Stream.concat(Stream.of(it.getKey()), it.getValue().stream()))
        .anyMatch(it -> TUNNEL.matcher(it).find());
  }

  private static boolean masquerades(Section zone) {
    return zone.value("masq").matches("1|on|true|yes");
  }

  private static boolean isOff(Section section) {
    return section.value("enabled").matches("0|off|false|no");
  }

  private Ruleset.Chain chain(String name, Hook hook) {
    ChainDraft chain = new ChainDraft("ip", "filter", name);
    chain.base("filter", hook, 0);
    String policy =
        sections.stream()
            .filter(it -> it.type().equals("defaults"))
            .map(it -> it.value(name))
            .findFirst()
            .orElse("");
    Action usual = policy.isEmpty() ? Action.REJECT : action(policy);
    chain.policy(usual, null);
    RuleDraft answers = new RuleDraft();
    answers.match(Field.CONNECTION_STATE, false, List.of("established", "related"));
    answers.verdict(Action.ACCEPT, null);
    chain.add(answers.rule());
    boolean input = hook == Hook.INPUT;
    for (Section it : sections) {
      boolean off = isOff(it) || it.value("src").isEmpty();
      if (it.type().equals("rule") && !off && it.value("dest").isEmpty() == input) {
        chain.add(rule(it));
      }
    }
    for (Section it : sections) {
      if (it.type().equals("forwarding") && !input && !isOff(it)) {
        chain.add(between(it.value("src"), it.value("dest"), Action.ACCEPT));
      }
    }
    for (Section zone : sections) {
      String its = zone.value("name");
      if (zone.type().equals("zone") && !its.isEmpty()) {
        // What a zone does not say is as for all (fw4).
        Action action = zone.value(name).isEmpty() ? usual : action(zone.value(name));
        // A zone forwards among its own networks only (fw4, fw3).
        chain.add(between(its, input ? "" : action == Action.ACCEPT ? its : "*", action));
      }
    }
    return chain.chain();
  }

  private Ruleset.Rule between(String from, String to, Action action) {
    RuleDraft rule = new RuleDraft();
    zone(rule, Field.INPUT_DEVICE, from);
    zone(rule, Field.OUTPUT_DEVICE, to);
    rule.verdict(action, null);
    return rule.rule();
  }

  private void zone(RuleDraft rule, Field field, String name) {
    List<String> its = devices.get(name);
    if (its != null && !its.isEmpty()) {
      rule.match(field, false, its);
    } else if (!name.isEmpty() && !name.equals("*")) {
      // Not shown, or without a network.
      rule.other("zone");
    }
  }

  private Ruleset.Rule rule(Section section) {
    RuleDraft rule = new RuleDraft();
    zone(rule, Field.INPUT_DEVICE, section.value("src"));
    zone(rule, Field.OUTPUT_DEVICE, section.value("dest"));
    Set<String> seen = new HashSet<>();
    for (UciSections.Option option : section.options()) {
      if (seen.add(option.name())) {
        match(rule, option.name(), section);
      }
    }
    // Without a protocol a rule holds for TCP and UDP (fw4, "proto").
    String target = section.value("target");
    rule.verdict(target.isEmpty() ? Action.DROP : action(target), null);
    return rule.rule();
  }

  private static void match(RuleDraft rule, String option, Section section) {
    switch (option) {
      case "proto" -> {
        Set<String> protocols = new HashSet<>();
        section
            .values(option)
            .forEach(
                it -> protocols.addAll(it.equals("tcpudp") ? List.of("tcp", "udp") : List.of(it)));
        if (!protocols.contains("all") && !protocols.contains("any")) {
          rule.match(Field.PROTOCOL, false, protocols.stream().map(Word::of).sorted().toList());
        }
      }
      case "dest_port" ->
          rule.match(
              Field.DESTINATION_PORT,
              false,
              section.values(option).stream().map(it -> Word.of(it.replace(':', '-'))).toList());
      case "family" -> {
        if (!section.value(option).equals("any")) {
          String ip = section.value(option).equals("ipv6") ? "ip6" : "ip";
          rule.match(Field.FAMILY, false, List.of(ip));
        }
      }
      default -> {
        if (!NO_MATCH.contains(option)) {
          rule.other(option);
        }
      }
    }
  }

  private Ruleset.Chain translation() {
    ChainDraft chain = new ChainDraft("ip", "nat", "srcnat");
    chain.base("nat", Hook.POSTROUTING, 100);
    chain.policy(Action.ACCEPT, null);
    for (Section zone : sections) {
      if (zone.type().equals("zone") && masquerades(zone)) {
        RuleDraft rule = new RuleDraft();
        zone(rule, Field.OUTPUT_DEVICE, zone.value("name"));
        rule.verdict(Action.MASQUERADE, null);
        chain.add(rule.rule());
      }
    }
    return chain.chain();
  }

  private static Action action(String word) {
    return switch (word) {
      case "ACCEPT" -> Action.ACCEPT;
      case "DROP" -> Action.DROP;
      case "NOTRACK", "MARK", "HELPER" -> Action.CONTINUE;
      default -> Action.REJECT;
    };
  }
}
