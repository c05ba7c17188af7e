package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Rules.input;
import static io.wgwhy.engine.session.Rules.partOf;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Tool;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several drops of a ruleset is told, where nothing but the ruleset is shown. */
class FilterCluesTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  @Test
  void the_rule_that_drops_everything_is_told() {
    assertThat(told(input(ACCEPT, "proto tcp; dport 22; accept", "drop"))).contains("a drop rule");
  }

  @Test
  void the_policy_is_told_where_no_rule_drops() {
    assertThat(told(input(DROP, "proto tcp; dport 22; accept"))).contains("policy drop");
  }

  /** As {@code iptables -L} shows it: the rule may be of another device, the policy is of all. */
  @Test
  void of_a_rule_whose_device_is_not_shown_and_a_policy_the_policy_is_told() {
    assertThat(told(input(DROP, "proto tcp; dport 22; accept", "other devices; proto udp; drop")))
        .contains("policy drop");
  }

  @Test
  void a_rule_whose_device_is_not_shown_drops_nothing_for_sure() {
    assertThat(
            findings(
                input(ACCEPT, "proto tcp; dport 22; accept", "other devices; proto udp; drop")))
        .isEmpty();
  }

  @Test
  void what_is_accepted_before_is_not_dropped() {
    assertThat(findings(input(DROP, "proto udp; dport 51820; accept", "drop"))).isEmpty();
  }

  private static String told(Ruleset.Chain chain) {
    return findings(chain).stream()
        .filter(it -> it.cause().equals("udp-port-blocked-by-host-firewall"))
        .flatMap(it -> it.evidence().stream())
        .map(Finding.Evidence::says)
        .toList()
        .toString();
  }

  private static List<Finding> findings(Ruleset.Chain chain) {
    Ruleset shown = partOf(Rules.iptables(chain));
    assertThat(shown.tool()).isEqualTo(Tool.IPTABLES);
    try (Consultation consultation = new Consultation("default", "default", RULES)) {
      consultation.accept(shown);
      return consultation.findings();
    }
  }
}
