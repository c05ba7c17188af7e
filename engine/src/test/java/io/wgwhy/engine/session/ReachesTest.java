package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.lookup;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.ping;
import static io.wgwhy.engine.session.Lab.probe;
import static io.wgwhy.facts.Answer.NO;
import static io.wgwhy.facts.Answer.UNKNOWN;
import static io.wgwhy.facts.Answer.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Probe.Problem;
import io.wgwhy.facts.Probe.Type;
import io.wgwhy.facts.Resolver;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What answers through the tunnel. */
class ReachesTest {
  private static final Object[] WELL = {
    onClient().allowed("10.66.66.0/24", "172.16.9.0/24").at(0).counts(1_000, 1_000).handshake(-5),
    onServer().at(0).handshake(-5),
    Lab.routes("cli", 1, "0.0.0.0/0 eth0", "10.66.66.0/24 wg0", "172.16.9.0/24 wg0")
  };

  private static Probes probes(Object... seen) {
    return new Probes(Lab.scene(List.of(WELL), List.of(seen)));
  }

  private static Reach reach(Object... seen) {
    return Reaches.of(probes(seen));
  }

  @Test
  void without_probes_nothing_is_known() {
    Reach reach = reach();
    assertThat(
            List.of(
                reach.peerAddress(),
                reach.beyond(),
                reach.small(),
                reach.large(),
                reach.page(),
                reach.names()))
        .containsOnly(UNKNOWN);
  }

  @Test
  void a_ping_to_the_other_ends_tunnel_address_tells_of_it() {
    assertThat(reach(ping("cli", 5, "10.66.66.1", 56, YES)).peerAddress()).isEqualTo(YES);
    assertThat(reach(ping("cli", 5, "10.66.66.1", 56, NO)).peerAddress()).isEqualTo(NO);
  }

  @Test
  void an_address_behind_the_other_end_tells_of_beyond() {
    Reach reach =
        reach(ping("cli", 5, "10.66.66.1", 56, YES), ping("cli", 6, "172.16.9.80", 56, NO));
    assertThat(reach.peerAddress()).isEqualTo(YES);
    assertThat(reach.beyond()).isEqualTo(NO);
    assertThat(reach.small()).isEqualTo(YES);
  }

  @Test
  void an_answer_from_beyond_counts_no_more_when_later_questions_are_lost() {
    Object answered = ping("cli", 5, "172.16.9.80", 56, YES);
    assertThat(reach(answered, ping("cli", 30, "172.16.9.81", 56, NO)).beyond()).isEqualTo(NO);
    assertThat(reach(answered, ping("cli", 15, "172.16.9.81", 56, NO)).beyond())
        .as("lost so soon after an answer, it may be that host alone")
        .isEqualTo(YES);
  }

  @Test
  void an_answer_from_beyond_tells_nothing_of_now_when_the_other_end_itself_is_silent_since() {
    Object answered = ping("cli", 5, "172.16.9.80", 56, YES);
    assertThat(reach(answered, ping("cli", 30, "10.66.66.1", 56, NO)).beyond()).isEqualTo(UNKNOWN);
    assertThat(reach(answered, ping("cli", 30, "10.66.66.1", 56, YES)).beyond()).isEqualTo(YES);
  }

