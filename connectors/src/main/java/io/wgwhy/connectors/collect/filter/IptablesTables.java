package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The chains of iptables' tables as they are read. */
final class IptablesTables {
  private final String family;
  private final Map<String, Map<String, ChainDraft>> tables = new LinkedHashMap<>();

  IptablesTables(String family) {
    this.family = family;
  }

  String family() {
    return family;
  }

  /** A chain, made when it is new; the names of iptables' own chains tell where they are called. */
  ChainDraft chain(String table, String name) {
    return tables
        .computeIfAbsent(table, key -> new LinkedHashMap<>())
        .computeIfAbsent(name, key -> made(table, name));
  }

  /** Shows the chains of another listing, too; of a chain that both show that one's. */
  void show(IptablesTables other) {
    other.tables.forEach(
        (table, chains) ->
            tables.computeIfAbsent(table, key -> new LinkedHashMap<>()).putAll(chains));
  }

  boolean has(String table, String name) {
    return tables.getOrDefault(table, Map.of()).containsKey(name);
  }

  Set<String> names(String table) {
    return new LinkedHashSet<>(tables.getOrDefault(table, Map.of()).keySet());
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Whether a base chain's policy was shown. */
  boolean hasPolicies() {
    return tables.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .anyMatch(ChainDraft::hasPolicy);
  }

  List<Chain> chains() {
    return tables.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .map(ChainDraft::chain)
        .toList();
  }

  private ChainDraft made(String table, String name) {
    ChainDraft chain = new ChainDraft(family, Word.of(table), Word.of(name));
    Hook hook =
        name.equals(name.toUpperCase(Locale.ROOT))
            ? ChainDraft.hookNamed(name.toLowerCase(Locale.ROOT))
            : null;
    if (hook != null) {
      chain.base(type(table, hook), hook, priority(table, hook));
    }
    return chain;
  }

  private static String type(String table, Hook hook) {
    return table.equals("nat")
        ? "nat"
        : table.equals("mangle") && hook == Hook.OUTPUT ? "route" : "filter";
  }

  /** The kernel's priorities (linux/netfilter_ipv4.h, enum nf_ip_hook_priorities). */
  private static @Nullable Integer priority(String table, Hook hook) {
    return switch (table) {
      case "raw" -> -300;
      case "mangle" -> -150;
      case "nat" -> hook == Hook.PREROUTING || hook == Hook.OUTPUT ? -100 : 100;
      case "filter" -> 0;
      case "security" -> 50;
      default -> null;
    };
  }
}
