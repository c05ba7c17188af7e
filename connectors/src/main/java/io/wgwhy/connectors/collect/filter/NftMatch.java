package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matches of nft (libnftables-json(5), "EXPRESSIONS"): what is looked at on the left, the values on
 * the right. A payload match holds only for packets that have such a header: {@code udp dport 53}
 * is two matches, protocol and port.
 */
final class NftMatch {
  private static final Set<String> WITH_PORTS =
      Set.of("udp", "tcp", "udplite", "sctp", "dccp", "th");

  private final RuleDraft draft;
  private final String family;

  NftMatch(RuleDraft draft, String family) {
    this.draft = draft;
    this.family = family;
  }

  void add(JsonNode left, String operator, JsonNode right) {
    if (left.has("concat")) {
      JsonNode parts = left.path("concat");
      JsonNode values = value(right).path("concat");
      if (values.size() != parts.size()) {
        draft.other("concatenation");
        return;
      }
      for (int i = 0; i < parts.size(); i++) {
        add(parts.path(i), operator, values.path(i));
      }
    } else if (left.has("meta")) {
      meta(left.path("meta").path("key").asText(), operator, right);
    } else if (left.has("payload")) {
      payload(left.path("payload"), operator, right);
    } else if (left.path("ct").path("key").asText().equals("state")) {
      put(Field.CONNECTION_STATE, operator, right);
    } else if (left.has("fib")) {
      JsonNode fib = left.path("fib");
      boolean destinationType =
          fib.path("result").asText().equals("type")
              && fib.path("flags").size() <= 1
              && (fib.path("flags").path(0).asText().equals("daddr")
                  || fib.path("flags").asText().equals("daddr"));
      putOrOther(destinationType ? Field.DESTINATION_TYPE : null, "fib", operator, right);
    } else {
      String what = left.isObject() && left.fieldNames().hasNext() ? left.fieldNames().next() : "";
      draft.other(what.matches("[a-z ]+") ? what.replace(' ', '-') : "expression");
    }
  }

  private void meta(String key, String operator, JsonNode right) {
    Field field =
        switch (key) {
          case "iif", "iifname" -> Field.INPUT_DEVICE;
          case "oif", "oifname" -> Field.OUTPUT_DEVICE;
          case "l4proto" -> Field.PROTOCOL;
          case "nfproto", "protocol" -> Field.FAMILY;
          case "mark" -> Field.MARK;
          default -> null;
        };
    putOrOther(field, "meta", operator, right);
  }

  private void payload(JsonNode payload, String operator, JsonNode right) {
    String protocol = payload.path("protocol").asText("");
    String name = payload.path("field").asText("");
    boolean ip = protocol.equals("ip") || protocol.equals("ip6");
    if (ip && family.equals("inet")) {
      draft.match(Field.FAMILY, false, List.of(protocol));
    } else if (!ip && protocol.matches("udp|tcp|icmp|icmpv6|udplite|sctp|dccp|esp|ah")) {
      draft.match(Field.PROTOCOL, false, List.of(protocol));
    }
    Field field =
        switch (name) {
          case "saddr" -> ip ? Field.SOURCE_ADDRESS : null;
          case "daddr" -> ip ? Field.DESTINATION_ADDRESS : null;
          case "protocol", "nexthdr" -> ip ? Field.PROTOCOL : null;
          case "sport" -> WITH_PORTS.contains(protocol) ? Field.SOURCE_PORT : null;
          case "dport" -> WITH_PORTS.contains(protocol) ? Field.DESTINATION_PORT : null;
          default -> null;
        };
    putOrOther(field, protocol.isEmpty() ? "payload" : protocol + "-" + name, operator, right);
  }

  private void putOrOther(
      @Nullable Field field, String otherwise, String operator, JsonNode right) {
    if (field == null) {
      draft.other(otherwise);
    } else {
      put(field, operator, right);
    }
  }

  private void put(Field field, String operator, JsonNode right) {
    boolean port = field == Field.SOURCE_PORT || field == Field.DESTINATION_PORT;
    List<String> values =
        operator.matches("==|in|!=?|")
            ? values(field, right)
            : port ? range(operator, right.asText()) : null;
    draft.match(field, operator.startsWith("!"), values);
  }

  /** {@code udp dport > 1023} as a range. */
  private static @Nullable List<String> range(String operator, String text) {
    Integer port = Services.port(text);
    return port == null
        ? null
        : switch (operator) {
          case ">" -> List.of(port + 1 + "-65535");
          case ">=" -> List.of(port + "-65535");
          case "<" -> List.of("0-" + (port - 1));
          case "<=" -> List.of("0-" + port);
          default -> null;
        };
  }

  /** The values as words; null when one of them was not understood. */
  private static @Nullable List<String> values(Field field, JsonNode right) {
    List<JsonNode> elements = elements(right);
    List<String> values = new ArrayList<>();
    for (JsonNode element :
        elements.size() > RuleDraft.MOST_VALUES ? List.<JsonNode>of() : elements) {
      String text = text(value(element));
      String word = text == null || text.startsWith("@") ? null : normal(field, text);
      if (word == null) {
        return null;
      }
      values.add(word);
    }
    return values.isEmpty() ? null : values;
  }

  private static @Nullable String normal(Field field, String text) {
    return switch (field) {
      case SOURCE_PORT, DESTINATION_PORT -> Services.ports(text, '-');
      case PROTOCOL -> Services.protocol(text);
      case FAMILY ->
          switch (text) {
            case "ipv4", "ip", "2" -> "ip";
            case "ipv6", "ip6", "10" -> "ip6";
            default -> null;
          };
      case MARK -> {
        Long mark = Numbers.whole(text);
        yield mark == null ? null : mark.toString();
      }
      default -> Word.of(text);
    };
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isTextual() || value.isNumber()) {
      return value.asText();
    }
    JsonNode prefix = value.path("prefix");
    JsonNode range = value.path("range");
    return prefix.has("addr") && prefix.has("len")
        ? prefix.path("addr").asText() + "/" + prefix.path("len").asText()
        : range.size() == 2 ? range.path(0).asText() + "-" + range.path(1).asText() : null;
  }

  /** The elements of a set, a list or a bit mask; a single value alone. */
  static List<JsonNode> elements(JsonNode right) {
    JsonNode list = right.has("set") ? right.path("set") : right.has("|") ? right.path("|") : right;
    List<JsonNode> elements = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(elements::add);
    } else if (!list.isMissingNode() && !list.isNull()) {
      elements.add(list);
    }
    return elements;
  }

  /** An element may carry a timeout, a counter or a comment around its value. */
  static JsonNode value(JsonNode element) {
    return element.has("elem") ? element.path("elem").path("val") : element;
  }
}
