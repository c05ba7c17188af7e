package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import io.wgwhy.facts.Ruleset.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rulesets in few words. A rule is written {@code "proto udp; dport 51820; accept"}, a jump {@code
 * "iif eth0; jump zone"}; a {@code !} before a match inverts it, {@code #3} at the end counts.
 */
final class Rules {
  private Rules() {}

  static Ruleset nft(Chain... chains) {
    return new Ruleset("srv", Lab.ms(0), Tool.NFT, Answer.YES, List.of(chains));
  }

  static Ruleset iptables(Chain... chains) {
    return new Ruleset("srv", Lab.ms(0), Tool.IPTABLES, Answer.YES, List.of(chains));
  }

  static Ruleset on(String host, double at, Ruleset ruleset) {
    return new Ruleset(host, Lab.ms(at), ruleset.tool(), ruleset.complete(), ruleset.chains());
  }

  static Ruleset partOf(Ruleset ruleset) {
    return new Ruleset(ruleset.host(), ruleset.at(), ruleset.tool(), Answer.NO, ruleset.chains());
  }

  static Chain input(Action policy, String... rules) {
    return base("inet", "filter", Hook.INPUT, 0, policy, rules);
  }

  static Chain base(
      String family, String type, Hook hook, int priority, Action policy, String... rules) {
    String name = hook.name().toLowerCase(java.util.Locale.ROOT);
    return new Chain(family, "t", name, type, hook, priority, policy, null, read(rules));
  }

  static Chain counting(Chain chain, long policyPackets) {
    return new Chain(
        chain.family(),
        chain.table(),
        chain.name(),
        chain.type(),
        chain.hook(),
        chain.priority(),
        chain.policy(),
        policyPackets,
        chain.rules());
  }

  static Chain chain(String name, String... rules) {
    return new Chain("inet", "t", name, null, null, null, null, null, read(rules));
  }

  private static List<Rule> read(String... rules) {
    return Arrays.stream(rules).map(Rules::read).toList();
  }

  private static Rule read(String text) {
    List<Match> matches = new ArrayList<>();
    Long packets = null;
    String[] parts = text.split(";");
    for (String part : Arrays.copyOf(parts, parts.length - 1)) {
      String trimmed = part.strip();
      boolean inverted = trimmed.startsWith("!");
      String[] words = (inverted ? trimmed.substring(1).strip() : trimmed).split(" ", 2);
      List<String> values = words.length < 2 ? List.of() : List.of(words[1].split(","));
      matches.add(new Match(field(words[0]), inverted, values));
    }
    String end = parts[parts.length - 1].strip();
    if (end.contains("#")) {
      packets = Long.valueOf(end.substring(end.indexOf('#') + 1));
      end = end.substring(0, end.indexOf('#')).strip();
    }
    String[] words = end.split(" ");
    Action action = Action.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
    return new Rule(matches, action, words.length > 1 ? words[1] : null, packets);
  }

  private static Field field(String word) {
    return switch (word) {
      case "iif" -> Field.INPUT_DEVICE;
      case "oif" -> Field.OUTPUT_DEVICE;
      case "proto" -> Field.PROTOCOL;
      case "family" -> Field.FAMILY;
      case "sport" -> Field.SOURCE_PORT;
      case "dport" -> Field.DESTINATION_PORT;
      case "saddr" -> Field.SOURCE_ADDRESS;
      case "daddr" -> Field.DESTINATION_ADDRESS;
      case "state" -> Field.CONNECTION_STATE;
      case "dtype" -> Field.DESTINATION_TYPE;
      case "mark" -> Field.MARK;
      default -> Field.OTHER;
    };
  }

  /** What {@code iptables -t TABLE -S} shows of the client (iptables(8)). */
  static Ruleset part(double at, String table) {
    Chain chain = of(table, Hook.OUTPUT, Action.ACCEPT);
    return new Ruleset("cli", Lab.ms(at), Tool.IPTABLES, Answer.NO, List.of(chain));
  }

  /** A chain of a table of iptables, with its policy only. */
  static Chain of(String table, Hook hook, Action policy) {
    return new Chain("ip", table, hook.name(), table, hook, 0, policy, null, List.of());
  }
}
