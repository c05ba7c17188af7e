package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.RoutingRules;
import io.wgwhy.facts.RoutingRules.RoutingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip rule} (ip-rule(8)), JSON and text. These are the rules of wg-quick's full tunnel:
 *
 * <pre>{@code
 * 0:      from all lookup local
 * 32764:  from all lookup main suppress_prefixlength 0
 * 32765:  not from all fwmark 0xca6c lookup 51820
 * 32766:  from all lookup main
 * 32767:  from all lookup default
 * }</pre>
 */
public final class IpRuleParser implements Parser {
  private static final Pattern LINE =
      Pattern.compile("^\\s*(\\d{1,10}):\\s+((?:not )?from \\S.*)$");

  @Override
  public boolean reads(CommandLine command) {
    return IpCommand.of(command).shows("rule");
  }

  @Override
  public boolean recognises(String output) {
    return JsonElements.looksLike(output)
        ? output.contains("\"priority\":") && output.contains("\"src\":")
        : TextLines.of(output).stream().anyMatch(line -> LINE.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<RoutingRule> rules = new ArrayList<>();
    String output = observation.output();
    if (JsonElements.looksLike(output)) {
      for (JsonNode element : JsonElements.read(output, reading)) {
        Long priority = JsonElements.number(element, "priority");
        if (priority != null) {
          add(rules, fromJson(priority, element), 0, reading);
        }
      }
    } else {
      int number = 0;
      for (String line : TextLines.of(output)) {
        number++;
        Matcher rule = LINE.matcher(line);
        if (rule.matches()) {
          add(
              rules,
              fromText(rule.group(1), Arrays.asList(rule.group(2).strip().split("\\s+"))),
              number,
              reading);
        } else if (!line.isBlank()) {
          reading.skip(number, "a rule with its priority expected");
        }
      }
    }
    if (!rules.isEmpty()) {
      reading.add(new RoutingRules(observation.host(), observation.atMillis(), rules));
    }
  }

  /** A rule for a prefix that cannot be read is left out: without it, it would be one for all. */
  private static void add(List<RoutingRule> rules, RoutingRule rule, int line, Reading reading) {
    String source = rule.source();
    String destination = rule.destination();
    if ((source == null || Cidr.isPrefix(source))
        && (destination == null || Cidr.isPrefix(destination))) {
      rules.add(rule);
    } else {
      reading.skip(line, "prefixes of addresses expected");
    }
  }

  private static RoutingRule fromJson(long priority, JsonNode element) {
    String table = JsonElements.word(element, "table");
    return new RoutingRule(
        (int) priority,
        element.has("not"),
        prefix(JsonElements.word(element, "src"), JsonElements.number(element, "srclen")),
        prefix(JsonElements.word(element, "dst"), JsonElements.number(element, "dstlen")),
        mark(JsonElements.word(element, "fwmark")),
        table == null ? "" : table,
        Numbers.small(JsonElements.word(element, "suppress_prefixlen")),
        JsonElements.word(element, "iif"));
  }

  private static RoutingRule fromText(String priority, List<String> words) {
    String table = after(words, "lookup");
    Integer number = Numbers.small(priority);
    return new RoutingRule(
        number == null ? Integer.MAX_VALUE : number,
        words.get(0).equals("not"),
        prefix(after(words, "from"), null),
        prefix(after(words, "to"), null),
        mark(after(words, "fwmark")),
        table == null ? "" : table,
        Numbers.small(after(words, "suppress_prefixlength")),
        after(words, "iif"));
  }

  private static @Nullable String after(List<String> words, String name) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 >= words.size() ? null : Word.of(words.get(at + 1));
  }

  private static @Nullable String prefix(@Nullable String address, @Nullable Long length) {
    if (address == null || address.equals("all")) {
      return null;
    }
    return length == null ? RouteLine.cidr(address, false) : address + "/" + length;
  }

  /** {@code 0xca6c}, or {@code 0x1/0xff} with a mask. */
  private static @Nullable Long mark(@Nullable String text) {
    return text == null ? null : Numbers.whole(text.replaceFirst("/.*", ""));
  }
}
