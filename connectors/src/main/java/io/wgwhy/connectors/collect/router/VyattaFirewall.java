package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.filter.ChainDraft;
import io.wgwhy.connectors.collect.filter.RuleDraft;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.connectors.collect.router.VyattaStatements.Statement;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The named IPv4 rulesets of a Vyatta configuration, where they hold for what comes from outside to
 * the router itself (EdgeOS: {@code local}).
 *
 * <pre>
 * set firewall name WAN_LOCAL default-action drop
 * set firewall name WAN_LOCAL rule 30 action accept
 * set firewall name WAN_LOCAL rule 30 destination port 51820
 * set firewall name WAN_LOCAL rule 30 protocol udp
 * set interfaces ethernet eth0 firewall local name WAN_LOCAL
 * </pre>
 */
final class VyattaFirewall {
  /** A ruleset that is named so holds for the line outside, on whatever device. */
  private static final String OUTER = "(?i).*(?:wan|outside|internet).*";

  /** The router's own chains, by their names since VyOS 1.4. */
  private static final String INPUT = "input";

  private static final String FORWARD = "forward";

  private final Map<String, Map<Integer, List<Statement>>> rules = new LinkedHashMap<>();
  private final Map<String, Action> defaults = new LinkedHashMap<>();

  private VyattaFirewall() {}

  /** The rules among the statements; null when none of them is about what comes from outside. */
  static @Nullable Ruleset of(List<Statement> statements, Observation observation) {
    VyattaFirewall firewall = new VyattaFirewall();
    List<String> local = new ArrayList<>();
    for (Statement statement : statements) {
      List<String> words = statement.words();
      if (words.size() > 4
          && words.get(0).equals("firewall")
          && words.get(1).equals("ipv4")
          && words.get(2).matches("input|forward")
          && words.get(3).equals("filter")) {
        firewall.statement(words.get(2), new Statement(0, words.subList(4, words.size())));
        if (words.get(2).equals(INPUT)) {
          local.add(INPUT);
        }
      }
      if (words.size() > 4 && words.get(0).equals("firewall") && words.get(1).equals("name")) {
        firewall.statement(words.get(2), new Statement(0, words.subList(3, words.size())));
      }
      int at = words.indexOf("local");
      boolean set =
          words.size() == at + 3
              && at > 1
              && words.get(0).equals("interfaces")
              && words.get(at - 1).equals("firewall")
              && words.get(at + 1).equals("name");
      if (set && (words.get(1).equals("pppoe") || words.get(at + 2).matches(OUTER))) {
        local.add(words.get(at + 2));
      }
    }
    return firewall.ruleset(local, observation);
  }

  private void statement(String name, Statement statement) {
    if (statement.first().equals("default-action")) {
      defaults.put(name, action(statement.second()));
    } else if (statement.first().equals("rule")
        && statement.words().size() > 2
        && statement.second().matches("\\d{1,6}")) {
      rules
          .computeIfAbsent(name, unseen -> new TreeMap<>())
          .computeIfAbsent(Integer.valueOf(statement.second()), unseen -> new ArrayList<>())
          .add(new Statement(0, statement.words().subList(2, statement.words().size())));
    }
  }

  private @Nullable Ruleset ruleset(List<String> local, Observation observation) {
    // Two lines outside with two rulesets: nobody knows which one is meant.
    String name = local.stream().distinct().count() == 1 ? local.get(0) : null;
    List<Chain> chains = new ArrayList<>();
    if (name != null) {
      chain(name, Hook.INPUT, chains);
    }
    chain(FORWARD, Hook.FORWARD, chains);
    return chains.isEmpty()
        ? null
        : new Ruleset(
            observation.host(), observation.atMillis(), Ruleset.Tool.ROUTER, Answer.NO, chains);
  }

  /** Adds the chain, if it was shown what becomes of the rest. */
  private void chain(String name, Hook hook, List<Chain> chains) {
    Action last = defaults.get(name);
    if (last != null) {
      ChainDraft chain = new ChainDraft("ip", "filter", Word.of(name));
      chain.base("filter", hook, 0);
      chain.policy(last, null);
      rules.getOrDefault(name, Map.of()).values().forEach(its -> add(its, chain));
      chains.add(chain.chain());
    }
  }

  private static void add(List<Statement> its, ChainDraft chain) {
    RuleDraft rule = new RuleDraft();
    List<String> states = new ArrayList<>();
    for (Statement statement : its) {
      String path = String.join(" ", statement.words());
      String value = statement.words().get(statement.words().size() - 1);
      if (statement.first().equals("disable")) {
        return;
      } else if (statement.first().equals("action")) {
        rule.verdict(action(value), null);
      } else if (path.matches("protocol \\S+")) {
        protocol(rule, value);
      } else if (path.matches("destination port \\S+")) {
        rule.match(Field.DESTINATION_PORT, false, List.of(value.split(",")));
      } else if (path.matches("(?:in|out)bound-interface (?:interface-)?name [\\w.*@-]+")
          && !value.endsWith("*")) {
        boolean in = statement.first().equals("inbound-interface");
        rule.match(in ? Field.INPUT_DEVICE : Field.OUTPUT_DEVICE, false, List.of(value));
      } else if (path.matches("state (?:established|related|new|invalid) (?:enable|disable)")) {
        if (value.equals("enable")) {
          states.add(statement.second());
        }
      } else if (path.matches("state (?:established|related|new|invalid)")) {
        states.add(value);
      } else if (!path.matches("(?:description|log)\\b.*|destination|source|state")) {
        rule.other(statement.first());
      }
    }
    if (!states.isEmpty()) {
      rule.match(Field.CONNECTION_STATE, false, states);
    }
    chain.add(rule.rule());
  }

  private static void protocol(RuleDraft rule, String written) {
    boolean inverted = written.startsWith("!");
    String value = inverted ? written.substring(1) : written;
    switch (value) {
      case "all" -> {
        if (inverted) {
          rule.other("protocol");
        }
      }
      case "tcp_udp" -> rule.match(Field.PROTOCOL, inverted, List.of("tcp", "udp"));
      default -> rule.match(Field.PROTOCOL, inverted, List.of(value));
    }
  }

  private static Action action(String word) {
    return switch (word) {
      case "accept" -> Action.ACCEPT;
      case "drop" -> Action.DROP;
      case "reject" -> Action.REJECT;
      default -> Action.UNKNOWN;
    };
  }
}
