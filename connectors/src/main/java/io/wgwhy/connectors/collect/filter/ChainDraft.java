package io.wgwhy.connectors.collect.filter;

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
public final class ChainDraft {
  private final String family;
  private final String table;
  private final String name;
  private @Nullable String type;
  private @Nullable Hook hook;
  private @Nullable Integer priority;
  private @Nullable Action policy;
  private @Nullable Long policyPackets;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * An empty chain. {@code family} and {@code table} as nft names them ({@code ip}, {@code
   * filter}).
   */
  public ChainDraft(String family, String table, String name) {
    this.family = family;
    this.table = table;
    this.name = name;
  }

  /**
   * Makes it a base chain, one that the kernel itself calls (nft(8)).
   *
   * @param itsType {@code filter}, {@code nat} or {@code route}; null when not shown
   * @param itsPriority its place among the chains of the hook; null when not shown
   */
  public void base(@Nullable String itsType, Hook itsHook, @Nullable Integer itsPriority) {
    type = itsType;
    hook = itsHook;
    priority = itsPriority;
  }

  /**
   * What befalls a packet that no rule decides; null when not shown, as the packets that it met.
   */
  public void policy(@Nullable Action itsPolicy, @Nullable Long packets) {
    policy = itsPolicy;
    policyPackets = packets;
  }

  /** Adds a rule behind those before. */
  public void add(Rule rule) {
    rules.add(rule);
  }

  boolean hasPolicy() {
    return policy != null;
  }

  /** The chain as far as it was read. */
  public Chain chain() {
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
