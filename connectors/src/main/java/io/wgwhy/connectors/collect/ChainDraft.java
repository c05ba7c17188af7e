package io.wgwhy.connectors.collect;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A chain while it is read. */
final class ChainDraft {
  private final String family;
  private final String table;
  private final String name;
  private @Nullable String type;
  private @Nullable Hook hook;
  private @Nullable Integer priority;
  private @Nullable Action policy;
  private @Nullable Long policyPackets;
  private final List<Rule> rules = new ArrayList<>();

  ChainDraft(String family, String table, String name) {
    this.family = family;
    this.table = table;
    this.name = name;
  }

  void base(@Nullable String itsType, Hook itsHook, @Nullable Integer itsPriority) {
    type = itsType;
    hook = itsHook;
    priority = itsPriority;
  }

  void policy(@Nullable Action itsPolicy, @Nullable Long packets) {
    policy = itsPolicy;
    policyPackets = packets;
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  boolean hasPolicy() {
    return policy != null;
  }

  Chain chain() {
    return new Chain(
        family, table, name, type, hook, priority, policy, policyPackets, List.copyOf(rules));
  }

  /** What somebody's settings amount to, as far as they are shown. */
  Ruleset asSettings(Observation observation) {
    return new Ruleset(
        observation.host(),
        observation.atMillis(),
        Ruleset.Tool.SETTINGS,
        Answer.NO,
        List.of(chain()));
  }

  /** A policy or verdict by its name; null when there is none of that name. */
  static @Nullable Action policyNamed(@Nullable String name) {
    return name == null
        ? null
        : switch (name.toUpperCase(Locale.ROOT)) {
          case "ACCEPT" -> Action.ACCEPT;
          case "DROP" -> Action.DROP;
          case "QUEUE" -> Action.QUEUE;
          default -> null;
        };
  }

  /** A hook by its name; null for those outside of IP's path (ingress, egress). */
  static @Nullable Hook hookNamed(String name) {
    return switch (name) {
      case "prerouting" -> Hook.PREROUTING;
      case "input" -> Hook.INPUT;
      case "forward" -> Hook.FORWARD;
      case "output" -> Hook.OUTPUT;
      case "postrouting" -> Hook.POSTROUTING;
      default -> null;
    };
  }
}
