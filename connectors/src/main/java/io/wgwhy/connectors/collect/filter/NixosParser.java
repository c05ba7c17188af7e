package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration of NixOS opens (configuration.nix(5), networking.firewall), beside the port
 * of its WireGuard.
 *
 * <pre>{@code
 * networking.firewall.allowedUDPPorts = [ 51820 ];
 * networking.wireguard.interfaces.wg0.listenPort = 51820;
 * }</pre>
 *
 * Other files may open more: without a word about the port that WireGuard listens on nothing is
 * told. One that is opened for TCP was meant to be opened.
 */
public final class NixosParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile("(?m)^(?!\\s*#).*\\ballowed(?:TCP|UDP)Port(?:s|Ranges)\\s*=");

  private static final Pattern LISTENS = Pattern.compile("\\blistenPort\\s*=\\s*(\\d{1,5})\\s*;");

  private static final Pattern OPENS =
      Pattern.compile("\\ballowed(TCP|UDP)Port(?:s|Ranges)\\s*=\\s*([^;]{0,2000}?(?:;|\\]))");

  private static final Pattern LIST = Pattern.compile("\\[((?:\\s+\\d{1,5})*)\\s*\\];?");

  private static final Pattern OFF =
      Pattern.compile("\\bfirewall(?:\\.|\\s*=\\s*\\{[^}]{0,2000}?\\b)enable\\s*=\\s*false");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("cat|less|nano|vim?")
        && command.arguments().stream().anyMatch(it -> it.endsWith(".nix"));
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String text = String.join("\n", TextLines.of(observation.output())).replaceAll("#[^\n]*", "");
    Matcher listens = LISTENS.matcher(text);
    if (!listens.find() || OFF.matcher(text).find()) {
      reading.skip(0, "no port of WireGuard, or no firewall in it");
      return;
    }
    String port = listens.group(1);
    ChainDraft chain = new ChainDraft("inet", "filter", "nixos-fw");
    chain.base("filter", Hook.INPUT, 0);
    boolean tcp = false;
    boolean udp = false;
    Matcher opens = OPENS.matcher(text);
    while (opens.find()) {
      Matcher list = LIST.matcher(opens.group(2));
      boolean ofUdp = opens.group(1).equals("UDP");
      // Ranges and words of the language may hold any port.
      List<String> ports =
          list.matches() ? List.of((list.group(1).strip() + " ").split("\\s+")) : List.of(port);
      ports.stream().filter(it -> !it.isEmpty()).forEach(it -> chain.add(rule(ofUdp, it)));
      tcp |= !ofUdp && list.matches() && ports.contains(port);
      udp |= ofUdp && ports.contains(port);
    }
    if (!tcp && !udp) {
      reading.skip(0, "it says nothing about WireGuard's port: another file may open it");
      return;
    }
    chain.policy(Action.DROP, null);
    reading.add(chain.asSettings(observation));
  }

  private static Ruleset.Rule rule(boolean udp, String port) {
    RuleDraft rule = new RuleDraft();
    rule.match(Field.PROTOCOL, false, List.of(udp ? "udp" : "tcp"));
    rule.match(Field.DESTINATION_PORT, false, List.of(port));
    rule.verdict(Action.ACCEPT, null);
    return rule.rule();
  }
}
