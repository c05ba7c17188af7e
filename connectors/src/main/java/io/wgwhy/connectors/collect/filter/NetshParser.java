package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code netsh advfirewall firewall show rule} of Windows (netsh advfirewall): one rule or all.
 *
 * <pre>
 * Rule Name:                            WireGuard
 * ----------------------------------------------------------------------
 * Enabled:                              Yes
 * Direction:                            In
 * Profiles:                             Domain,Private,Public
 * Protocol:                             TCP
 * LocalPort:                            51820
 * Action:                               Allow
 * </pre>
 *
 * Rules that block go before those that allow. What none allows is dropped, but it is seldom that
 * all are shown: so much is said only beside a rule that was made for WireGuard.
 */
public final class NetshParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile("(?m)^\\s*Rule Name: +\\S.*\\n\\s*-{10,}\\s*$");

  private static final Pattern ENTRY =
      Pattern.compile("^\\s*([A-Z][A-Za-z ]{1,30}): +(\\S.*?)\\s*$");

  private static final Pattern FOR_WIREGUARD = Pattern.compile("(?i).*(?:wire ?guard|\\bwg).*");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("netsh")
        && command.has("advfirewall")
        && command.has("show")
        && command.has("rule");
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Map<String, String>> shown = new ArrayList<>();
    for (String line : TextLines.of(observation.output())) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        continue;
      }
      if (entry.group(1).equals("Rule Name")) {
        shown.add(new HashMap<>());
      }
      if (!shown.isEmpty()) {
        shown.get(shown.size() - 1).putIfAbsent(entry.group(1), entry.group(2));
      }
    }
    List<Ruleset.Rule> blocks = new ArrayList<>();
    List<Ruleset.Rule> allows = new ArrayList<>();
    boolean made = false;
    for (Map<String, String> rule : shown) {
      Action action = action(rule);
      if (is(rule, "Enabled", "Yes") && is(rule, "Direction", "In") && action != null) {
        (action == Action.DROP ? blocks : allows).add(rule(rule, action));
        made |= action == Action.ACCEPT && isForWireGuard(rule);
      }
    }
    if (blocks.isEmpty() && allows.isEmpty()) {
      reading.skip(0, "no rule of the firewall in it that holds for what comes in");
      return;
    }
    ChainDraft chain = new ChainDraft("inet", "filter", "inbound");
    chain.base("filter", Hook.INPUT, 0);
    blocks.forEach(chain::add);
    allows.forEach(chain::add);
    chain.policy(made ? Action.DROP : null, null);
    reading.add(chain.asSettings(observation));
  }

  private static boolean is(Map<String, String> rule, String key, String value) {
    return value.equals(rule.get(key));
  }

  /** Whether somebody made it so that WireGuard's packets come in. */
  private static boolean isForWireGuard(Map<String, String> rule) {
    return FOR_WIREGUARD.matcher(rule.getOrDefault("Rule Name", "")).matches()
        || rule.getOrDefault("LocalPort", "").matches("(?:.*,)?51820(?:,.*)?");
  }

  private static @Nullable Action action(Map<String, String> rule) {
    return switch (rule.getOrDefault("Action", "")) {
      case "Allow", "Bypass" -> Action.ACCEPT;
      case "Block" -> Action.DROP;
      default -> null;
    };
  }

  private static Ruleset.Rule rule(Map<String, String> said, Action action) {
    RuleDraft rule = new RuleDraft();
    String protocol = said.getOrDefault("Protocol", "Any").toLowerCase(Locale.ROOT);
    if (!protocol.equals("any")) {
      rule.match(Field.PROTOCOL, false, List.of(Services.protocol(protocol)));
    }
    String ports = said.getOrDefault("LocalPort", "Any");
    if (!ports.equals("Any")) {
      rule.match(Field.DESTINATION_PORT, false, List.of(ports.split(",")));
    }
    for (String key : List.of("LocalIP", "RemoteIP", "RemotePort", "Program", "Service")) {
      if (!said.getOrDefault(key, "Any").equals("Any")) {
        rule.other(key);
      }
    }
    // Which of them a network is in is not shown.
    if (said.getOrDefault("Profiles", "").split(",").length < 3) {
      rule.other("profile");
    }
    rule.verdict(action, null);
    return rule.rule();
  }
}
