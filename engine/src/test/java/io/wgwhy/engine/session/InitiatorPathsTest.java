package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.captureOn;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.SeenHandshake.captures;
import static io.wgwhy.engine.session.SeenHandshake.initiation;
import static io.wgwhy.engine.session.SeenHandshake.path;
import static io.wgwhy.engine.session.SeenHandshake.response;
import static io.wgwhy.engine.session.SeenHandshake.silentServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far initiations get on the host that sends them. */
class InitiatorPathsTest {

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

  /** wg names the link (fe80::2%eth0), tcpdump does not. */
  @Test
  void initiations_to_a_link_local_endpoint_are_seen_leaving() {
    List<Fact> asking = new ArrayList<>();
    for (int s = 0; s <= 60; s += 5) {
      PeerSeen peer = onClient().endpoint("[fe80::2%eth0]:51820");
      asking.add(peer.at(s).counts(0, 148L * (s / 5 + 1)).never().seen());
    }
    Capture.Flow leaving =
        flow(Direction.OUT, MessageType.INITIATION, "fe80::1:40000", "fe80::2:51820", 1);

    assertThat(path(asking, captures("cli", Direction.OUT, leaving)).left().passed())
        .isEqualTo(Answer.YES);
  }
}
