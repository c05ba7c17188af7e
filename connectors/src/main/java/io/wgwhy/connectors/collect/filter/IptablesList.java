package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Ruleset.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of {@code iptables -L}. Its columns are made for people: a rule without target leaves
 * its column empty, and without {@code -v} devices are not shown at all, so that every rule then
 * has a condition that is not known.
 */
final class IptablesList {
  private static final Pattern CHAIN =
      Pattern.compile(
          "^Chain (\\S+) \\((?:policy ([A-Z]+)(?: (\\d+[KMGT]?) packets, \\S+ bytes)?|\\d+ references)\\)$");
  private static final Pattern OPT = Pattern.compile("--|-f|!f");

  private final IptablesTables tables;
  private final Reading reading;
  private final boolean tableIsKnown;
  private String table;
  private String chain = "";
  private boolean numbered;
  private boolean counted;

  IptablesList(IptablesTables tables, String asked, Reading reading) {
    this.tables = tables;
    this.reading = reading;
    this.tableIsKnown = !asked.isEmpty();
    this.table = asked.isEmpty() ? "filter" : asked;
  }

  void read(String output) {
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      String text = line.strip();
      Matcher heading = CHAIN.matcher(text);
      if (heading.matches()) {
        chain(heading);
      } else if (text.matches("(num\\s+)?(pkts\\s+bytes\\s+)?target\\s+prot\\s+(opt\\s+)?.*")) {
        numbered = text.startsWith("num");
        counted = text.contains("pkts");
      } else if (!text.isEmpty() && !chain.isEmpty() && !rule(text)) {
        reading.skip(number, "a rule with its columns expected");
      }
    }
  }

  private void chain(Matcher heading) {
    String name = heading.group(1);
    if (!tableIsKnown) {
      // Several tables behind one another: nat begins with PREROUTING and has no FORWARD.
      if (name.equals("PREROUTING") || name.equals("POSTROUTING")) {
        table = "nat";
      } else if (name.equals("FORWARD")
          || (name.equals("INPUT") && table.equals("nat") && tables.has("nat", "INPUT"))) {
        table = "filter";
      }
    }
    chain = name;
    ChainDraft draft = tables.chain(table, name);
    if (heading.group(2) != null) {
      draft.policy(
          ChainDraft.policyNamed(heading.group(2)),
          heading.group(3) == null ? null : Numbers.rounded(heading.group(3)));
    }
  }

  private boolean rule(String text) {
    List<String> words = Arrays.asList(text.split("\\s+"));
    int at = numbered ? 1 : 0;
    RuleDraft draft = new RuleDraft();
    if (counted) {
      if (words.size() < at + 2 || !words.get(at).matches("\\d+[KMGT]?")) {
        return false;
      }
      draft.packets(Numbers.rounded(words.get(at)));
      at += 2;
    }
    // "all -- …" has no target; "ACCEPT all -- …" has one. Old ip6tables leave opt empty.
    boolean noTarget = words.size() > at + 1 && OPT.matcher(words.get(at + 1)).matches();
    String target = noTarget ? "" : at < words.size() ? words.get(at++) : "";
    String protocol = at < words.size() ? words.get(at++) : "";
    String opt = at < words.size() && OPT.matcher(words.get(at)).matches() ? words.get(at++) : "";
    int columns = counted ? 4 : 2;
    if (words.size() < at + columns) {
      return false;
    }
    if (counted) {
      device(draft, Field.INPUT_DEVICE, words.get(at++));
      device(draft, Field.OUTPUT_DEVICE, words.get(at++));
    } else {
      draft.other("devices");
    }
    if (opt.endsWith("f")) {
      draft.other("fragment");
    }
    if (!protocol.matches("all|0")) {
      boolean not = protocol.startsWith("!");
      draft.match(
          Field.PROTOCOL, not, List.of(Services.protocol(not ? protocol.substring(1) : protocol)));
    }
    address(draft, Field.SOURCE_ADDRESS, words.get(at++));
    address(draft, Field.DESTINATION_ADDRESS, words.get(at++));
    IptablesExtras extras =
        new IptablesExtras(draft, String.join(" ", words.subList(at, words.size())));
    extras.read();
    if (!target.isEmpty()) {
      IptablesTarget.verdict(draft, target, extras.isGoto(), extras.address(), Set.of());
    }
    tables.chain(table, chain).add(draft.rule());
    return true;
  }

  private static void device(RuleDraft draft, Field field, String text) {
    if (text.matches("\\*|any")) {
      return;
    }
    boolean not = text.startsWith("!");
    draft.match(field, not, List.of(IptablesRule.device(not ? text.substring(1) : text)));
  }

  private static void address(RuleDraft draft, Field field, String text) {
    if (text.matches("0\\.0\\.0\\.0/0|::/0|anywhere")) {
      return;
    }
    boolean not = text.startsWith("!");
    draft.match(field, not, List.of(IptablesRule.prefix(not ? text.substring(1) : text)));
  }
}
