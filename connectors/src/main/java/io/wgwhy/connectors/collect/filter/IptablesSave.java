package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of {@code iptables-save} and {@code iptables -S}. */
final class IptablesSave {
  private static final Pattern DECLARED =
      Pattern.compile("^:(\\S+) (\\S+)(?: \\[(\\d+):\\d+\\])?$");
  private static final Pattern POLICY = Pattern.compile("^-P (\\S+) (\\S+)(?: -c (\\d+) \\d+)?$");
  private static final Pattern RULE =
      Pattern.compile("^(?:\\[(\\d+):\\d+\\] )?-A (\\S+)(?: (.*))?$");

  /**
   * More exists than is shown: tables of the other variant of iptables, or rules of nft that
   * iptables has no words for (iptables-nft says so instead of showing the table).
   */
  private static final Pattern ELSEWHERE =
      Pattern.compile("# (?:Warning: ip|Table .* (?:is|contains) incompatible).*");

  private static final Set<String> NAT_TARGETS = Set.of("MASQUERADE", "SNAT", "DNAT", "REDIRECT");

  private final IptablesTables tables;
  private final Reading reading;
  private final String asked;
  private String table;
  private boolean explicit;
  private boolean declared;

  /**
   * @param asked the table that the command asked for; empty when it did not
   */
  IptablesSave(IptablesTables tables, String asked, Reading reading) {
    this.tables = tables;
    this.reading = reading;
    this.asked = asked;
    this.table = asked.isEmpty() ? "filter" : asked;
  }

  /** Reads; returns whether nothing seems to be missing of what was listed. */
  boolean read(String output) {
    boolean whole = true;
    boolean open = false;
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      String text = line.strip();
      Matcher declaration = DECLARED.matcher(text);
      Matcher policy = POLICY.matcher(text);
      Matcher rule = RULE.matcher(text);
      if (text.startsWith("*") && text.length() > 1) {
        whole &= !open;
        open = true;
        explicit = true;
        declared = false;
        table = text.substring(1);
      } else if (text.equals("COMMIT")) {
        open = false;
      } else if (declaration.matches()) {
        declared = true;
        tables
            .chain(table, declaration.group(1))
            .policy(
                ChainDraft.policyNamed(declaration.group(2)),
                policyPackets(declaration.group(2), declaration.group(3)));
      } else if (policy.matches()) {
        table = tableWithPolicyOf(policy.group(1));
        declared = true;
        tables
            .chain(table, policy.group(1))
            .policy(ChainDraft.policyNamed(policy.group(2)), Numbers.whole(policy.group(3)));
      } else if (text.startsWith("-N ")) {
        tables.chain(table, text.substring(3).strip());
      } else if (rule.matches()) {
        rule(rule);
      } else if (ELSEWHERE.matcher(text).matches()) {
        whole = false;
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        whole = false;
        reading.skip(number, "a chain or a rule expected");
      }
    }
    return whole && !open && (tables.isEmpty() || tables.hasPolicies());
  }

  private static @Nullable Long policyPackets(String policy, @Nullable String packets) {
    return policy.equals("-") ? null : Numbers.whole(packets);
  }

  private void rule(Matcher rule) {
    String name = rule.group(2);
    List<String> words = IptablesRule.words(rule.group(3) == null ? "" : rule.group(3));
    String in = explicit || !asked.isEmpty() ? table : tableOf(name, words);
    // One chain alone ("-S FORWARD") does not say which others there are.
    boolean listed = explicit || tables.names(in).size() > 1;
    Set<String> chains = declared && listed ? tables.names(in) : Set.of();
    RuleDraft draft = new IptablesRule(words, chains).draft();
    if (rule.group(1) != null) {
      draft.packets(Numbers.whole(rule.group(1)));
    }
    tables.chain(in, name).add(draft.rule());
  }

  /** Without a table's name: the chain, or what its rules do, tells which table it is. */
  private String tableOf(String chain, List<String> words) {
    boolean nat = words.stream().anyMatch(NAT_TARGETS::contains);
    if (declared && tables.has(table, chain)) {
      return table;
    }
    return nat || chain.equals("PREROUTING") || chain.equals("POSTROUTING") ? "nat" : table;
  }

  /** The tables of several {@code -S} behind one another: nat begins with PREROUTING. */
  private String tableWithPolicyOf(String chain) {
    if (explicit || !asked.isEmpty()) {
      return table;
    }
    if (chain.equals("PREROUTING") || chain.equals("POSTROUTING")) {
      return "nat";
    }
    return chain.equals("FORWARD") || (table.equals("nat") && tables.has("nat", chain))
        ? "filter"
        : table;
  }
}
