package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.sampled;
import static io.wgwhy.engine.session.Lab.times;
import static io.wgwhy.engine.session.Lab.trend;
import static io.wgwhy.facts.tunnel.Trend.Condition.ASKS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS;
import static io.wgwhy.facts.tunnel.Trend.Condition.IDLE;
import static io.wgwhy.facts.tunnel.Trend.Condition.MUTE;
import static io.wgwhy.facts.tunnel.Trend.Condition.NEVER_USED;
import static io.wgwhy.facts.tunnel.Trend.Condition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Trend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counters say, and only seem to say, of an end that never had a handshake. */
class NoHandshakeTrendsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void initiations_without_any_answer_ask_in_vain_at_any_sampling(int every) {
    Trend trend = sampled(every, 60, s -> onClient().counts(0, 148 * times(s, 5.2)).never());
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.handshake()).isEqualTo(Answer.NO);
    assertThat(trend.sentUnheard()).isEqualTo(148 * 12);
  }

  @Test
  void whom_a_keepalive_is_owed_to_has_been_asked_in_vain_when_the_handshake_is_too_old() {
    PeerSeen seen = onClient().counts(5_000, 9_000).handshake(-221);
    assertThat(trend(seen.keepalive(25)).condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend(seen.keepalive(25).handshake(-219)).condition())
        .as("it may just be asked anew")
        .isEqualTo(IDLE);
    assertThat(trend(seen.keepalive(0)).condition()).as("nothing is owed").isEqualTo(IDLE);
    assertThat(trend(seen).condition()).as("nobody knows").isEqualTo(IDLE);
  }

  @Test
  void two_initiations_in_a_single_sample_ask_in_vain() {
    assertThat(trend(onClient().counts(0, 296).never()).condition()).isEqualTo(ASKS_IN_VAIN);
  }

  @Test
  void one_initiation_in_a_single_sample_is_too_little() {
    assertThat(trend(onClient().counts(0, 148).never()).condition()).isEqualTo(UNKNOWN);
  }

  @Test
  void one_initiation_without_an_answer_for_ten_seconds_asks_in_vain() {
    PeerSeen once = onClient().counts(0, 148).never();
    assertThat(trend(once.at(0), once.at(5)).condition()).isEqualTo(UNKNOWN);
    assertThat(trend(once.at(0), once.at(5), once.at(10)).condition()).isEqualTo(ASKS_IN_VAIN);
  }

  @Test
  void twenty_initiations_and_silence_are_not_well() {
    Trend trend =
        sampled(10, 600, s -> onClient().counts(0, Math.min(2960, 148 * (s / 5 + 1))).never());
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.sentUnheard()).isEqualTo(2960);
  }

  @Test
  void a_peer_that_was_never_asked_for_is_not_down() {
    assertThat(sampled(5, 60, s -> onServer().never()).condition()).isEqualTo(NEVER_USED);
  }

  @Test
  void an_end_that_should_send_keepalives_and_sends_nothing_is_mute() {
    PeerSeen silent = onClient().keepalive(25).counts(0, 0).never();
    assertThat(trend(silent.at(0), silent.at(5)).condition()).isEqualTo(NEVER_USED);
    assertThat(trend(silent.at(0), silent.at(10)).condition()).isEqualTo(MUTE);
  }

  @Test
  void an_end_without_keepalive_that_sends_nothing_is_not_mute() {
    PeerSeen silent = onClient().counts(0, 0).never();
    assertThat(trend(silent.at(0), silent.at(60)).condition()).isEqualTo(NEVER_USED);
  }

  @Test
  void unknown_counters_say_nothing() {
    Trend trend = trend(onClient().uncounted().at(0), onClient().uncounted().at(60));
    assertThat(trend.condition()).isEqualTo(UNKNOWN);
    assertThat(trend.handshake()).isEqualTo(Answer.UNKNOWN);
    assertThat(trend.silentSince()).isNull();
  }

  @Test
  void a_sample_with_unknown_counters_between_is_no_restart() {
    Trend trend =
        trend(
            onClient().at(0).counts(50_000, 60_000).handshake(-30),
            onClient().at(5).uncounted().handshake(-30),
            onClient().at(10).counts(51_000, 61_000).handshake(-30));
    assertThat(trend.condition()).isEqualTo(HEARS);
  }
}
