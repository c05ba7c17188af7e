package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code nft list ruleset} as the JSON elements that nft prints with {@code -j}:
 * tables, chains, sets, maps and rules. What stands within one line of a rule is {@link
 * NftRuleText}'s business.
 */
final class NftText {
  private static final Pattern TABLE = Pattern.compile("^table (\\S+) (\\S+) \\{\\s*(?:#.*)?$");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^(chain|set|map|flowtable|counter|quota|limit|ct \\w+|secmark|synproxy) (\\S+) \\{\\s*(?:#.*)?$");
  private static final Pattern BASE =
      Pattern.compile(
          "^type (\\w+) hook (\\w+)(?: devices? = \\S+| device \\S+)? priority ([^;]+);(?: policy (\\w+);)?.*$");

  /** Names for priorities (nft(8), "Standard priority names"). */
  private static final Map<String, Integer> PRIORITIES =
      Map.of(
          "raw", -300, "mangle", -150, "dstnat", -100, "filter", 0, "security", 50, "srcnat", 100);

  private final List<JsonNode> elements = new ArrayList<>();
  private @Nullable ObjectNode table;
  private @Nullable ObjectNode block;
  private String blockKind = "";
  private int depth;
  private boolean broken;

  NftText(String output) {
    StringBuilder joined = new StringBuilder();
    for (String line : OutputLines.of(output)) {
      joined.append(joined.length() == 0 ? "" : " ").append(line.strip());
      String text = joined.toString();
      // A set's elements may go over several lines; only table and block lines open a brace.
      if (depth < 2 || NftRuleText.balance(text) <= 0) {
        line(text);
        joined.setLength(0);
      }
    }
    broken |= joined.length() > 0;
  }

  List<JsonNode> elements() {
    return elements;
  }

  /** Whether every table was closed. */
  boolean whole() {
    return depth == 0 && !broken;
  }

  private void line(String text) {
    Matcher opening = depth == 0 ? TABLE.matcher(text) : BLOCK.matcher(text);
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    if (text.startsWith("}")) {
      depth = Math.max(0, depth - 1);
      return;
    }
    if (depth < 2 && opening.matches()) {
      depth++;
      if (depth == 1) {
        table = object("family", opening.group(1), "name", opening.group(2));
        add("table", table);
      } else {
        open(opening.group(1), opening.group(2));
      }
      return;
    }
    if (depth == 1 && table != null && text.matches("flags .*\\bdormant\\b.*")) {
      table.putArray("flags").add("dormant");
    } else if (depth == 2) {
      inBlock(text);
    } else {
      // Prompts and remarks stand around a pasted ruleset; within a table nothing else may.
      broken |= depth == 1 && !text.matches("(comment|flags) .*");
    }
  }

  private void open(String kind, String name) {
    blockKind = kind;
    block = object("family", text(table, "family"), "table", text(table, "name"), "name", name);
    if (kind.equals("chain") || kind.equals("set") || kind.equals("map")) {
      add(kind, block);
    }
  }

  private void inBlock(String text) {
    Matcher base = BASE.matcher(text);
    if (block == null || (text.matches("(comment|policy) .*") && blockKind.equals("chain"))) {
      return;
    }
    if (blockKind.equals("chain") && base.matches()) {
      block.put("type", base.group(1)).put("hook", base.group(2));
      Integer priority = priority(base.group(3).strip());
      if (priority != null) {
        block.put("prio", priority);
      }
      if (base.group(4) != null) {
        block.put("policy", base.group(4));
      }
    } else if (blockKind.equals("chain")) {
      ObjectNode rule =
          object(
              "family",
              text(block, "family"),
              "table",
              text(block, "table"),
              "chain",
              text(block, "name"));
      rule.set("expr", new NftRuleText(text).statements());
      add("rule", rule);
    } else if (text.startsWith("elements = {")) {
      block.set(
          "elem",
          NftRuleText.elements(text.substring("elements = ".length()), blockKind.equals("map")));
    }
  }

  /** {@code filter}, {@code dstnat + 10}, {@code -100}. */
  private static @Nullable Integer priority(String text) {
    Matcher priority = Pattern.compile("([a-z]+)(?: ?([+-]) ?(\\d{1,9}))?").matcher(text);
    if (!priority.matches()) {
      return Numbers.small(text);
    }
    Integer named = PRIORITIES.get(priority.group(1));
    Integer offset =
        priority.group(3) == null ? Integer.valueOf(0) : Numbers.small(priority.group(3));
    return named == null || offset == null
        ? null
        : Integer.valueOf("-".equals(priority.group(2)) ? named - offset : named + offset);
  }

  private void add(String kind, ObjectNode object) {
    ObjectNode element = JsonNodeFactory.instance.objectNode();
    element.set(kind, object);
    elements.add(element);
  }

  private static ObjectNode object(String... members) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < members.length; i += 2) {
      object.put(members[i], members[i + 1]);
    }
    return object;
  }

  private static String text(@Nullable ObjectNode object, String member) {
    return object == null ? "" : object.path(member).asText();
  }
}
