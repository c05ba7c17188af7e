package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of a ruleset, put together: chains with their rules, and the sets rules refer to. */
final class NftRuleset {
  private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet");

  private final Map<String, ChainDraft> chains = new LinkedHashMap<>();
  private final Map<String, JsonNode> sets = new HashMap<>();
  private final Set<String> ignored = new HashSet<>();
  private boolean filtersElsewhere;

  NftRuleset(List<JsonNode> elements) {
    for (JsonNode element : elements) {
      if (element.has("table")) {
        table(element.path("table"));
      } else if (element.has("chain")) {
        chain(element.path("chain"));
      } else if (element.has("set")) {
        sets.put(key(element.path("set"), "name"), element.path("set"));
      } else if (element.has("map")) {
        sets.put(key(element.path("map"), "name"), element.path("map"));
      }
    }
    // Rules come last: a set may be printed behind the chain that uses it.
    for (JsonNode element : elements) {
      if (element.has("rule")) {
        rule(element.path("rule"));
      }
    }
  }

  List<Chain> chains() {
    return chains.values().stream().map(ChainDraft::chain).toList();
  }

  /** Whether there are rules at ingress or egress, which a {@code Ruleset} does not hold. */
  boolean filtersElsewhere() {
    return filtersElsewhere;
  }

  private void table(JsonNode table) {
    // A dormant table is there and does nothing (nft(8), "Tables").
    if (table.path("flags").toString().contains("\"dormant\"")) {
      ignored.add(table.path("family").asText() + " " + table.path("name").asText());
    }
  }

  private boolean isIgnored(JsonNode object) {
    String family = object.path("family").asText();
    return !FAMILIES.contains(family)
        || ignored.contains(family + " " + object.path("table").asText())
        || ignored.contains(key(object, object.has("chain") ? "chain" : "name"));
  }

  private void chain(JsonNode object) {
    String hookName = object.path("hook").asText("");
    Hook hook = ChainDraft.hookNamed(hookName);
    if (!hookName.isEmpty() && hook == null) {
      ignored.add(key(object, "name"));
    }
    if (isIgnored(object)) {
      return;
    }
    ChainDraft chain = named(object, "name");
    if (hook != null) {
      Long priority = JsonElements.number(object, "prio");
      chain.base(
          JsonElements.word(object, "type"),
          hook,
          priority == null ? null : Integer.valueOf(priority.intValue()));
      chain.policy(ChainDraft.policyNamed(JsonElements.word(object, "policy")), null);
    }
  }

  private void rule(JsonNode object) {
    if (isIgnored(object)) {
      filtersElsewhere |=
          object.path("family").asText().equals("netdev") || ignored.contains(key(object, "chain"));
      return;
    }
    ChainDraft chain = named(object, "chain");
    for (RuleDraft draft : new NftRule(object, this).drafts()) {
      chain.add(draft.rule());
    }
  }

  /** The elements of a named set or map in the table of a rule; null when they were not shown. */
  @Nullable JsonNode elementsOf(JsonNode rule, String name) {
    JsonNode set =
        sets.get(rule.path("family").asText() + " " + rule.path("table").asText() + " " + name);
    JsonNode elements = set == null ? null : set.get("elem");
    return elements == null || !elements.isArray() || elements.isEmpty() ? null : elements;
  }

  private ChainDraft named(JsonNode object, String member) {
    return chains.computeIfAbsent(
        key(object, member),
        key ->
            new ChainDraft(
                object.path("family").asText(),
                Word.of(object.path("table").asText()),
                Word.of(object.path(member).asText())));
  }

  private static String key(JsonNode object, String member) {
    return object.path("family").asText()
        + " "
        + object.path("table").asText()
        + " "
        + object.path(member).asText();
  }
}
