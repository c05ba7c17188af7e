package io.wgwhy.connectors.collect.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class IptablesParserTest {
  @Test
  void an_inversion_belongs_to_the_match_behind_it() {
    assertThat(rule("! -i wg+ -p udp ! --dport 53 -j DROP"))
        .isEqualTo(
            new Rule(
                List.of(
                    new Match(Field.INPUT_DEVICE, true, List.of("wg*")),
                    new Match(Field.PROTOCOL, false, List.of("udp")),
                    new Match(Field.DESTINATION_PORT, true, List.of("53"))),
                Action.DROP,
                null,
                null));
  }

  @Test
  void the_old_way_to_invert_is_read_too() {
    assertThat(rule("-s ! 10.0.0.0/255.0.0.0 -j ACCEPT").matches())
        .containsExactly(new Match(Field.SOURCE_ADDRESS, true, List.of("10.0.0.0/8")));
  }

  @Test
  void a_comment_is_no_condition_and_does_not_get_through() {
    Ruleset ruleset = read("iptables -S", "-A INPUT -m comment --comment \"my -p tcp\" -j DROP\n");

    assertThat(ruleset.chains().get(0).rules())
        .containsExactly(new Rule(List.of(), Action.DROP, null, null));
  }

  @Test
  void a_module_that_is_not_understood_is_told() {
    Rule rule = rule("-m recent --rcheck --name x -p udp -j DROP");

    assertThat(rule.matches()).extracting(Match::field).contains(Field.OTHER, Field.PROTOCOL);
  }

  @Test
  void a_jump_to_a_chain_and_to_a_target_that_is_not_understood_differ() {
    String chains = ":INPUT DROP [0:0]\n:docker - [0:0]\n";
    Ruleset ruleset =
        read(
            "iptables-save",
            "*filter\n" + chains + "-A INPUT -j docker\n-A INPUT -j NOVELTY\nCOMMIT\n");

    assertThat(ruleset.chains().get(0).rules())
        .extracting(Rule::action)
        .containsExactly(Action.JUMP, Action.UNKNOWN);
  }

  @Test
  void without_v_the_devices_are_unknown() {
    Ruleset ruleset =
        read(
            "iptables -L -n",
            """
            Chain INPUT (policy DROP)
            target     prot opt source               destination
            ACCEPT     all  --  0.0.0.0/0            0.0.0.0/0
            """);

    assertThat(ruleset.chains().get(0).rules().get(0).matches())
        .extracting(Match::field)
        .containsExactly(Field.OTHER);
    assertThat(ruleset.complete()).isEqualTo(Answer.NO);
  }

  @Test
  void only_a_whole_save_is_complete() {
    String save = "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n";

    assertThat(read("iptables-save", save).complete()).isEqualTo(Answer.YES);
    assertThat(read("iptables-save -t filter", save).complete()).isEqualTo(Answer.NO);
    assertThat(read("iptables-save", save.replace("COMMIT\n", "")).complete()).isEqualTo(Answer.NO);
    assertThat(read("iptables -S", "-P INPUT ACCEPT\n").complete()).isEqualTo(Answer.NO);
    String others =
        "# Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n";
    assertThat(read("iptables-save", save + others).complete()).isEqualTo(Answer.NO);
  }

  @Test
  void rules_without_a_table_are_put_where_they_can_only_be() {
    Chain chain = read("iptables -S", "-A POSTROUTING -o eth0 -j MASQUERADE\n").chains().get(0);

    assertThat(chain.table()).isEqualTo("nat");
    assertThat(chain.hook()).isEqualTo(Hook.POSTROUTING);
    assertThat(chain.priority()).isEqualTo(100);
  }

  private static Rule rule(String words) {
    return read("iptables -S", "-A INPUT " + words + "\n").chains().get(0).rules().get(0);
  }

  private static Ruleset read(String command, String output) {
    Observation observation = new Observation(0, "srv", command, 0, output, null, null, null);
    return (Ruleset) new Parsers(Secrets.withoutTenantKey()).parse(observation).facts().get(0);
  }
}
