package io.wgwhy.connectors.collect.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Golden;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftParserTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "nft");

  @Test
  void text_and_json_of_one_ruleset_say_the_same() {
    Ruleset text = read("nft list ruleset", Golden.text(GOLDEN.resolve("many-statements.out")));
    Ruleset json =
        read("nft -j list ruleset", Golden.text(GOLDEN.resolve("many-statements-json.out")));

    assertThat(text).isEqualTo(json);
    assertThat(text.chains()).hasSizeGreaterThan(5);
  }

  @Test
  void a_verdict_map_becomes_one_rule_for_each_element() {
    List<Rule> rules = rules("ct state vmap { established : accept, invalid : drop }");

    assertThat(rules)
        .containsExactly(
            rule(Action.ACCEPT, match(Field.CONNECTION_STATE, "established")),
            rule(Action.DROP, match(Field.CONNECTION_STATE, "invalid")));
  }

  @Test
  void a_verdict_map_over_two_things_matches_both() {
    List<Rule> rules = rules("iifname . udp dport vmap { \"eth0\" . 51820 : accept }");

    assertThat(rules)
        .containsExactly(
            rule(
                Action.ACCEPT,
                match(Field.INPUT_DEVICE, "eth0"),
                match(Field.PROTOCOL, "udp"),
                match(Field.DESTINATION_PORT, "51820")));
  }

  @Test
  void a_set_that_is_not_shown_is_a_match_that_is_not_understood() {
    Rule rule = rules("udp dport @ports accept").get(0);

    assertThat(rule.matches()).extracting(Match::field).contains(Field.OTHER);
    assertThat(rule.matches()).extracting(Match::field).doesNotContain(Field.DESTINATION_PORT);
  }

  @Test
  void a_statement_that_is_not_understood_is_never_dropped() {
    assertThat(rules("frobnicate").get(0).action()).isEqualTo(Action.UNKNOWN);

    Rule accepted = rules("frobnicate accept").get(0);
    assertThat(accepted.action()).isEqualTo(Action.ACCEPT);
    assertThat(accepted.matches()).extracting(Match::field).containsExactly(Field.OTHER);
  }

  @Test
  void a_rule_without_verdict_goes_on() {
    assertThat(rules("counter packets 7 bytes 9"))
        .containsExactly(new Rule(List.of(), Action.CONTINUE, null, 7L));
  }

  @Test
  void inversions_are_kept() {
    assertThat(rules("iifname != \"wg0\" drop"))
        .containsExactly(rule(Action.DROP, new Match(Field.INPUT_DEVICE, true, List.of("wg0"))));
  }

  @Test
  void filters_at_ingress_make_it_incomplete() {
    Ruleset ruleset =
        read(
            "nft list ruleset",
            """
            table netdev early {
              chain in {
                type filter hook ingress device "eth0" priority filter; policy accept;
                udp dport 51820 drop
              }
            }
            """);

    assertThat(ruleset.complete()).isEqualTo(Answer.NO);
    assertThat(ruleset.chains()).isEmpty();
  }

  @Test
  void a_dormant_table_does_nothing() {
    Ruleset ruleset =
        read(
            "nft list ruleset",
            """
            table ip off {
              flags dormant
              chain input {
                type filter hook input priority filter; policy drop;
              }
            }
            """);

    assertThat(ruleset.chains()).isEmpty();
  }

  private static List<Rule> rules(String rule) {
    String chain = "type filter hook input priority filter; policy drop;\n" + rule;
    return read("nft list ruleset", "table ip t {\nchain c {\n" + chain + "\n}\n}\n")
        .chains()
        .get(0)
        .rules();
  }

  private static Ruleset read(String command, String output) {
    Observation observation = new Observation(0, "srv", command, 0, output, null, null, null);
    return (Ruleset) new Parsers(Secrets.withoutTenantKey()).parse(observation).facts().get(0);
  }

  private static Rule rule(Action action, Match... matches) {
    return new Rule(List.of(matches), action, null, null);
  }

  private static Match match(Field field, String value) {
    return new Match(field, false, List.of(value));
  }
}
