package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Tool;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code nft list ruleset} (nft(8)), text, and JSON with {@code -j} (libnftables-json(5)).
 *
 * <pre>{@code
 * table inet filter {
 *   chain input {
 *     type filter hook input priority filter; policy drop;
 *     ct state established,related accept
 *     iifname { "lo", "wg0" } accept
 *     udp dport 51820 counter packets 1 bytes 176 accept
 *   }
 * }
 * }</pre>
 *
 * <p>The text is turned into the JSON that nft would have printed, so that rules are understood in
 * one place, {@link NftRule}. The families that IP packets do not pass (arp, bridge, netdev) are
 * left out.
 */
public final class NftParser implements Parser {
  private static final Pattern TABLE =
      Pattern.compile("^\\s*table (?:ip|ip6|inet|arp|bridge|netdev) \\S+ \\{.*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("nft") && command.has("list");
  }

  @Override
  public boolean recognises(String output) {
    return JsonElements.looksLike(output)
        ? output.contains("\"nftables\"")
        : TextLines.of(output).stream().anyMatch(line -> TABLE.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    boolean whole = true;
    List<JsonNode> elements;
    if (JsonElements.looksLike(output)) {
      JsonElements json = JsonElements.of(output);
      elements = json.elements();
      whole = json.whole();
    } else {
      NftText text = new NftText(output);
      elements = text.elements();
      whole = text.whole();
    }
    Integer exit = observation.exit();
    if (elements.isEmpty() && !(output.isBlank() && exit != null && exit == 0)) {
      reading.skip(0, "no ruleset in the output");
      return;
    }
    if (!whole) {
      reading.skip(0, "the ruleset ends in the middle");
    }
    NftRuleset ruleset = new NftRuleset(elements);
    Answer complete = !whole || ruleset.filtersElsewhere() ? Answer.NO : asked(command);
    reading.add(
        new Ruleset(
            observation.host(), observation.atMillis(), Tool.NFT, complete, ruleset.chains()));
  }

  /** Everything was asked for with {@code list ruleset} alone, without a family behind it. */
  private static Answer asked(CommandLine command) {
    if (command.program().isEmpty()) {
      return Answer.UNKNOWN;
    }
    int ruleset = command.arguments().indexOf("ruleset");
    return Answer.of(ruleset >= 0 && ruleset == command.arguments().size() - 1);
  }
}