  @Test
  void what_does_not_go_through_the_tunnel_tells_nothing_of_it() {
    assertThat(reach(ping("cli", 5, "192.0.2.80", 56, YES)).beyond()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_ping_to_the_endpoint_is_not_through_the_tunnel() {
    Reach reach = reach(ping("cli", 5, "203.0.113.10", 56, YES));
    assertThat(reach.underlay()).isEqualTo(YES);
    assertThat(reach.beyond()).isEqualTo(UNKNOWN);
    assertThat(reach.small()).isEqualTo(UNKNOWN);
  }

  // Sizes.

  @Test
  void small_ones_pass_and_large_ones_are_lost() {
    // ping -s 1252 good, 1372 and 1392 lost.
    Reach reach =
        reach(
            ping("cli", 5, "10.66.66.1", 56, YES), ping("cli", 6, "10.66.66.1", 1252, YES),
            ping("cli", 7, "10.66.66.1", 1372, NO), ping("cli", 8, "10.66.66.1", 1392, NO));
    assertThat(reach.small()).isEqualTo(YES);
    assertThat(reach.large()).isEqualTo(NO);
    assertThat(reach.passedBytes()).isEqualTo(1280);
    assertThat(reach.lostBytes()).isEqualTo(1400);
  }

  @Test
  void what_was_lost_while_the_interface_was_away_tells_nothing_of_sizes() {
    Object[] pings = {
      ping("cli", 7, "10.66.66.1", 1392, NO), ping("cli", 9, "10.66.66.1", 1252, YES)
    };
    assertThat(reach(pings).large()).isEqualTo(NO);
    assertThat(reach(pings[0], pings[1], links(6, "lo"), links(8, "lo", "wg0")).large())
        .isEqualTo(YES);
    assertThat(reach(pings[0], pings[1], links(6, "eth0"), links(8, "lo", "wg0")).large())
        .as("only eth0 was asked for")
        .isEqualTo(NO);
    assertThat(reach(pings[0], pings[1], links(5, "lo", "wg0"), links(6, "lo", "wg0")).large())
        .isEqualTo(NO);
  }

  private static Links links(double at, String... names) {
    return new Links(
        "cli", Lab.ms(at), Stream.of(names).map(it -> new Link(it, YES, 1420, null)).toList());
  }

  @Test
  void a_larger_one_that_passed_makes_a_lost_one_an_accident() {
    Reach reach =
        reach(ping("cli", 5, "10.66.66.1", 1252, NO), ping("cli", 6, "10.66.66.1", 1392, YES));
    assertThat(reach.lostBytes()).isNull();
    assertThat(reach.large()).isEqualTo(YES);
  }

  @Test
  void a_single_large_packet_that_was_lost_tells_nothing_yet() {
    Object small = ping("cli", 5, "10.66.66.1", 1252, YES);
    Object once = Lab.pings(1, "cli", 6, "10.66.66.1", 1392, NO);
    assertThat(reach(small, once).lostBytes()).isNull();
    assertThat(reach(small, once).large()).isEqualTo(UNKNOWN);
    assertThat(reach(small, once, Lab.pings(1, "cli", 7, "10.66.66.1", 1372, NO)).lostBytes())
        .as("another one")
        .isEqualTo(1400);
    Object stalled = probe(Type.HTTP, "cli", 7, "10.66.66.1", NO, Problem.STALLED);
    assertThat(reach(small, once, stalled).lostBytes()).as("a page stalled too").isEqualTo(1420);
  }

  @Test
  void one_larger_than_the_interface_need_not_pass() {
    assertThat(
            reach(Lab.links("cli", 1, "wg0", YES), ping("cli", 5, "10.66.66.1", 1472, NO))
                .lostBytes())
        .isNull();
  }

  @Test
  void one_that_the_own_host_refused_was_not_lost_on_the_way() {
    Object refused =
        new io.wgwhy.facts.Probe(
            "cli",
            Lab.ms(5),
            Type.PING,
            "10.66.66.1",
            1372,
            true,
            3,
            0,
            NO,
            Problem.MESSAGE_TOO_LONG,
            null,
            null);
    assertThat(reach(refused).lostBytes()).isNull();
  }

  @Test
  void a_page_that_began_and_stalled_is_an_answer_and_no_page() {
    Reach reach = reach(probe(Type.HTTP, "cli", 5, "172.16.9.80", NO, Problem.STALLED));
    assertThat(reach.beyond()).isEqualTo(YES);
    assertThat(reach.page()).isEqualTo(NO);
  }

  @Test
  void a_page_that_never_began_tells_nothing_of_large_packets() {
    Reach reach = reach(probe(Type.HTTP, "cli", 5, "172.16.9.80", NO, Problem.TIMED_OUT));
    assertThat(reach.page()).isEqualTo(UNKNOWN);
    assertThat(reach.beyond()).isEqualTo(NO);
  }

  @Test
  void a_page_that_came_is_a_page() {
    Reach reach = reach(probe(Type.HTTP, "cli", 5, "172.16.9.80", YES, null));
    assertThat(reach.beyond()).isEqualTo(YES);
    assertThat(reach.page()).isEqualTo(YES);
  }

  // Names.

  @Test
  void a_name_server_in_the_tunnel_that_does_not_answer_is_said_to_be_there() {
    Reach reach =
        reach(
            new Resolver("cli", Lab.ms(1), List.of("172.16.9.53")),
            probe(Type.DNS, "cli", 5, "172.16.9.53", NO, Problem.TIMED_OUT));
    assertThat(reach.names()).isEqualTo(NO);
    assertThat(reach.nameserver()).isEqualTo("172.16.9.53");
    assertThat(reach.nameserverInTunnel()).isEqualTo(YES);
  }

  @Test
  void one_question_for_a_name_gets_lost_where_other_packets_do() {
    Probe lossy =
        new Probe(
            "cli", Lab.ms(4), Type.PING, "10.66.66.1", 56, false, 10, 8, YES, null, null, null);
    Probe first = probe(Type.DNS, "cli", 5, "172.16.9.53", NO, Problem.TIMED_OUT);
    Probe second = probe(Type.DNS, "cli", 15, "172.16.9.53", NO, Problem.TIMED_OUT);
    assertThat(reach(lossy, first).names()).isEqualTo(UNKNOWN);
    assertThat(reach(lossy, first, second).names()).isEqualTo(NO);
    Probe refused = probe(Type.DNS, "cli", 5, "172.16.9.53", NO, Problem.REFUSED);
    assertThat(reach(lossy, refused).names()).isEqualTo(NO);
    assertThat(reach(Lab.ping("cli", 4, "10.66.66.1", 56, YES), first).names()).isEqualTo(NO);
  }

  @Test
  void another_name_server_than_the_hosts_own_proves_nothing() {
    Reach reach =
        reach(
            new Resolver("cli", Lab.ms(1), List.of("172.16.9.53")),
            probe(Type.DNS, "cli", 5, "192.0.2.53", YES, null));
    assertThat(reach.names()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_name_that_did_not_resolve_means_the_hosts_own_server() {
    Reach reach =
        reach(
            new Resolver("cli", Lab.ms(1), List.of("172.16.9.53")),
            probe(Type.HTTP, "cli", 5, "www.example.org", NO, Problem.NAME_NOT_RESOLVED));
    assertThat(reach.names()).isEqualTo(NO);
    assertThat(reach.nameserver()).isEqualTo("172.16.9.53");
  }

  // Failed targets.

  private static FailedTarget failed(Object... seen) {
    List<FailedTarget> all = FailedTargets.of(probes(seen));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void a_target_that_goes_into_the_tunnel_and_does_not_answer() {
    FailedTarget target = failed(ping("cli", 5, "172.16.9.80", 56, NO));
    assertThat(target.device()).isEqualTo("wg0");
    assertThat(target.throughTunnel()).isEqualTo(YES);
    assertThat(target.allowed()).isEqualTo(YES);
    assertThat(target.privateUse()).isEqualTo(YES);
    assertThat(target.problem()).isEqualTo(Problem.TIMED_OUT);
  }

  @Test
  void who_is_heard_while_question_after_question_is_not_answered_is_not_gone() {
    Object[] asked = {
      ping("cli", 16, "172.16.9.80", 56, NO),
      ping("cli", 20, "172.16.9.80", 56, NO),
      ping("cli", 27, "172.16.9.80", 56, NO)
    };
    assertThat(failed(heard(asked, 1_000, 1_032)).heardSince()).isEqualTo(YES);
    assertThat(failed(heard(asked, 1_032, 1_032)).heardSince())
        .as("what the first look shows may have come before the first question")
        .isEqualTo(NO);
    assertThat(failed(heard(asked, 1_000, 1_000)).heardSince()).isEqualTo(NO);
    asked[1] = ping("cli", 20, "172.16.9.80", 56, YES);
    assertThat(failed(heard(asked, 1_000, 1_032)).heardSince())
        .as("the last one alone went unanswered")
        .isEqualTo(NO);
  }

  /** With looks at the peer at 17 s and at 26 s. */
  private static Object[] heard(Object[] asked, long then, long now) {
    List<Object> all = new ArrayList<>(List.of(asked));
    all.add(seen(17, then));
    all.add(seen(26, now));
    return all.toArray();
  }

  private static PeerSeen seen(double at, long received) {
    return onClient()
        .allowed("10.66.66.0/24", "172.16.9.0/24")
        .at(at)
        .counts(received, 1_000 + (long) at)
        .handshake(-5);
  }

  @Test
  void a_target_of_the_responders_network_that_goes_out_in_clear() {
    FailedTarget target =
        failed(
            Lab.addresses(
                "srv", 1, "eth0 203.0.113.10/24", "eth1 172.16.8.1/24", "wg0 10.66.66.1/24"),
            ping("cli", 5, "172.16.8.80", 56, NO));
    assertThat(target.throughTunnel()).isEqualTo(NO);
    assertThat(target.allowed()).isEqualTo(NO);
    assertThat(target.responders()).isEqualTo(YES);
  }

  @Test
  void a_target_that_answered_any_question_did_not_fail() {
    assertThat(
            FailedTargets.of(
                probes(
                    ping("cli", 5, "172.16.9.80", 56, YES),
                    ping("cli", 6, "172.16.9.80", 1372, NO))))
        .isEmpty();
  }

  @Test
  void the_endpoint_a_name_and_another_peers_address_are_no_targets() {
    Object another =
        new PeerSeen("cli", "other")
            .at(0)
            .allowed("172.16.9.128/25")
            .endpoint("198.51.100.1:51820");
    assertThat(
            FailedTargets.of(
                new Probes(
                    scene(
                        another,
                        ping("cli", 5, "203.0.113.10", 56, NO),
                        ping("cli", 6, "172.16.9.200", 56, NO),
                        probe(Type.HTTP, "cli", 7, "www.example.org", NO, Problem.TIMED_OUT)))))
        .isEmpty();
  }

  private static Scene scene(Object... seen) {
    List<io.wgwhy.facts.Fact> all = new java.util.ArrayList<>(Lab.setUp());
    all.addAll(Lab.facts(List.of(WELL), List.of(seen)));
    Memory memory = Lab.memory(all);
    return Pairing.of(memory).stream()
        .filter(Pairing.Pair::bothSeen)
        .map(it -> Scene.of(memory, it))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_hosts_own_answer_tells_where_a_target_goes() {
    FailedTarget target =
        failed(lookup("cli", 2, "172.16.9.80", "eth0"), ping("cli", 5, "172.16.9.80", 56, NO));
    assertThat(target.device()).isEqualTo("eth0");
    assertThat(target.throughTunnel()).isEqualTo(NO);
  }

  @Test
  void from_one_end_alone_another_address_of_the_tunnels_network_is_the_peers() {
    Scene scene =
        Lab.clientAlone(
            Lab.addresses("cli", 1, "eth0 192.0.2.2/24", "wg0 10.66.66.2/24"),
            onClient().counts(1_000, 1_000).handshake(-5));
    assertThat(scene.b().seen()).isFalse();
    assertThat(new Probes(scene).isPeerAddress("10.66.66.1")).isTrue();
    assertThat(new Probes(scene).isPeerAddress("10.66.66.2")).isFalse();
    assertThat(new Probes(scene).isPeerAddress("10.66.67.1")).isFalse();
  }

  @Test
  void probes_of_long_ago_tell_nothing_of_now() {
    assertThat(
            reach(
                    ping("cli", 5, "10.66.66.1", 56, NO),
                    onClient().at(600).counts(5_000, 5_000).handshake(590))
                .peerAddress())
        .isEqualTo(UNKNOWN);
  }
}
