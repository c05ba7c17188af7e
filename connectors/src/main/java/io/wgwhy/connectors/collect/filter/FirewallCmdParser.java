package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code firewall-cmd --list-all}, of one zone or all (firewall-cmd(1)).
 *
 * <pre>
 * public (active)
 *   target: default
 *   interfaces: eth0
 *   services: dhcpv6-client ssh
 *   ports: 51820/udp
 *   masquerade: yes
 * </pre>
 *
 * Each zone becomes the input chain of its devices; a target other than ACCEPT drops what no
 * service or port of the zone lets in. What zones let pass to one another is not shown.
 */
public final class FirewallCmdParser implements Parser {
  private static final Pattern ZONE = Pattern.compile("^(\\S{1,32})(?: \\(.*\\))?$");
  private static final Pattern ENTRY =
      Pattern.compile(
          "^\\s*(target|interfaces|sources|services|ports|masquerade|rich rules): ?(.*)$");
  private static final Pattern PORT =
      Pattern.compile("(?<![\\d-])(\\d{1,5}(?:-\\d{1,5})?)/(udp|tcp)");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("firewall-cmd")
        && command.arguments().stream().anyMatch(it -> it.startsWith("--list-all"));
  }

  @Override
  public boolean recognises(String output) {
    return output
        .lines()
        .anyMatch(
            it ->
                it.matches(
                    "\\s*(?:icmp-block-inversion: .*|masquerade: (?:yes|no)"
                        + "|target: (?:default|ACCEPT|DROP|%%REJECT%%))\\s*"));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Chain> chains = new ArrayList<>();
    Map<String, String> zone = new TreeMap<>();
    @Nullable String name = null;
    boolean only =
        observation.output().lines().filter(it -> it.matches("\\s*interfaces: .+")).count() < 2;
    for (String line : TextLines.of(observation.output())) {
      Matcher entry = ENTRY.matcher(line);
      Matcher title = ZONE.matcher(line);
      if (entry.matches()) {
        zone.putIfAbsent(entry.group(1), entry.group(2).strip());
      } else if (title.matches() && !line.isBlank()) {
        zone(name, zone, chains, only);
        zone.clear();
        name = title.group(1);
      }
    }
    zone(name, zone, chains, only);
    if (chains.isEmpty()) {
      reading.skip(0, "no zone of firewalld in it");
      return;
    }
    reading.add(
        new Ruleset(
            observation.host(), observation.atMillis(), Ruleset.Tool.FIREWALLD, Answer.NO, chains));
  }

  private static void zone(
      @Nullable String name, Map<String, String> zone, List<Chain> chains, boolean only) {
    String devices = zone.getOrDefault("interfaces", "");
    if (zone.isEmpty() || (name == null && devices.isEmpty())) {
      return;
    }
    String called = name == null ? "?" : Word.of(name);
    if (!devices.isEmpty() || zone.containsKey("ports")) {
      chains.add(input(called, zone, only));
    }
    boolean tunnel = devices.matches("(?:.* )?(?:wg|tun)\\S*(?: .*)?");
    if ("no".equals(zone.get("masquerade")) && tunnel && only) {
      // The only zone has the tunnel and what leads outside, and translates nothing.
      chains.add(
          new Chain(
              "ip", "nat", "zone " + called, "nat", Hook.POSTROUTING, 100, null, null, List.of()));
    }
    if ("yes".equals(zone.get("masquerade"))) {
      Rule rule = new Rule(on(Field.OUTPUT_DEVICE, devices), Action.MASQUERADE, null, null);
      chains.add(
          new Chain(
              "ip",
              "nat",
              "zone " + called,
              "nat",
              Hook.POSTROUTING,
              100,
              null,
              null,
              List.of(rule)));
    }
  }

  private static Chain input(String name, Map<String, String> zone, boolean only) {
    List<Rule> rules = new ArrayList<>();
    rules.add(
        new Rule(
            List.of(new Match(Field.CONNECTION_STATE, false, List.of("established", "related"))),
            Action.ACCEPT,
            null,
            null));
    String target = zone.getOrDefault("target", "default");
    Matcher port = PORT.matcher(zone.getOrDefault("ports", ""));
    while (port.find()) {
      rules.add(
          new Rule(
              List.of(
                  new Match(Field.PROTOCOL, false, List.of(port.group(2))),
                  new Match(Field.DESTINATION_PORT, false, List.of(port.group(1)))),
              Action.ACCEPT,
              null,
              null));
    }
    if ((" " + zone.getOrDefault("services", "") + " ").contains(" wireguard ")) {
      rules.add(
          new Rule(
              List.of(
                  new Match(Field.PROTOCOL, false, List.of("udp")),
                  new Match(Field.DESTINATION_PORT, false, List.of("51820"))),
              Action.ACCEPT,
              null,
              null));
    }
    if (!zone.getOrDefault("sources", "").isEmpty()) {
      rules.add(
          new Rule(
              List.of(new Match(Field.OTHER, false, List.of("sources"))),
              Action.ACCEPT,
              null,
              null));
    }
    Action policy =
        switch (target) {
          case "ACCEPT" -> Action.ACCEPT;
          case "DROP" -> Action.DROP;
          default -> Action.REJECT;
        };
    if (!only) {
      // Each zone is about its own devices.
      rules.add(
          new Rule(
              on(Field.INPUT_DEVICE, zone.getOrDefault("interfaces", "")), policy, null, null));
      policy = Action.ACCEPT;
    }
    return new Chain(
        "ip", "filter", "zone " + name, "filter", Hook.INPUT, 0, policy, null, List.copyOf(rules));
  }

  private static List<Match> on(Field field, String devices) {
    List<String> names = List.of(devices.split("\\s+")).stream().filter(Names::isDevice).toList();
    return names.isEmpty() ? List.of() : List.of(new Match(field, false, names));
  }
}
