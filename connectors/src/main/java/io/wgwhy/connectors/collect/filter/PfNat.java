package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pf translates of what goes out: {@code pfctl -sn} (FreeBSD, OPNsense, pfSense, macOS), and
 * the {@code match … nat-to} of OpenBSD's {@code pfctl -sr}.
 *
 * <pre>{@code
 * nat on em0 inet from 192.168.10.0/24 to any -> (em0) round-robin
 * match out on egress inet from 10.77.0.0/24 to any nat-to (egress:0) round-robin
 * }</pre>
 */
final class PfNat {
  private static final Pattern RULE =
      Pattern.compile(
          "^\\s*(?:nat|match out|pass out)(?: log)?(?: quick)? on (\\S{1,32})(?: inet)?(?: proto \\S+)? from (!? ?\\S+)"
              + " to \\S+ .*(?:->|nat-to) .*$");

  private PfNat() {}

  static boolean isRule(String line) {
    return RULE.matcher(line).matches();
  }

  /** Tells the rules; false when there is none. */
  static boolean read(Observation observation, Reading reading) {
    ChainDraft chain = new ChainDraft("ip", "nat", "nat");
    chain.base("nat", Hook.POSTROUTING, 0);
    int rules = 0;
    for (String line : TextLines.of(observation.output())) {
      Matcher rule = RULE.matcher(line);
      if (rule.matches()) {
        chain.add(rule(rule.group(1), rule.group(2)));
        rules++;
      }
    }
    if (rules == 0) {
      return false;
    }
    reading.add(
        new Ruleset(
            observation.host(),
            observation.atMillis(),
            Ruleset.Tool.ROUTER,
            Answer.NO,
            List.of(chain.chain())));
    return true;
  }

  private static Ruleset.Rule rule(String device, String source) {
    RuleDraft rule = new RuleDraft();
    // A group of devices ("egress") is whatever leads outside.
    rule.match(
        Field.OUTPUT_DEVICE,
        false,
        List.of(device.equals("egress") ? Ruleset.OUTSIDE : Word.of(device)));
    String network = source.replaceFirst("^! ?", "");
    if (Cidr.isPrefix(network) || Cidr.isAddress(network)) {
      rule.match(Field.SOURCE_ADDRESS, source.startsWith("!"), List.of(network));
    } else if (!network.equals("any")) {
      // A table, or the network of a device, whose addresses are not shown.
      rule.other("source");
    }
    rule.verdict(Action.MASQUERADE, null);
    return rule.rule();
  }
}
