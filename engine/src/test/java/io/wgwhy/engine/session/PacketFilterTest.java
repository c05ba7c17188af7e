package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Rules.base;
import static io.wgwhy.engine.session.Rules.chain;
import static io.wgwhy.engine.session.Rules.input;
import static io.wgwhy.engine.session.Rules.nft;
import static io.wgwhy.engine.session.Rules.partOf;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static io.wgwhy.facts.Ruleset.Action.REJECT;
import static io.wgwhy.facts.Ruleset.Action.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An initiation from 192.0.2.2:40000 comes in by eth0 for 203.0.113.10:51820. */
class PacketFilterTest {
  private static final Packet INITIATION =
      new Packet("ip", "eth0", "", "udp", "192.0.2.2", 40000, "203.0.113.10", 51820, "new");

  static Set<Action> ends(Ruleset ruleset) {
    return ends(ruleset, INITIATION);
  }

  private static Set<Action> ends(Ruleset ruleset, Packet packet) {
    return PacketFilter.filter(ruleset, packet, Hook.PREROUTING, Hook.INPUT).stream()
        .map(PacketFilter.Outcome::action)
        .collect(Collectors.toSet());
  }

  private static Action end(Chain... chains) {
    Set<Action> ends = ends(nft(chains));
    assertThat(ends).hasSize(1);
    return ends.iterator().next();
  }

  // Policies and matches.

  @Test
  void a_drop_policy_drops() {
    assertThat(end(input(DROP))).isEqualTo(DROP);
  }

  @Test
  void an_accept_rule_before_a_drop_policy_accepts() {
    assertThat(end(input(DROP, "proto udp; dport 51820; accept"))).isEqualTo(ACCEPT);
  }

