package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.addresses;
import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.captureOn;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Rules.base;
import static io.wgwhy.engine.session.Rules.counting;
import static io.wgwhy.engine.session.Rules.input;
import static io.wgwhy.engine.session.Rules.iptables;
import static io.wgwhy.engine.session.Rules.nft;
import static io.wgwhy.engine.session.Rules.on;
import static io.wgwhy.engine.session.Rules.partOf;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.FORWARD;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.FORWARD_BACK;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.INITIATION_IN;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.INITIATION_OUT;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.RESPONSE_IN;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.RESPONSE_OUT;
import static io.wgwhy.facts.tunnel.FilterVerdict.Way.TUNNEL_IN;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.FilterVerdict.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the filters of both ends do with a tunnel's packets. */
class FilterVerdictsTest {

  private static FilterVerdict verdict(Way way, Object... seen) {
    Scene scene = Lab.scene(seen);
    List<FilterVerdict> all =
        FilterVerdicts.of(scene, null, Inside.IPV4).stream().filter(it -> it.way() == way).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static FilterVerdict initiationIn(Ruleset ruleset, Object... more) {
    return verdict(
        INITIATION_IN,
        asksInVain(60),
        onServer().at(60).never(),
        on("srv", 60, ruleset),
        List.of(more));
  }

  // At the responder.

  @Test
  void a_drop_policy_without_a_rule_for_the_port_drops() {
    FilterVerdict verdict = initiationIn(nft(input(DROP, "proto tcp; dport 22; accept")));
    assertThat(verdict.passes()).isEqualTo(Answer.NO);
    assertThat(verdict.decidedBy()).isEqualTo("chain input of table inet t, policy drop");
    assertThat(verdict.tool()).isEqualTo("nft");
    assertThat(verdict.host()).isEqualTo("srv");
  }

  @Test
  void a_drop_policy_with_a_rule_for_the_port_passes() {
    assertThat(initiationIn(nft(input(DROP, "proto udp; dport 51820; accept"))).passes())
        .isEqualTo(Answer.YES);
  }

  @Test
  void a_rule_that_was_not_understood_leaves_it_open() {
    assertThat(initiationIn(nft(input(DROP, "limit 1/s; accept"))).passes())
        .isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void a_reject_rule_tells_the_sender() {
    FilterVerdict verdict = initiationIn(nft(input(ACCEPT, "proto udp; reject")));
    assertThat(verdict.passes()).isEqualTo(Answer.NO);
    assertThat(verdict.rejects()).isEqualTo(Answer.YES);
  }

  @Test
  void an_empty_ruleset_lets_all_in_unless_only_a_part_was_shown() {
    assertThat(initiationIn(nft()).passes()).isEqualTo(Answer.YES);
    assertThat(initiationIn(partOf(nft())).passes()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void a_rule_for_established_connections_does_not_let_the_first_packet_in() {
    Ruleset ruleset = nft(input(DROP, "state established,related; accept"));
    assertThat(initiationIn(ruleset).passes()).isEqualTo(Answer.NO);
  }

  @Test
  void a_rule_for_a_loopback_or_another_device_does_not_either() {
    assertThat(initiationIn(nft(input(DROP, "iif lo; accept", "iif eth1; accept"))).passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void what_dnat_may_send_to_a_container_is_not_for_the_input_hook() {
    Ruleset published =
        nft(
            base(
                "ip",
                "nat",
                Hook.PREROUTING,
                -100,
                ACCEPT,
                "proto udp; dport 51820; dnat 172.17.0.2"),
            input(DROP, "proto udp; dport 51820; accept"));
    assertThat(initiationIn(published).passes()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void without_a_listen_port_nothing_is_said() {
    Scene scene =
        Lab.scene(
            Lab.iface("srv", 1, Lab.S, null),
            asksInVain(60),
            onServer().at(60),
            on("srv", 60, nft(input(DROP))));
    assertThat(FilterVerdicts.of(scene, null, Inside.IPV4))
        .noneMatch(it -> it.way() == INITIATION_IN);
  }

  // Where initiations come from.

  private static final Ruleset FRIENDS = nft(input(DROP, "saddr 198.51.100.0/24; accept"));

  @Test
  void a_rule_for_a_source_is_undecided_while_the_source_is_not_known() {
    assertThat(initiationIn(FRIENDS).passes()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void the_source_of_arriving_initiations_decides() {
    assertThat(initiationIn(FRIENDS, arriving("198.51.100.7:40000")).passes())
        .isEqualTo(Answer.YES);
    assertThat(initiationIn(FRIENDS, arriving("192.0.2.2:40000")).passes()).isEqualTo(Answer.NO);
  }

  @Test
  void two_sources_of_arriving_initiations_leave_it_open() {
    assertThat(
            initiationIn(FRIENDS, arriving("198.51.100.7:40000"), arriving("192.0.2.9:40001"))
                .passes())
        .isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void one_address_with_changing_ports_is_one_source() {
    assertThat(
            initiationIn(FRIENDS, arriving("192.0.2.2:40000"), arriving("192.0.2.2:40001"))
                .passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void what_comes_from_another_peers_endpoint_is_not_the_initiators() {
    Object other =
        new PeerSeen("srv", "D-key").at(60).endpoint("198.51.100.7:40000").allowed("10.66.66.3/32");
    Scene scene =
        Lab.scene(
            asksInVain(60),
            onServer().at(60),
            other,
            on("srv", 60, FRIENDS),
            arriving("198.51.100.7:40000"));
    assertThat(new TunnelFlows(scene).source()).isNull();
  }

  @Test
  void the_endpoint_that_the_responder_learned_comes_first() {
    Scene scene =
        Lab.scene(
            asksInVain(60),
            onServer().at(60).endpoint("192.0.2.2:40000"),
            arriving("198.51.100.7:1"));
    assertThat(new TunnelFlows(scene).source()).hasToString("192.0.2.2:40000");
  }

  private static Object arriving(String from) {
    return capture(
        "srv", 60, Direction.IN, flow(Direction.IN, MessageType.INITIATION, from, Lab.SERVER, 3));
  }

  @Test
  void the_device_by_which_initiations_come_in_counts() {
    Ruleset zones = nft(input(DROP, "iif eth1; proto udp; accept"));
    Object second =
        captureOn(
            "eth1",
            "srv",
            60,
            Direction.IN,
            flow(Direction.IN, MessageType.INITIATION, "192.0.2.2:40000", Lab.SERVER, 3));
    assertThat(initiationIn(zones, second).passes()).isEqualTo(Answer.YES);
    assertThat(initiationIn(zones).passes()).isEqualTo(Answer.NO);
  }

  // Counters.

  @Test
  void a_counter_that_grows_where_it_is_dropped_says_so() {
    assertThat(moved(3, 7)).isEqualTo(Answer.YES);
    assertThat(moved(7, 7)).isEqualTo(Answer.NO);
    assertThat(moved(0, 0)).isEqualTo(Answer.NO);
  }

  private static Answer moved(long before, long after) {
    return verdict(
            INITIATION_IN,
            asksInVain(60),
            onServer().at(60),
            on("srv", 30, nft(counting(input(DROP), before))),
            on("srv", 60, nft(counting(input(DROP), after))))
        .counted();
  }

  @Test
  void a_counter_seen_once_says_nothing() {
    assertThat(initiationIn(nft(counting(input(DROP), 7))).counted()).isEqualTo(Answer.UNKNOWN);
    assertThat(initiationIn(nft(counting(input(DROP), 0))).counted()).isEqualTo(Answer.NO);
    assertThat(initiationIn(nft(input(DROP))).counted()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void the_counter_of_the_rule_that_drops_counts() {
    FilterVerdict verdict =
        verdict(
            INITIATION_IN,
            asksInVain(60),
            onServer().at(60),
            on("srv", 30, nft(input(ACCEPT, "proto tcp; drop #1", "proto udp; drop #1"))),
            on("srv", 60, nft(input(ACCEPT, "proto tcp; drop #1", "proto udp; drop #5"))));
    assertThat(verdict.counted()).isEqualTo(Answer.YES);
  }

  @Test
  void a_rule_that_only_counts_at_the_end_counts_what_the_policy_decides() {
    FilterVerdict verdict =
        verdict(
            INITIATION_IN,
            asksInVain(60),
            onServer().at(60),
            on("srv", 30, nft(input(DROP, "continue #1"))),
            on("srv", 60, nft(input(DROP, "continue #5"))));
    assertThat(verdict.counted()).isEqualTo(Answer.YES);
  }

  // The other ways.

  @Test
  void answers_leave_through_the_output_hook() {
    Ruleset egress = nft(base("inet", "filter", Hook.OUTPUT, 0, ACCEPT, "sport 51820; drop"));
    FilterVerdict verdict =
        verdict(RESPONSE_OUT, asksInVain(60), onServer().at(60), on("srv", 60, egress));
    assertThat(verdict.passes()).isEqualTo(Answer.NO);
  }

  @Test
  void initiations_leave_through_the_initiators_output_hook() {
    Ruleset egress =
        nft(base("inet", "filter", Hook.OUTPUT, 0, ACCEPT, "proto udp; dport 51820; drop"));
    assertThat(verdict(INITIATION_OUT, asksInVain(60), onServer(), on("cli", 60, egress)).passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void a_drop_after_routing_is_a_drop() {
    Ruleset egress =
        nft(base("inet", "filter", Hook.POSTROUTING, 0, ACCEPT, "oif eth0; proto udp; drop"));
    assertThat(verdict(INITIATION_OUT, asksInVain(60), onServer(), on("cli", 60, egress)).passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void answers_come_in_as_part_of_a_known_connection() {
    Ruleset stateful = nft(input(DROP, "state established; accept"));
    assertThat(verdict(RESPONSE_IN, asksInVain(60), onServer(), on("cli", 60, stateful)).passes())
        .isEqualTo(Answer.YES);
    Ruleset stateless = nft(input(DROP, "proto tcp; accept"));
    assertThat(verdict(RESPONSE_IN, asksInVain(60), onServer(), on("cli", 60, stateless)).passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void what_comes_out_of_the_tunnel_meets_input_too() {
    Ruleset closed = nft(input(DROP, "iif eth0; accept"));
    assertThat(verdict(TUNNEL_IN, onClient(), onServer(), on("srv", 60, closed)).passes())
        .isEqualTo(Answer.NO);
  }

  @Test
  void what_is_for_others_meets_forward_there_and_back() {
    Ruleset one = nft(base("inet", "filter", Hook.FORWARD, 0, DROP, "iif wg0; accept"));
    assertThat(verdict(FORWARD, onClient(), onServer(), on("srv", 60, one)).passes())
        .isEqualTo(Answer.YES);
    assertThat(verdict(FORWARD_BACK, onClient(), onServer(), on("srv", 60, one)).passes())
        .isEqualTo(Answer.NO);
  }

  // Families.

  @Test
  void an_endpoint_over_ipv6_meets_the_rules_for_ipv6() {
    Object[] seen = {
      addresses("cli", 1, "eth0 2001:db8::2/64", "wg0 10.66.66.2/32"),
      addresses("srv", 1, "eth0 2001:db8::1/64", "wg0 10.66.66.1/24"),
      onClient().at(0).endpoint("[2001:db8::1]:51820").counts(0, 148).never(),
      onClient().at(60).endpoint("[2001:db8::1]:51820").counts(0, 1480).never(),
      onServer().at(60),
      on("srv", 60, nft(base("ip6", "filter", Hook.INPUT, 0, DROP)))
    };
    assertThat(verdict(INITIATION_IN, seen).passes()).isEqualTo(Answer.NO);
  }

  @Test
  void iptables_says_nothing_of_ipv6() {
    Scene scene =
        Lab.scene(
            onClient().endpoint("[2001:db8::1]:51820"),
            onServer(),
            on("srv", 60, iptables(base("ip", "filter", Hook.INPUT, 0, DROP))));
    assertThat(FilterVerdicts.of(scene, null, Inside.IPV4))
        .noneMatch(it -> it.way() == INITIATION_IN);
  }

  @Test
  void each_tool_that_showed_rules_has_its_own_verdict() {
    Scene scene =
        Lab.scene(
            asksInVain(60),
            onServer(),
            on("srv", 60, nft(input(DROP))),
            on("srv", 60, iptables(base("ip", "filter", Hook.INPUT, 0, ACCEPT))));
    assertThat(FilterVerdicts.of(scene, null, Inside.IPV4))
        .filteredOn(it -> it.way() == INITIATION_IN)
        .extracting(FilterVerdict::tool, FilterVerdict::passes)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("nft", Answer.NO),
            org.assertj.core.groups.Tuple.tuple("iptables", Answer.YES));
  }

  private static List<FilterVerdict> beyond(String target, Ruleset ruleset) {
    Scene scene =
        Lab.scene(
            addresses("cli", 1, "eth0 192.0.2.2/24", "wg0 10.66.66.2/32", "wg0 fd66::2/128"),
            Lab.routes("srv", 1, "0.0.0.0/0 eth0", "::/0 eth0"),
            onClient(),
            onServer(),
            on("srv", 60, ruleset));
    return FilterVerdicts.of(scene, target, Inside.family(target)).stream()
        .filter(it -> it.way() == FORWARD)
        .toList();
  }

  @Test
  void what_is_for_others_meets_the_rules_for_its_family() {
    Ruleset ipv4 = iptables(base("ip", "filter", Hook.FORWARD, 0, DROP));
    assertThat(beyond("198.51.100.80", ipv4).get(0).passes()).isEqualTo(Answer.NO);
    assertThat(beyond("2001:db8:9::80", ipv4)).isEmpty();
    Ruleset ipv6 = nft(base("ip6", "filter", Hook.FORWARD, 0, DROP));
    assertThat(beyond("198.51.100.80", ipv6).get(0).passes()).isEqualTo(Answer.YES);
    assertThat(beyond("2001:db8:9::80", ipv6).get(0).passes()).isEqualTo(Answer.NO);
    Ruleset mine =
        nft(base("ip6", "filter", Hook.FORWARD, 0, DROP, "iif wg0; saddr fd66::/64; accept"));
    assertThat(beyond("2001:db8:9::80", mine).get(0).passes()).isEqualTo(Answer.YES);
  }

  @Test
  void what_comes_out_of_the_tunnel_meets_the_rules_for_its_family() {
    Scene scene =
        Lab.scene(
            onClient(), onServer(), on("srv", 60, nft(base("ip6", "filter", Hook.INPUT, 0, DROP))));
    assertThat(tunnelIn(scene, Inside.IPV4)).containsExactly(Answer.YES);
    assertThat(tunnelIn(scene, Inside.IPV6)).containsExactly(Answer.NO);
  }

  private static List<Answer> tunnelIn(Scene scene, String family) {
    return FilterVerdicts.of(scene, null, family).stream()
        .filter(it -> it.way() == TUNNEL_IN)
        .map(FilterVerdict::passes)
        .toList();
  }
}
