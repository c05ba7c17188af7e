package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.captureOn;
import static io.wgwhy.engine.session.Lab.counters;
import static io.wgwhy.engine.session.Lab.facts;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.icmp;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
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

/** How far the handshake gets, by the classes that the two ends show. */
class HandshakePathsTest {
  private static final String CLIENT = "192.0.2.2:40000";

  private static HandshakePath path(Object... seen) {
    return HandshakePaths.of(Lab.scene(seen));
  }

  /** A capture every 5 s from 5 to 60 s, with the same flows in each. */
  private static List<Fact> captures(String host, Direction direction, Capture.Flow... flows) {
    List<Fact> all = new ArrayList<>();
    for (int s = 5; s <= 60; s += 5) {
      all.add(capture(host, s, direction, flows));
    }
    return all;
  }

  private static Capture.Flow initiation(Direction direction) {
    return flow(direction, MessageType.INITIATION, CLIENT, Lab.SERVER, 1);
  }

  private static Capture.Flow response(Direction direction) {
    return flow(direction, MessageType.RESPONSE, Lab.SERVER, CLIENT, 1);
  }

  private static List<Fact> silentServer() {
    return facts(onServer().at(0).never(), onServer().at(60).never());
  }

  // The initiator.

  @Test
  void what_was_sent_is_counted_by_wireguard_itself() {
    assertThat(path(asksInVain(60), silentServer()).sent()).isEqualTo(Leg.counted(13));
  }

  @Test
  void after_a_session_the_number_sent_is_not_known() {
    HandshakePath path =
        path(
            onClient().at(0).counts(9_000, 9_000).handshake(-60),
            onClient().at(20).counts(9_000, 9_400).handshake(-60),
            onClient().at(60).counts(9_000, 10_400).handshake(-60),
            silentServer());
    assertThat(path.sent()).isEqualTo(Leg.of(Answer.YES));
  }

  @Test
  void a_mute_end_sends_nothing() {
    HandshakePath path =
        path(onClient().at(0).keepalive(25).never(), onClient().at(60).keepalive(25).never());
    assertThat(path.sent()).isEqualTo(Leg.counted(0));
  }

  @Test
  void initiations_are_seen_leaving() {
    assertThat(
            path(asksInVain(60), captures("cli", Direction.OUT, initiation(Direction.OUT))).left())
        .isEqualTo(Leg.counted(12));
  }

  @Test
  void captures_in_both_directions_count_by_what_is_printed() {
    Capture both =
        new Capture(
            "cli",
            Lab.ms(60),
            "any",
            Direction.BOTH,
            null,
            2,
            Answer.YES,
            Answer.YES,
            List.of(initiation(Direction.OUT), response(Direction.IN)),
            List.of());
    HandshakePath path = path(asksInVain(60), both);
    assertThat(path.left().count()).isEqualTo(1);
    assertThat(path.answerArrived().count()).isEqualTo(1);
  }

  @Test
  void nothing_seen_leaving_while_it_asks_is_news() {
    assertThat(path(asksInVain(60), captures("cli", Direction.OUT)).left())
        .isEqualTo(Leg.counted(0));
  }

