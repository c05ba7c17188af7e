package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.counters;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.icmp;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.SeenHandshake.CLIENT;
import static io.wgwhy.engine.session.SeenHandshake.captures;
import static io.wgwhy.engine.session.SeenHandshake.initiation;
import static io.wgwhy.engine.session.SeenHandshake.path;
import static io.wgwhy.engine.session.SeenHandshake.silentServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far initiations get at the responder, by the classes that the two ends show. */
class HandshakePathsTest {
  // Class 1: nothing arrives.

  @Test
  void nothing_arrives_at_the_responder() {
    HandshakePath path = path(asksInVain(60), silentServer(), captures("srv", Direction.IN));
    assertThat(path.arrived()).isEqualTo(Leg.counted(0));
    assertThat(path.accepted()).isEqualTo(Leg.counted(0));
    assertThat(path.answered()).isEqualTo(Leg.counted(0));
    assertThat(path.delivered()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void captures_from_before_the_trouble_prove_nothing() {
    HandshakePath path =
        path(
            onClient().at(100).counts(9_000, 9_000).handshake(50),
            onClient().at(110).counts(9_000, 9_148).handshake(50),
            onClient().at(130).counts(9_000, 9_592).handshake(50),
            captures("srv", Direction.IN),
            onServer().at(100).handshake(50));
    assertThat(path.arrived()).isEqualTo(Leg.UNKNOWN);
  }

  // Class 2: they arrive and are not accepted.

  @Test
  void what_arrives_and_is_not_delivered_stands_still_in_udps_counter() {
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            captures("srv", Direction.IN, initiation(Direction.IN)),
            counters("srv", 0, 500, 0),
            counters("srv", 60, 500, 0));
    assertThat(path.arrived()).isEqualTo(Leg.counted(12));
    assertThat(path.delivered()).isEqualTo(Leg.counted(0));
    assertThat(path.noPort()).isEqualTo(Answer.NO);
    assertThat(path.accepted()).isEqualTo(Leg.counted(0));
  }

  @Test
  void what_arrives_and_is_delivered_moves_udps_counter() {
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            captures("srv", Direction.IN, initiation(Direction.IN)),
            counters("srv", 0, 500, 0),
            counters("srv", 60, 512, 0));
    assertThat(path.delivered()).isEqualTo(Leg.of(Answer.YES));
  }

