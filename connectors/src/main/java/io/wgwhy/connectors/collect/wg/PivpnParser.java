package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import io.wgwhy.facts.Sysctls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The self check that {@code pivpn -d} ends with (PiVPN, scripts/self_check.sh).
 *
 * <pre>
 * :: [OK] IP forwarding is enabled
 * :: [ERR] Iptables MASQUERADE rule is not set, attempt fix now? [Y/n]
 * :: [OK] WireGuard is running
 * </pre>
 *
 * PiVPN looks for its own rules only, and for those of INPUT and FORWARD where these chains dropped
 * packets when it was installed. What it was told to mend there and then, it mends: "Done".
 */
public final class PivpnParser implements Parser {
  private static final Pattern CHECK =
      Pattern.compile(
          "^\\s*:: \\[(OK|ERR)] (IP forwarding|Iptables (?:MASQUERADE|INPUT|FORWARD)|Ufw (?:input|forwarding)"
              + "|WireGuard|Ufw) (?:is|are|rules?)\\b(.*)$");

  @Override
  public boolean reads(CommandLine command) {
    // What "pivpn -d" prints holds the output of many others: it is taken apart by what it shows.
    return command.program().equals("self_check.sh");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream().anyMatch(line -> CHECK.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Ruleset.Chain> chains = new ArrayList<>();
    // An answer that was not typed leaves the next check on the same line.
    String output = observation.output().replaceAll("(?<=\\S) +:: \\[", "\n:: [");
    List<String> lines = TextLines.of(output);
    for (int i = 0; i < lines.size(); i++) {
      Matcher check = CHECK.matcher(lines.get(i));
      if (!check.matches()) {
        continue;
      }
      boolean fine = check.group(1).equals("OK");
      // Since its version 4 it looks for rules that nothing may have needed.
      boolean needed = !check.group(3).contains("rules") && !lines.get(i).contains(" rules ");
      switch (check.group(2)) {
        case "IP forwarding" -> {
          if (fine || !isMended(lines, i)) {
            reading.add(
                new Sysctls(
                    observation.host(),
                    observation.atMillis(),
                    Map.of("net.ipv4.ip_forward", fine ? 1L : 0L)));
          }
        }
        case "Iptables MASQUERADE" -> {
          if (fine || !isMended(lines, i)) {
            chains.add(chain("nat", Hook.POSTROUTING, Action.ACCEPT, fine));
          }
        }
        case "Iptables INPUT" -> missing(chains, Hook.INPUT, fine, needed && !isMended(lines, i));
        case "Iptables FORWARD" ->
            missing(chains, Hook.FORWARD, fine, needed && !isMended(lines, i));
        case "Ufw input" -> missing(chains, Hook.INPUT, fine, !isMended(lines, i));
        case "Ufw forwarding" -> missing(chains, Hook.FORWARD, fine, !isMended(lines, i));
        default -> {}
      }
    }
    if (!chains.isEmpty()) {
      reading.add(
          new Ruleset(
              observation.host(),
              observation.atMillis(),
              Ruleset.Tool.PIVPN,
              Answer.NO,
              List.copyOf(chains)));
    }
  }

  private static boolean isMended(List<String> lines, int check) {
    for (int i = check + 1; i < lines.size() && !CHECK.matcher(lines.get(i)).matches(); i++) {
      if (lines.get(i).strip().equals("Done")) {
        return true;
      }
    }
    return false;
  }

  private static void missing(List<Ruleset.Chain> chains, Hook hook, boolean fine, boolean tells) {
    if (!fine && tells) {
      chains.add(chain("filter", hook, Action.DROP, false));
    }
  }

  private static Ruleset.Chain chain(String table, Hook hook, Action policy, boolean masquerades) {
    List<Rule> rules =
        masquerades
            ? List.of(new Rule(List.of(), Action.MASQUERADE, null, null))
            : hook == Hook.POSTROUTING ? List.<Rule>of() : List.of(answers());
    return new Ruleset.Chain("ip", table, hook.name(), table, hook, 0, policy, null, rules);
  }

  private static Rule answers() {
    return new Rule(
        List.of(new Match(Field.CONNECTION_STATE, false, List.of("established", "related"))),
        Action.ACCEPT,
        null,
        null);
  }
}
