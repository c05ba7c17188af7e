package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.counters;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.SeenHandshake.CLIENT;
import static io.wgwhy.engine.session.SeenHandshake.captures;
import static io.wgwhy.engine.session.SeenHandshake.path;
import static io.wgwhy.engine.session.SeenHandshake.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far answers get: what the responder accepts, and what comes back of it. */
class AnswerPathsTest {

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
  private static List<Fact> someCaptures(
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
            someCaptures("cli", Direction.IN, 5, 40),
            someCaptures("srv", Direction.OUT, 5, 40),
            someCaptures("srv", Direction.OUT, 45, 60, response(Direction.OUT)));
    assertThat(path.answerLeft()).isEqualTo(Leg.counted(4));
    assertThat(path.answerArrived()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void answers_that_left_in_windows_that_end_within_a_second_of_the_initiators_are_missed() {
    Fact later = capture("srv", 40.8, Direction.OUT, response(Direction.OUT));
    HandshakePath path =
        path(asksInVain(60), answering(92), someCaptures("cli", Direction.IN, 5, 40), later);
    assertThat(path.answerArrived()).isEqualTo(Leg.counted(0));
  }
}
