package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.sampled;
import static io.wgwhy.engine.session.Lab.times;
import static io.wgwhy.engine.session.Lab.trend;
import static io.wgwhy.facts.tunnel.Trend.Condition.ANSWERS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.tunnel.Trend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that are answered, and the answers are not taken. */
class AnswersInVainTrendsTest {
  @Test
  void a_server_that_accepts_and_answers_without_a_session_answers_in_vain() {
    assertThat(trend(answered(3, 3).never()).condition()).isEqualTo(ANSWERS_IN_VAIN);
  }

  @Test
  void a_server_whose_answers_die_in_its_own_firewall_answers_in_vain() {
    assertThat(trend(answered(4, 0).never()).condition()).isEqualTo(ANSWERS_IN_VAIN);
  }

  @Test
  void a_server_that_also_asks_itself_answers_in_vain() {
    PeerSeen both = onServer().endpoint("192.0.2.2:40000").counts(148 * 3, 92 * 3 + 148 * 2);
    assertThat(trend(both.never()).condition()).isEqualTo(ANSWERS_IN_VAIN);
  }

  @Test
  void the_first_initiation_that_was_answered_is_no_fault_yet() {
    assertThat(trend(answered(1, 1).never()).condition()).isNotEqualTo(ANSWERS_IN_VAIN);
  }

  @Test
  void traffic_that_happens_to_be_a_multiple_of_92_is_no_fault() {
    // A healthy server: 133032 = 92 x 1446.
    Trend trend = trend(onServer().counts(148 * 1000, 133_032).at(60).handshake(30));
    assertThat(trend.condition()).isEqualTo(HEARS);
  }

  @Test
  void a_first_handshake_without_data_is_no_fault() {
    assertThat(trend(onServer().at(10).counts(180, 92).handshake(9)).condition()).isEqualTo(HEARS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 15, 30})
  void answers_cut_off_in_mid_session_are_answers_in_vain_at_any_sampling(int every) {
    // Data still comes out of the tunnel; initiations come and are answered; no new handshake.
    Trend trend =
        sampled(
            every,
            60,
            s -> {
              long asked = times(s - 20, 5.2);
              return onServer()
                  .counts(5_000 + 300 * s + 148 * asked, 8_000 + 92 * asked)
                  .handshake(-10);
            });
    assertThat(trend.condition()).isEqualTo(ANSWERS_IN_VAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 30, 60})
  void a_download_with_small_acknowledgements_is_no_answer_in_vain(int every) {
    // Whatever multiple of 16 they add up to.
    for (int each = 48; each <= 1024; each += 16) {
      int bytes = each;
      Trend trend =
          sampled(
              every,
              120,
              s -> onServer().counts(9_000 + 2_000L * s, 4_000L + bytes * (s / 5)).handshake(-10));
      assertThat(trend.condition()).isEqualTo(HEARS);
    }
  }

  private static PeerSeen answered(int initiations, int responses) {
    return onServer().endpoint("192.0.2.2:40000").counts(148L * initiations, 92L * responses);
  }
}