  @Test
  void a_tcp_rule_for_the_port_does_not_let_udp_in() {
    assertThat(end(input(DROP, "proto tcp; dport 51820; accept"))).isEqualTo(DROP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dport 51820",
        "dport 22,51820,53",
        "dport 51000-52000",
        "dport 80,51820-51830",
        "! dport 22",
        "sport 1024-65535",
        "proto 17",
        "proto UDP",
        "! proto tcp",
        "family ip",
        "iif eth0",
        "iif e*",
        "iif eth+",
        "! iif lo",
        "! oif eth1",
        "saddr 192.0.2.0/24",
        "saddr 198.51.100.1,192.0.2.2",
        "saddr 192.0.2.1-192.0.2.9",
        "! saddr 198.51.100.0/24",
        "daddr 203.0.113.10",
        "daddr 0.0.0.0/0",
        "state new,established",
        "! state invalid",
        "dtype local"
      })
  void these_match_the_initiation(String match) {
    assertThat(end(input(DROP, match + "; accept"))).isEqualTo(ACCEPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dport 51821",
        "dport 22,53",
        "dport 1-1024",
        "! dport 51820",
        "sport 51820",
        "proto 6",
        "proto icmp",
        "! proto udp",
        "family ip6",
        "iif eth1",
        "iif wg*",
        "! iif eth0",
        "oif eth0",
        "saddr 198.51.100.0/24",
        "! saddr 192.0.2.0/24",
        "saddr 192.0.2.3-192.0.2.9",
        "saddr 2001:db8::/32",
        "! saddr 2001:db8::/32",
        "daddr 203.0.113.11",
        "state established,related",
        "! state new",
        "dtype broadcast,multicast",
        "! dtype local"
      })
  void these_do_not_match_the_initiation(String match) {
    assertThat(end(input(DROP, match + "; accept"))).isEqualTo(DROP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit 3/s", "mark 1", "! mark 1", "dport wireguard", "saddr @friends", "! other"})
  void what_is_not_understood_may_or_may_not_match(String match) {
    assertThat(ends(nft(input(DROP, match + "; accept")))).containsOnly(ACCEPT, DROP);
  }

  @Test
  void what_is_not_understood_makes_no_difference_where_something_else_decides() {
    assertThat(end(input(DROP, "limit 3/s; proto tcp; accept"))).isEqualTo(DROP);
    assertThat(end(input(ACCEPT, "limit 3/s; accept"))).isEqualTo(ACCEPT);
    assertThat(end(input(DROP, "limit 3/s; continue", "proto udp; accept"))).isEqualTo(ACCEPT);
  }

  @Test
  void a_value_that_is_not_known_may_or_may_not_match() {
    Packet unknown = new Packet("ip", null, "", "udp", null, null, null, 51820, "new");
    assertThat(ends(nft(input(DROP, "saddr 192.0.2.0/24; accept")), unknown))
        .containsOnly(ACCEPT, DROP);
    assertThat(ends(nft(input(DROP, "iif eth0; accept")), unknown)).containsOnly(ACCEPT, DROP);
    assertThat(ends(nft(input(DROP, "dport 51820; accept")), unknown)).containsOnly(ACCEPT);
  }

  @Test
  void a_reject_rule_rejects() {
    assertThat(end(input(ACCEPT, "proto udp; reject"))).isEqualTo(REJECT);
  }

  @Test
  void what_goes_to_a_program_is_unknown() {
    assertThat(PacketFilter.filter(nft(input(ACCEPT, "proto udp; queue")), INITIATION, Hook.INPUT))
        .allMatch(PacketFilter.Outcome::unknown);
  }

  @Test
  void rules_that_only_count_decide_nothing() {
    assertThat(end(input(DROP, "dport 51820; continue #7"))).isEqualTo(DROP);
  }

  // Jumps.

  @Test
  void a_jump_comes_back_at_the_end_of_the_chain() {
    assertThat(end(input(DROP, "iif eth0; jump zone", "dport 51820; accept"), chain("zone")))
        .isEqualTo(ACCEPT);
  }

  @Test
  void a_return_comes_back_before_the_end_of_the_chain() {
    assertThat(
            end(
                input(ACCEPT, "jump zone", "dport 51820; drop"),
                chain("zone", "dport 51820; return", "accept")))
        .isEqualTo(DROP);
  }

  @Test
  void a_return_in_a_base_chain_ends_with_its_policy() {
    assertThat(end(input(DROP, "proto udp; return", "accept"))).isEqualTo(DROP);
  }

  @Test
  void a_goto_does_not_come_back_and_ends_with_the_policy() {
    assertThat(end(input(DROP, "goto zone", "accept"), chain("zone", "dport 22; accept")))
        .isEqualTo(DROP);
  }

  @Test
  void a_goto_out_of_a_jump_comes_back_to_where_the_jump_was() {
    assertThat(
            end(
                input(DROP, "jump zones", "dport 51820; accept"),
                chain("zones", "goto zone", "drop"),
                chain("zone", "dport 22; accept")))
        .isEqualTo(ACCEPT);
  }

  @Test
  void a_chain_that_was_not_shown_is_unknown() {
    assertThat(ends(nft(input(DROP, "jump nowhere", "accept")))).contains(UNKNOWN);
  }

  @Test
  void chains_that_lead_in_a_circle_are_unknown() {
    Set<Action> ends =
        ends(nft(input(ACCEPT, "jump a"), chain("a", "jump b"), chain("b", "goto a")));
    assertThat(ends).contains(UNKNOWN);
  }

  @Test
  void a_hundred_undecided_jumps_take_no_time() {
    List<String> rules = new ArrayList<>();
    List<Chain> chains = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rules.add("limit 1/s; jump c" + i);
      chains.add(chain("c" + i, "set @x; drop", "set @y; return", "set @z; accept"));
    }
    chains.add(input(DROP, rules.toArray(String[]::new)));
    long start = System.nanoTime();
    assertThat(ends(nft(chains.toArray(Chain[]::new)))).contains(ACCEPT, DROP);
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
  }

  // Several base chains.

  @Test
  void an_accept_in_one_base_chain_does_not_save_from_the_next() {
    assertThat(
            end(
                base("inet", "filter", Hook.INPUT, -10, ACCEPT, "dport 51820; accept"),
                base("ip", "filter", Hook.INPUT, 0, DROP)))
        .isEqualTo(DROP);
  }

  @Test
  void an_earlier_drop_is_final() {
    assertThat(
            end(
                base("ip", "filter", Hook.INPUT, 0, ACCEPT, "accept"),
                base("inet", "filter", Hook.INPUT, -10, DROP)))
        .isEqualTo(DROP);
  }

  @Test
  void chains_of_the_other_family_see_nothing() {
    assertThat(
            end(
                base("ip6", "filter", Hook.INPUT, 0, DROP),
                base("ip", "filter", Hook.INPUT, 0, ACCEPT)))
        .isEqualTo(ACCEPT);
  }

  @Test
  void a_drop_before_routing_is_a_drop() {
    assertThat(
            end(
                base("ip", "filter", Hook.PREROUTING, -300, ACCEPT, "saddr 192.0.2.0/24; drop"),
                input(ACCEPT)))
        .isEqualTo(DROP);
  }

  @Test
  void chains_of_another_hook_see_nothing() {
    assertThat(end(base("ip", "filter", Hook.FORWARD, 0, DROP), input(ACCEPT))).isEqualTo(ACCEPT);
  }

  @Test
  void nat_chains_do_not_filter() {
    assertThat(end(base("ip", "nat", Hook.INPUT, 100, DROP), input(ACCEPT))).isEqualTo(ACCEPT);
  }

  @Test
  void without_a_policy_a_base_chain_accepts_unless_it_was_shown_in_part() {
    assertThat(end(input(null))).isEqualTo(ACCEPT);
    assertThat(ends(partOf(nft(input(null))))).containsOnly(UNKNOWN);
  }

  // IPv6.

  @Test
  void an_initiation_over_ipv6_meets_ip6_and_inet() {
    Packet packet =
        new Packet("ip6", "eth0", "", "udp", "2001:db8::2", 40000, "2001:db8::1", 51820, "new");
    assertThat(ends(nft(base("ip6", "filter", Hook.INPUT, 0, DROP)), packet)).containsOnly(DROP);
    assertThat(ends(nft(base("ip", "filter", Hook.INPUT, 0, DROP)), packet)).isEmpty();
    assertThat(ends(nft(input(DROP, "saddr 2001:db8::/32; accept")), packet)).containsOnly(ACCEPT);
    assertThat(ends(nft(input(DROP, "! saddr 10.0.0.0/8; accept")), packet)).containsOnly(DROP);
    assertThat(ends(nft(input(DROP, "proto ipv6-icmp; accept")), packet)).containsOnly(DROP);
  }

  // Words.

  @Test
  void an_outcome_is_said_in_the_tools_words() {
    PacketFilter.Outcome policy =
        PacketFilter.filter(nft(input(DROP)), INITIATION, Hook.INPUT).get(0);
    assertThat(policy.says(Ruleset.Tool.NFT)).isEqualTo("chain input of table inet t, policy drop");
    assertThat(policy.says(Ruleset.Tool.IPTABLES)).isEqualTo("chain input of table t, policy drop");
    PacketFilter.Outcome rule =
        PacketFilter.filter(nft(input(ACCEPT, "reject")), INITIATION, Hook.INPUT).get(0);
    assertThat(rule.says(Ruleset.Tool.NFT)).isEqualTo("chain input of table inet t, a reject rule");
  }
}
