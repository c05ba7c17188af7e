package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.facts.Ruleset.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One rule of nft, statement by statement (libnftables-json(5), "STATEMENTS"). A verdict map or a
 * list of concatenations becomes one rule for each element, as they are tried one by one.
 */
final class NftRule {
  /** Statements that change or note something and let the packet go on. */
  private static final Set<String> HARMLESS =
      Set.of("log", "mangle", "notrack", "flow", "ct helper", "ct timeout", "comment", "last");

  private final JsonNode rule;
  private final NftRuleset ruleset;
  private final List<RuleDraft> drafts = new ArrayList<>();

  NftRule(JsonNode rule, NftRuleset ruleset) {
    this.rule = rule;
    this.ruleset = ruleset;
    drafts.add(new RuleDraft());
    for (JsonNode statement : rule.path("expr")) {
      statement.properties().forEach(member -> statement(member.getKey(), member.getValue()));
    }
  }

  List<RuleDraft> drafts() {
    return drafts;
  }

  private void statement(String name, JsonNode value) {
    switch (name) {
      case "match" -> match(value);
      case "vmap" -> verdictMap(value);
      case "counter" -> {
        // Behind an expansion the counter is that of all elements together.
        Long packets = drafts.size() == 1 ? JsonElements.number(value, "packets") : null;
        each(draft -> draft.packets(packets));
      }
      case "xt" -> foreign(value);
      case "set" -> {
        // "add @set { … limit … }": the statements inside may match.
        if (value.has("stmt")) {
          each(draft -> draft.other("set"));
        }
      }
      default -> {
        if (!HARMLESS.contains(name)
            && drafts.stream().anyMatch(draft -> !verdict(draft, name, value))) {
          boolean match = name.equals("limit") || name.equals("quota") || name.equals("ct count");
          each(draft -> note(draft, name, match));
        }
      }
    }
  }

  private static void note(RuleDraft draft, String name, boolean match) {
    if (match) {
      draft.other(name.replace(' ', '-'));
    } else if (!draft.decided()) {
      draft.strange(name.replace(' ', '-'));
    }
  }

  private void each(Consumer<RuleDraft> change) {
    drafts.forEach(change);
  }

  private void match(JsonNode match) {
    JsonNode left = match.path("left");
    JsonNode right = match.path("right");
    String operator = match.path("op").asText("==");
    List<JsonNode> alternatives =
        left.has("concat") ? NftMatch.elements(resolved(right)) : List.of(resolved(right));
    boolean expands = left.has("concat") && (operator.equals("==") || operator.equals("in"));
    if ((left.has("concat") && !expands)
        || alternatives.isEmpty()
        || drafts.size() * alternatives.size() > RuleDraft.MOST_VALUES) {
      each(draft -> draft.other("concatenation"));
      return;
    }
    List<RuleDraft> expanded = new ArrayList<>();
    for (RuleDraft draft : drafts) {
      for (JsonNode alternative : alternatives) {
        RuleDraft copy = draft.copy();
        new NftMatch(copy, family()).add(left, operator, alternative);
        expanded.add(copy);
      }
    }
    drafts.clear();
    drafts.addAll(expanded);
  }

  private void verdictMap(JsonNode map) {
    JsonNode data = resolved(map.path("data"));
    List<JsonNode> elements = NftMatch.elements(data);
    if (elements.isEmpty() || drafts.size() * elements.size() > RuleDraft.MOST_VALUES) {
      each(draft -> draft.strange("vmap"));
      return;
    }
    List<RuleDraft> expanded = new ArrayList<>();
    List<RuleDraft> catchAll = new ArrayList<>();
    for (RuleDraft draft : drafts) {
      for (JsonNode element : elements) {
        RuleDraft copy = draft.copy();
        copy.packets(null); // a counter before the map has counted for all of its elements
        JsonNode key = NftMatch.value(element.path(0));
        boolean any = key.asText().equals("*");
        if (!any) {
          new NftMatch(copy, family()).add(map.path("key"), "==", key);
        }
        element
            .path(1)
            .properties()
            .forEach(
                member -> {
                  if (!verdict(copy, member.getKey(), member.getValue())) {
                    copy.strange(member.getKey());
                  }
                });
        (any ? catchAll : expanded).add(copy);
      }
    }
    drafts.clear();
    drafts.addAll(expanded);
    drafts.addAll(catchAll);
  }

  /** A named set or map replaced by its elements; itself when it is not named or not shown. */
  private JsonNode resolved(JsonNode value) {
    String name = value.asText("");
    JsonNode elements = name.startsWith("@") ? ruleset.elementsOf(rule, name.substring(1)) : null;
    return elements == null ? value : elements;
  }

  private String family() {
    return rule.path("family").asText();
  }

  /** An extension of iptables that nft only knows by name. */
  private void foreign(JsonNode xt) {
    String name = xt.path("name").asText("?");
    if (xt.path("type").asText().equals("target")) {
      Action action = IptablesTarget.actionNamed(name);
      each(
          draft -> {
            if (action == null) {
              draft.strange("xt");
            } else if (action != Action.CONTINUE) {
              draft.verdict(action, null);
            }
          });
    } else if (xt.path("type").asText().equals("match")) {
      if (!name.equals("comment")) {
        each(draft -> draft.other(name));
      }
    } else {
      each(draft -> draft.strange("xt"));
    }
  }

  private static boolean verdict(RuleDraft draft, String name, JsonNode value) {
    Action action =
        switch (name) {
          case "accept" -> Action.ACCEPT;
          case "drop" -> Action.DROP;
          case "reject" -> Action.REJECT;
          case "jump" -> Action.JUMP;
          case "goto" -> Action.GOTO;
          case "return" -> Action.RETURN;
          case "continue" -> Action.CONTINUE;
          case "masquerade" -> Action.MASQUERADE;
          case "snat" -> Action.SNAT;
          case "dnat" -> Action.DNAT;
          case "redirect" -> Action.REDIRECT;
          case "queue" -> Action.QUEUE;
          default -> null;
        };
    if (action == null) {
      return false;
    }
    draft.verdict(action, target(value));
    return true;
  }

  /** The chain of a jump; the address of a translation, with its port where one is given. */
  private static @Nullable String target(JsonNode value) {
    String chain = JsonElements.word(value, "target");
    String address = JsonElements.word(value, "addr");
    Long port = JsonElements.number(value, "port");
    if (chain != null || address == null) {
      return chain;
    }
    String bracketed = port != null && address.contains(":") ? "[" + address + "]" : address;
    return port == null ? address : bracketed + ":" + port;
  }
}
