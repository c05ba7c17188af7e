package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pf lets in: {@code pfctl -sr}, with {@code -v} or {@code -vv}, too (pf.conf(5), "PACKET
 * FILTERING"; pfctl_parser.c, print_rule).
 *
 * <pre>{@code
 * block drop in log inet all label "Default deny rule"
 * pass in quick on igb1 inet from (igb1:network) to any flags S/SA keep state label "lan"
 * pass in quick on igb0 proto udp from any to (igb0) port = 51820 keep state label "wg"
 * }</pre>
 *
 * <p>The last rule that matches decides, unless one says quick. Told is a chain in which the first
 * decides, as elsewhere: the quick ones in their order, then the others from the last to the first.
 */
final class PfFilter {
  private static final Pattern RULE =
      Pattern.compile(
          "^(?:@\\d{1,5} )?(pass|block(?: drop| return(?:-\\w+(?:\\([^)]{0,60}\\))?)?)?)(?: (in|out))?"
              + "(?: log(?: \\([^)]{0,60}\\))?)?( quick)?((?: on | inet6? | proto | from | all\\b|"
              + " inet6?$| reply-to | route-to ).*|)$");

  /** What others may have put there; these are empty where nobody did. */
  private static final Pattern USUAL_ANCHOR =
      Pattern.compile(
          "^(?:@\\d{1,5} )?anchor \"(?:openvpn|ipsec|userrules|tftp-proxy|ftp-proxy|relayd|miniupnpd|ethernetrules"
              + "|blacklistd|packageearly|packagelate|early|late|cpzoneid\\S{0,30}|com\\.apple)(?:/[^\"]{0,60})?\".*$");

  private static final Pattern ANCHOR = Pattern.compile("^(?:@\\d{1,5} )?anchor \"[^\"]*\".*$");

  private PfFilter() {}

  static boolean isRule(String line) {
    return RULE.matcher(line).matches() && !line.matches(".* (?:nat-to|->) .*");
  }

  /** Tells the rules; false when there is none. */
  static boolean read(Observation observation, CommandLine command, Reading reading) {
    List<PfRule> rules = new ArrayList<>();
    boolean strange = false;
    for (String line : TextLines.of(observation.output())) {
      Matcher rule = RULE.matcher(line);
      if (isRule(line) && rule.matches()) {
        rules.add(PfRule.of(rule));
      } else if (ANCHOR.matcher(line).matches() && !USUAL_ANCHOR.matcher(line).matches()) {
        strange = true;
      }
    }
    if (rules.isEmpty()) {
      return false;
    }
    // What only shows what is blocked was picked out: what lets something in is not shown.
    boolean letsIn = rules.stream().anyMatch(it -> it.passes() && !it.outwards());
    if (command.filtered() || strange || !letsIn) {
      reading.skip(0, "not all of pf's rules: some were picked out, or are in an anchor");
      return true;
    }
    Set<String> outside = outside(rules);
    ChainDraft chain = new ChainDraft("inet", "filter", "pf");
    chain.base("filter", Hook.INPUT, 0);
    rules.stream().filter(PfRule::quick).forEach(it -> add(it, outside, chain));
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (!rules.get(i).quick()) {
        add(rules.get(i), outside, chain);
      }
    }
    chain.policy(Action.ACCEPT, null);
    reading.add(
        new Ruleset(
            observation.host(),
            observation.atMillis(),
            Ruleset.Tool.PF,
            Answer.NO,
            List.of(chain.chain())));
    return true;
  }

  private static void add(PfRule rule, Set<String> outside, ChainDraft chain) {
    if (!rule.outwards()) {
      chain.add(rule.rule(outside));
    }
  }

  /**
   * The devices that face the world: what a rule says of them, or else the only one that is not a
   * network of one's own. None when nobody can tell.
   */
  private static Set<String> outside(List<PfRule> rules) {
    Set<String> said = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    Set<String> inner = new TreeSet<>();
    for (PfRule rule : rules) {
      String device = rule.device();
      if (device != null && rule.facesWorld()) {
        said.add(device);
      }
      if (device != null && rule.isOfOwnNetwork()) {
        inner.add(device);
      }
      if (device != null) {
        others.add(device);
      }
    }
    others.removeAll(inner);
    return !said.isEmpty() ? said : others.size() == 1 ? others : Set.of();
  }
}