  @Test
  void nothing_seen_leaving_while_nobody_asks_is_no_news() {
    HandshakePath path =
        path(
            onClient().at(0).counts(9_000, 9_000).handshake(-60),
            onClient().at(60).counts(9_000, 9_000).handshake(-60),
            captures("cli", Direction.OUT));
    assertThat(path.left()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void one_empty_window_between_two_retries_is_no_news() {
    assertThat(path(asksInVain(60), capture("cli", 30, Direction.OUT)).left())
        .isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void one_long_empty_window_is_news() {
    Capture longOne =
        new Capture(
            "cli",
            Lab.ms(60),
            "eth0",
            Direction.OUT,
            Lab.ms(40),
            0,
            Answer.YES,
            Answer.YES,
            List.of(),
            List.of());
    assertThat(path(asksInVain(60), longOne).left()).isEqualTo(Leg.counted(0));
  }

  @Test
  void a_capture_that_was_cut_or_filtered_proves_no_absence() {
    for (Answer[] it : new Answer[][] {{Answer.NO, Answer.YES}, {Answer.YES, Answer.NO}}) {
      Capture cut =
          new Capture(
              "cli",
              Lab.ms(60),
              "eth0",
              Direction.OUT,
              Lab.ms(20),
              0,
              it[0],
              it[1],
              List.of(),
              List.of());
      assertThat(path(asksInVain(60), cut).left()).isEqualTo(Leg.UNKNOWN);
    }
  }

  @Test
  void what_is_not_seen_after_it_gave_up_is_no_news() {
    List<Fact> gaveUp = new ArrayList<>();
    for (int s = 0; s <= 300; s += 10) {
      gaveUp.add(onClient().at(s).counts(0, Math.min(2_960, 148L * (s / 5 + 1))).never().seen());
    }
    List<Fact> after = new ArrayList<>();
    for (int s = 150; s <= 300; s += 5) {
      after.add(capture("cli", s, Direction.OUT));
      after.add(capture("srv", s, Direction.IN));
    }
    HandshakePath path = path(gaveUp, after, onServer().at(0).never(), onServer().at(300).never());
    assertThat(path.left()).isEqualTo(Leg.UNKNOWN);
    assertThat(path.arrived()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void initiations_inside_the_own_tunnel_are_a_loop() {
    HandshakePath path =
        path(
            asksInVain(60),
            captureOn("wg0", "cli", 60, Direction.BOTH, initiation(Direction.BOTH)));
    assertThat(path.insideTunnel()).isEqualTo(Answer.YES);
    assertThat(path.left().passed()).isNotEqualTo(Answer.YES);
  }

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

  @Test
  void a_connection_without_a_reply_means_that_they_got_through() {
    ConntrackFlows tracked =
        new ConntrackFlows(
            "srv",
            Lab.ms(60),
            List.of(
                new ConntrackFlows.TrackedFlow(
                    "192.0.2.2",
                    40000,
                    "203.0.113.10",
                    51820,
                    "203.0.113.10",
                    51820,
                    "192.0.2.2",
                    40000,
                    false,
                    false)));
    HandshakePath path =
        path(
            asksInVain(60),
            silentServer(),
            tracked,
            captures("srv", Direction.IN, initiation(Direction.IN)));
    assertThat(path.delivered()).isEqualTo(Leg.of(Answer.YES));
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

  // Classes 4 and 5: accepted.

  @Test
  void accepted_and_answered_initiations_are_counted() {
    HandshakePath path = path(asksInVain(60), answering(92));
    assertThat(path.accepted().passed()).isEqualTo(Answer.YES);
    assertThat(path.answered().passed()).isEqualTo(Answer.YES);
  }

  @Test
  void an_answer_that_dies_at_the_responder_is_not_counted_by_the_userspace_one() {
    HandshakePath path = path(asksInVain(60), answering(0));
    assertThat(path.accepted().passed()).isEqualTo(Answer.YES);
    assertThat(path.answered()).isEqualTo(Leg.counted(0));
  }

  private static List<Fact> answering(int bytes) {
    List<Fact> all = new ArrayList<>();
    for (int s = 0; s <= 60; s += 5) {
      long n = s / 5 + 1;
      all.add(onServer().at(s).endpoint(CLIENT).counts(148 * n, bytes * n).never().seen());
    }
    return all;
  }

  @Test
  void two_single_dumps_tell_by_their_totals() {
    HandshakePath path =
        path(
            onClient().at(1).counts(0, 1_480).never(),
            onServer().at(1).endpoint(CLIENT).counts(1_480, 920).never());
    assertThat(path.sent()).isEqualTo(Leg.counted(10));
    assertThat(path.accepted()).isEqualTo(Leg.counted(10));
    assertThat(path.answered()).isEqualTo(Leg.counted(10));
  }

  @Test
  void totals_of_a_server_that_had_a_session_tell_nothing_of_now() {
    HandshakePath path =
        path(
            onClient().at(1).counts(0, 1_480).never(),
            onServer().at(1).endpoint(CLIENT).counts(148_000, 92_000).handshake(-600));
    assertThat(path.accepted()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void a_server_that_was_last_seen_before_the_question_tells_nothing() {
    assertThat(path(asksInVain(60), onServer().at(0).never()).accepted()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void data_that_came_before_the_cut_is_no_accepted_initiation() {
    List<Fact> all = new ArrayList<>();
    for (int s = 0; s <= 90; s += 10) {
      int alive = Math.min(s, 35);
      long asked = s < 55 ? 0 : 148L * ((s - 50) / 5);
      all.add(
          onClient()
              .at(s)
              .counts(9_000 + 100L * alive, 9_000 + 130L * s + asked)
              .handshake(-20)
              .seen());
      all.add(
          onServer()
              .at(s + 1)
              .endpoint(CLIENT)
              .counts(9_000 + 130L * Math.min(s, 38), 9_000 + 100L * alive)
              .handshake(-20)
              .seen());
    }
    HandshakePath path = path(all);
    assertThat(path.sent().passed()).isEqualTo(Answer.YES);
    assertThat(path.accepted()).isEqualTo(Leg.counted(0));
  }

  @Test
  void a_responder_without_the_initiators_key_accepts_nothing() {
    PeerSeen wrong = new PeerSeen("srv", "wrong").allowed("10.66.66.2/32").counts(5_000, 5_000);
    assertThat(path(asksInVain(60), wrong.at(0), wrong.at(60)).accepted())
        .isEqualTo(Leg.counted(0));
  }

  @Test
  void answers_are_followed_back_to_the_initiator() {
    HandshakePath path =
        path(
            asksInVain(60),
            answering(92),
            captures("srv", Direction.OUT, response(Direction.OUT)),
            captures("cli", Direction.IN, response(Direction.IN)),
            counters("cli", 0, 100, 0),
            counters("cli", 60, 100, 0));
    assertThat(path.answerLeft()).isEqualTo(Leg.counted(12));
    assertThat(path.answerArrived()).isEqualTo(Leg.counted(12));
    assertThat(path.answerDelivered()).isEqualTo(Leg.counted(0));
  }

  @Test
  void answers_that_do_not_arrive_are_missed() {
    HandshakePath path =
        path(
            asksInVain(60),
            answering(92),
            captures("srv", Direction.OUT, response(Direction.OUT)),
            captures("cli", Direction.IN));
    assertThat(path.answerArrived()).isEqualTo(Leg.counted(0));
    assertThat(path.answerDelivered()).isEqualTo(Leg.UNKNOWN);
  }

  /** Captures of some of the minute only, in steps of 5 s. */
  private static List<Fact> captures(
      String host, Direction direction, int from, int until, Capture.Flow... flows) {
    List<Fact> all = new ArrayList<>(captures(host, direction, flows));
    all.removeIf(it -> it.at() < Lab.ms(from) || it.at() > Lab.ms(until));
    return all;
  }

  @Test
  void answers_that_left_after_the_last_look_at_the_initiator_are_not_missed_yet() {
    HandshakePath path =
        path(
            asksInVain(60),
            answering(92),
            captures("cli", Direction.IN, 5, 40),
            captures("srv", Direction.OUT, 5, 40),
            captures("srv", Direction.OUT, 45, 60, response(Direction.OUT)));
    assertThat(path.answerLeft()).isEqualTo(Leg.counted(4));
    assertThat(path.answerArrived()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void answers_that_left_in_windows_that_end_within_a_second_of_the_initiators_are_missed() {
    Fact later = capture("srv", 40.8, Direction.OUT, response(Direction.OUT));
    HandshakePath path =
        path(asksInVain(60), answering(92), captures("cli", Direction.IN, 5, 40), later);
    assertThat(path.answerArrived()).isEqualTo(Leg.counted(0));
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
