package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ufw status}, with or without {@code verbose} or {@code numbered} (ufw(8)).
 *
 * <pre>
 * Status: active
 * Default: deny (incoming), allow (outgoing), deny (routed)
 *
 * To                         Action      From
 * --                         ------      ----
 * 51820/udp                  ALLOW IN    Anywhere
 * Anywhere on eth0           ALLOW FWD   Anywhere on wg0
 * </pre>
 *
 * What ufw adds by itself (answers, ICMP; before.rules) is said as answers only. Rules that are
 * kept elsewhere are not shown, so the ruleset is never complete.
 */
public final class UfwParser implements Parser {
  private static final Pattern STATUS =
      Pattern.compile("(?m)^\\s*(?:Status|Status der Firewall|Estado|État|Stato): \\S+\\s*$");
  private static final Pattern DEFAULT =
      Pattern.compile("(deny|reject|allow|disabled) \\((incoming|outgoing|routed)\\)");

  /** {@code /etc/default/ufw}: the kernel's policy, which rules of anybody's may go before. */
  private static final Pattern DEFAULT_FORWARD =
      Pattern.compile("(?m)^\\s*(?:\\d+:)?DEFAULT_FORWARD_POLICY=\"?(ACCEPT|DROP|REJECT)\\b");

  /** No longer line is one of ufw: its blanks may be taken apart anywhere. */
  private static final Pattern RULE =
      Pattern.compile(
          "^(?!.{300})\\s*(?:\\[ ?\\d+] )?(.+?)\\s+(ALLOW|DENY|REJECT|LIMIT)(?: (IN|OUT|FWD))?\\s+(.+?)\\s*(?:#.*)?$");

  private static final Pattern DEVICE = Pattern.compile(" on ([\\w.=+-]{1,15})(?: .*)?$");
  private static final Pattern PORT =
      Pattern.compile("^(\\d{1,5}(?::\\d{1,5})?)(?:/(udp|tcp))?\\b");
  private static final Pattern PREFIX = Pattern.compile("^([0-9a-fA-F.:]+(?:/\\d{1,3})?)(?: |$)");

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("ufw") && command.has("status"))
        || (command.program().matches("cat|grep") && command.has("/etc/default/ufw"));
  }

  @Override
  public boolean recognises(String output) {
    boolean table =
        output
            .lines()
            .anyMatch(
                it -> RULE.matcher(it).matches() && it.matches(".*\\b(?:Anywhere|/udp|/tcp)\\b.*"));
    return (STATUS.matcher(output).find() && (table || output.contains("active")))
        || DEFAULT.matcher(output).find()
        || DEFAULT_FORWARD.matcher(output).find()
        || table;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Matcher file = DEFAULT_FORWARD.matcher(observation.output());
    if (file.find()) {
      Chain forward = chain("FORWARD", Hook.FORWARD, action(file.group(1)), List.of());
      reading.add(
          new Ruleset(
              observation.host(),
              observation.atMillis(),
              Ruleset.Tool.UFW_DEFAULTS,
              Answer.NO,
              List.of(forward)));
      return;
    }
    List<Rule> input = new ArrayList<>(List.of(answers()));
    List<Rule> forward = new ArrayList<>(List.of(answers()));
    boolean inactive = false;
    // Not verbose: the defaults of the package (/etc/default/ufw).
    Action incoming = Action.DROP;
    @Nullable Action routed = null;
    boolean any = false;
    for (String line : TextLines.of(observation.output())) {
      inactive |= line.matches("\\s*Status: inactive\\s*");
      Matcher policy = DEFAULT.matcher(line);
      while (policy.find()) {
        any = true;
        if (policy.group(2).equals("incoming")) {
          incoming = action(policy.group(1));
        } else if (policy.group(2).equals("routed")) {
          routed = action(policy.group(1));
        }
      }
      Matcher rule = RULE.matcher(line);
      // IPv6's rules repeat those of IPv4.
      if (rule.matches() && !line.contains("(v6)")) {
        any = true;
        Rule read = rule(rule);
        if ("FWD".equals(rule.group(3))) {
          forward.add(read);
        } else if (!"OUT".equals(rule.group(3))) {
          input.add(read);
        }
      }
    }
    if (inactive || !any) {
      if (!inactive) {
        reading.skip(0, "no rule of ufw in it");
      }
      return;
    }
    List<Chain> chains = new ArrayList<>();
    chains.add(chain("ufw-user-input", Hook.INPUT, incoming, input));
    if (routed != null || forward.size() > 1) {
      chains.add(
          chain("ufw-user-forward", Hook.FORWARD, routed == null ? Action.DROP : routed, forward));
    }
    reading.add(
        new Ruleset(
            observation.host(), observation.atMillis(), Ruleset.Tool.UFW, Answer.NO, chains));
  }

  private static Chain chain(String name, Hook hook, Action policy, List<Rule> rules) {
    return new Chain("ip", "filter", name, "filter", hook, 0, policy, null, List.copyOf(rules));
  }

  private static Rule answers() {
    return new Rule(
        List.of(new Match(Field.CONNECTION_STATE, false, List.of("established", "related"))),
        Action.ACCEPT,
        null,
        null);
  }

  private static Action action(String word) {
    return switch (word) {
      case "allow", "disabled", "ALLOW", "LIMIT", "ACCEPT" -> Action.ACCEPT;
      case "reject", "REJECT" -> Action.REJECT;
      default -> Action.DROP;
    };
  }

  private static Rule rule(Matcher line) {
    List<Match> matches = new ArrayList<>();
    String to = line.group(1).strip();
    String from = line.group(4).strip();
    boolean routed = "FWD".equals(line.group(3));
    device(to, routed ? Field.OUTPUT_DEVICE : Field.INPUT_DEVICE, matches);
    device(from, Field.INPUT_DEVICE, matches);
    String target = to.replaceFirst(" on .*$", "");
    Matcher prefix = PREFIX.matcher(target);
    if (prefix.find() && Cidr.isPrefix(prefix.group(1)) && prefix.group(1).matches(".*[.:].*")) {
      matches.add(new Match(Field.DESTINATION_ADDRESS, false, List.of(prefix.group(1))));
      target = target.substring(prefix.end()).strip();
    }
    Matcher port = PORT.matcher(target);
    if (port.find()) {
      if (port.group(2) != null) {
        matches.add(new Match(Field.PROTOCOL, false, List.of(port.group(2))));
      }
      matches.add(
          new Match(Field.DESTINATION_PORT, false, List.of(port.group(1).replace(':', '-'))));
    } else if (!target.isEmpty() && !target.startsWith("Anywhere")) {
      // The name of a profile: its ports are not shown.
      matches.add(new Match(Field.OTHER, false, List.of("profile")));
    }
    Matcher source = PREFIX.matcher(from.replaceFirst(" on .*$", ""));
    if (source.find() && Cidr.isPrefix(source.group(1))) {
      matches.add(new Match(Field.SOURCE_ADDRESS, false, List.of(source.group(1))));
    } else if (!from.startsWith("Anywhere")) {
      matches.add(new Match(Field.OTHER, false, List.of("source")));
    }
    return new Rule(List.copyOf(matches), action(line.group(2)), null, null);
  }

  private static void device(String side, Field field, List<Match> matches) {
    Matcher device = DEVICE.matcher(side);
    if (device.find()) {
      matches.add(new Match(field, false, List.of(device.group(1))));
    } else if (side.contains(" on ")) {
      matches.add(new Match(Field.OTHER, false, List.of("device")));
    }
  }
}
