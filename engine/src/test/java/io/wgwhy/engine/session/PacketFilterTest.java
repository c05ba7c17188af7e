package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Follows an initiation for port 51820 through rulesets as hosts have them. */
class PacketFilterTest {
  private static final Packet INITIATION =
      new Packet("ip", "eth0", "", "udp", "198.51.100.20", 40000, "203.0.113.10", 51820, "new");

  @Test
  void a_policy_of_drop_drops_what_no_rule_accepts() {
    assertThat(end(input(Action.DROP, accept(port("tcp", "22"))))).containsOnly(Action.DROP);
  }

  @Test
  void a_policy_of_drop_is_no_fault_where_a_rule_accepts_the_port() {
    assertThat(end(input(Action.DROP, accept(port("udp", "51820"))))).containsOnly(Action.ACCEPT);
  }

  /** WireGuard is UDP only: the commonest mistake in a rule for its port. */
  @Test
  void a_rule_for_tcp_does_not_open_the_udp_port() {
    assertThat(end(input(Action.DROP, accept(port("tcp", "51820"))))).containsOnly(Action.DROP);
  }

  @Test
  void ranges_and_sets_of_ports_hold_the_port_or_not() {
    assertThat(end(input(Action.DROP, accept(port("udp", "51000-52000")))))
        .containsOnly(Action.ACCEPT);
    assertThat(end(input(Action.DROP, accept(port("udp", "53", "123"))))).containsOnly(Action.DROP);
  }

  @Test
  void established_traffic_being_accepted_does_not_let_a_new_initiation_in() {
    Rule established = accept(match(Field.CONNECTION_STATE, "established", "related"));
    assertThat(end(input(Action.DROP, established))).containsOnly(Action.DROP);
  }

  @Test
  void an_inverted_match_holds_for_everything_else() {
    Rule notFromLan =
        new Rule(
            List.of(new Match(Field.INPUT_DEVICE, true, List.of("lan*"))), Action.REJECT, null, 3L);
    assertThat(end(input(Action.ACCEPT, notFromLan))).containsOnly(Action.REJECT);
  }

  @Test
  void a_jump_comes_back_and_a_return_ends_the_chain_early() {
    Chain user = chain("ufw-user-input", null, null, rule(Action.RETURN), rule(Action.DROP));
    Chain base = input(Action.DROP, jump("ufw-user-input"), accept(port("udp", "51820")));
    assertThat(end(base, user)).containsOnly(Action.ACCEPT);
  }

  @Test
  void the_chain_that_is_jumped_to_decides() {
    Chain user = chain("ufw-user-input", null, null, accept(port("udp", "51820")));
    assertThat(end(input(Action.DROP, jump("ufw-user-input")), user)).containsOnly(Action.ACCEPT);
  }

  @Test
  void a_chain_that_was_not_shown_leaves_it_unknown() {
    assertThat(end(input(Action.ACCEPT, jump("not-shown"))))
        .contains(Action.UNKNOWN)
        .doesNotContain(Action.DROP);
  }

  @Test
  void a_match_that_was_not_understood_is_followed_both_ways() {
    Rule limited =
        new Rule(
            List.of(new Match(Field.OTHER, false, List.of("limit"))), Action.ACCEPT, null, null);
    assertThat(end(input(Action.DROP, limited)))
        .containsExactlyInAnyOrder(Action.ACCEPT, Action.DROP);
  }

  @Test
  void the_earlier_base_chain_drops_for_good() {
    Chain early = base("early", -10, Action.ACCEPT, new Rule(List.of(), Action.DROP, null, null));
    assertThat(end(input(Action.ACCEPT), early)).containsOnly(Action.DROP);
  }

  @Test
  void chains_of_another_hook_or_family_say_nothing() {
    Chain forward =
        new Chain(
            "ip", "filter", "FORWARD", "filter", Hook.FORWARD, 0, Action.DROP, null, List.of());
    Chain ip6 =
        new Chain("ip6", "filter", "INPUT", "filter", Hook.INPUT, 0, Action.DROP, null, List.of());
    assertThat(end(forward, ip6)).isEmpty();
  }

  @Test
  void a_policy_that_was_not_shown_is_unknown_in_a_partial_listing() {
    Ruleset partial =
        new Ruleset(
            "srv",
            0,
            Ruleset.Tool.IPTABLES,
            Answer.NO,
            List.of(
                new Chain(
                    "ip", "filter", "INPUT", "filter", Hook.INPUT, 0, null, null, List.of())));
    assertThat(PacketFilter.filter(partial, INITIATION, Hook.INPUT))
        .extracting(PacketFilter.Outcome::action)
        .containsOnly(Action.UNKNOWN);
  }

  @Test
  void what_leaves_another_device_is_not_masqueraded() {
    Rule masquerade =
        new Rule(
            List.of(new Match(Field.OUTPUT_DEVICE, false, List.of("eth0"))),
            Action.MASQUERADE,
            null,
            0L);
    Chain postrouting =
        new Chain(
            "ip",
            "nat",
            "POSTROUTING",
            "nat",
            Hook.POSTROUTING,
            100,
            Action.ACCEPT,
            null,
            List.of(masquerade));
    Packet leaving =
        new Packet("ip", "wg0", "ens3", null, "10.66.66.2", null, "192.0.2.80", null, "new");
    assertThat(PacketFilter.translate(ruleset(postrouting), leaving, Hook.POSTROUTING))
        .extracting(PacketFilter.Outcome::action)
        .doesNotContain(Action.MASQUERADE);
  }

  private static List<Action> end(Chain... chains) {
    return PacketFilter.filter(ruleset(chains), INITIATION, Hook.INPUT).stream()
        .map(PacketFilter.Outcome::action)
        .toList();
  }

  private static Ruleset ruleset(Chain... chains) {
    return new Ruleset("srv", 0, Ruleset.Tool.NFT, Answer.YES, List.of(chains));
  }

  private static Chain input(Action policy, Rule... rules) {
    return base("INPUT", 0, policy, rules);
  }

  private static Chain base(String name, int priority, Action policy, Rule... rules) {
    return new Chain(
        "ip", "filter", name, "filter", Hook.INPUT, priority, policy, null, List.of(rules));
  }

  private static Chain chain(
      String name, @Nullable Hook hook, @Nullable Action policy, Rule... rules) {
    return new Chain("ip", "filter", name, null, hook, null, policy, null, List.of(rules));
  }

  private static Match match(Field field, String... values) {
    return new Match(field, false, List.of(values));
  }

  private static List<Match> port(String protocol, String... ports) {
    return List.of(match(Field.PROTOCOL, protocol), match(Field.DESTINATION_PORT, ports));
  }

  private static Rule accept(List<Match> matches) {
    return new Rule(matches, Action.ACCEPT, null, null);
  }

  private static Rule accept(Match match) {
    return accept(List.of(match));
  }

  private static Rule rule(Action action) {
    return new Rule(List.of(), action, null, null);
  }

  private static Rule jump(String chain) {
    return new Rule(List.of(), Action.JUMP, chain, null);
  }
}