  @Test
  void a_counter_that_others_move_too_says_nothing() {
    Capture.Flow others =
        flow(Direction.IN, MessageType.DATA, "192.0.2.99:5353", "203.0.113.10:5353", 5);
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            captures("srv", Direction.IN, initiation(Direction.IN), others),
            counters("srv", 0, 500, 0),
            counters("srv", 60, 565, 0));
    assertThat(path.delivered()).isEqualTo(Leg.UNKNOWN);
    HandshakePath onlyOthers =
        path(
            asksInVain(60),
            silentServer(),
            captures("srv", Direction.IN, initiation(Direction.IN), others),
            counters("srv", 0, 500, 0),
            counters("srv", 60, 560, 0));
    assertThat(onlyOthers.delivered()).isEqualTo(Leg.counted(0));
  }

  @Test
  void what_moved_udps_counter_before_the_trouble_does_not_hide_that_it_stands_still() {
    Capture handshakesOnly = handshakesOnly(Direction.IN, 33, 47);
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            handshakesOnly,
            counters("srv", -15, 499, 0),
            counters("srv", 30, 500, 0),
            counters("srv", 60, 500, 0));
    assertThat(path.delivered()).isEqualTo(Leg.counted(0));
    HandshakePath afterwards =
        path(
            asksInVain(60),
            silentServer(),
            handshakesOnly,
            counters("srv", -15, 499, 0),
            counters("srv", 48, 500, 0),
            counters("srv", 60, 500, 0));
    assertThat(afterwards.delivered()).as("nothing arrived meanwhile").isEqualTo(Leg.UNKNOWN);
  }

  /** As the collector's filter lets them through: no data, and when they were seen. */
  private static Capture handshakesOnly(Direction direction, double first, double last) {
    Capture.Flow initiations =
        new Capture.Flow(
            direction,
            "192.0.2.2",
            40000,
            "203.0.113.10",
            51820,
            MessageType.INITIATION,
            3,
            148,
            Lab.ms(first),
            Lab.ms(last));
    return new Capture(
        "srv",
        Lab.ms(50),
        "eth0",
        direction,
        Lab.ms(first - 1),
        3,
        Answer.YES,
        Answer.YES,
        Answer.NO,
        List.of(initiations),
        List.of(),
        null);
  }

  /** A connection from the client to the server, and whose reply is expected. */
  private static ConntrackFlows answeredBy(String replySource) {
    var flow =
        new ConntrackFlows.TrackedFlow(
            "192.0.2.2",
            40000,
            "203.0.113.10",
            51820,
            replySource,
            51820,
            "192.0.2.2",
            40000,
            false,
            false);
    return new ConntrackFlows("srv", Lab.ms(60), List.of(flow));
  }

  @Test
  void a_connection_without_a_reply_means_that_they_got_through() {
    ConntrackFlows tracked = answeredBy("203.0.113.10");
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            tracked,
            captures("srv", Direction.IN, initiation(Direction.IN)));
    assertThat(path.delivered()).isEqualTo(Leg.of(Answer.YES));
  }

  @Test
  void what_a_nat_rule_hands_on_to_another_host_is_tracked_and_not_delivered() {
    ConntrackFlows tracked = answeredBy("172.17.0.2");
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            tracked,
            captures("srv", Direction.IN, initiation(Direction.IN)),
            counters("srv", 0, 500, 0),
            counters("srv", 60, 500, 0));
    assertThat(path.delivered()).isEqualTo(Leg.counted(0));
  }

  @Test
  void nobody_listens_when_udp_counts_no_ports() {
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            captures("srv", Direction.IN, initiation(Direction.IN)),
            counters("srv", 0, 500, 3),
            counters("srv", 60, 500, 15));
    assertThat(path.noPort()).isEqualTo(Answer.YES);
  }

  @Test
  void initiations_for_another_port_arrive_elsewhere() {
    Capture.Flow other =
        flow(Direction.IN, MessageType.INITIATION, CLIENT, "203.0.113.10:51821", 1);
    List<Fact> asks = new ArrayList<>();
    for (int s = 0; s <= 60; s += 5) {
      asks.add(
          onClient()
              .endpoint("203.0.113.10:51821")
              .at(s)
              .counts(0, 148L * (s / 5 + 1))
              .never()
              .seen());
    }
    HandshakePath path = path(asks, silentServer(), captures("srv", Direction.IN, other));
    assertThat(path.arrived()).isEqualTo(Leg.counted(0));
    assertThat(path.arrivedElsewhere()).isEqualTo(Leg.counted(12));
    assertThat(path.elsewherePort()).isEqualTo(51821);
  }

  @Test
  void another_peers_initiations_are_not_this_tunnels() {
    Object other = new PeerSeen("srv", "D-key").endpoint("192.0.2.3:50000").at(0);
    Capture.Flow its = flow(Direction.IN, MessageType.INITIATION, "192.0.2.3:50000", Lab.SERVER, 1);
    Scene scene =
        Lab.scene(asksInVain(60), silentServer(), other, captures("srv", Direction.IN, its));
    assertThat(HandshakePaths.of(scene).arrived()).isEqualTo(Leg.counted(0));
  }

  // ICMP.

  @Test
  void icmp_about_the_endpoint_tells_who_refused() {
    HandshakePath path =
        path(
            asksInVain(60),
            icmp("cli", 30, Direction.IN, "203.0.113.10", IcmpProblem.PORT_UNREACHABLE));
    assertThat(path.icmp()).isEqualTo(IcmpProblem.PORT_UNREACHABLE);
    assertThat(path.icmpFromEndpoint()).isEqualTo(Answer.YES);
  }

  @Test
  void icmp_from_a_router_is_not_the_endpoints() {
    HandshakePath path =
        path(
            asksInVain(60),
            icmp("cli", 30, Direction.IN, "192.0.2.1", IcmpProblem.HOST_UNREACHABLE));
    assertThat(path.icmpSource()).isEqualTo("192.0.2.1");
    assertThat(path.icmpFromEndpoint()).isEqualTo(Answer.NO);
  }

  @Test
  void the_newest_icmp_counts_whatever_it_was_captured_with() {
    Capture any =
        new Capture(
            "cli",
            Lab.ms(20),
            "any",
            Direction.IN,
            null,
            1,
            Answer.YES,
            Answer.YES,
            List.of(),
            icmp("cli", 20, Direction.IN, "192.0.2.1", IcmpProblem.HOST_UNREACHABLE).errors());
    HandshakePath path =
        path(
            asksInVain(60),
            any,
            icmp("cli", 50, Direction.IN, "203.0.113.10", IcmpProblem.PORT_UNREACHABLE));
    assertThat(path.icmp()).isEqualTo(IcmpProblem.PORT_UNREACHABLE);
  }

  @Test
  void the_responder_is_seen_refusing() {
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            icmp("srv", 30, Direction.OUT, "203.0.113.10", IcmpProblem.PORT_UNREACHABLE));
    assertThat(path.icmpLeft()).isEqualTo(Answer.YES);
  }

  @Test
  void with_one_end_only_the_other_is_unknown() {
    HandshakePath path = HandshakePaths.of(Lab.clientAlone(asksInVain(60)));
    assertThat(path.arrived()).isEqualTo(Leg.UNKNOWN);
    assertThat(path.accepted()).isEqualTo(Leg.UNKNOWN);
    assertThat(path.delivered()).isEqualTo(Leg.UNKNOWN);
    assertThat(path.noPort()).isEqualTo(Answer.UNKNOWN);
    assertThat(path.icmpLeft()).isEqualTo(Answer.UNKNOWN);
  }
}
