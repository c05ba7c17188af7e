package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.sampled;
import static io.wgwhy.engine.session.Lab.times;
import static io.wgwhy.engine.session.Lab.trend;
import static io.wgwhy.facts.tunnel.Trend.Condition.ASKS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS_ONLY_KEEPALIVES;
import static io.wgwhy.facts.tunnel.Trend.Condition.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Trend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counters say, and only seem to say, once there was a session. */
class SessionTrendsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void a_cut_in_mid_session_asks_in_vain_at_any_sampling(int every) {
    Trend trend = sampled(every, 180, SessionTrendsTest::cutAtThirty);
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.handshake()).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void a_cut_in_mid_session_is_told_soon(int every) {
    assertThat(sampled(every, 60, SessionTrendsTest::cutAtThirty).condition())
        .isEqualTo(ASKS_IN_VAIN);
  }

  @Test
  void a_cut_in_mid_session_is_still_told_after_it_gave_up() {
    Trend trend = sampled(10, 900, s -> cutAtThirty(Math.min(s, 140)));
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.silentMillis()).isGreaterThan(800_000);
  }

  private static PeerSeen cutAtThirty(int s) {
    long initiations = times(s - 45, 5.2);
    int alive = Math.min(s, 30);
    return onClient()
        .counts(9_000 + 100L * alive, 9_000 + 128L * Math.min(s, 45) + 148 * initiations)
        .handshake(-10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void an_old_handshake_without_demand_is_no_fault(int every) {
    Trend trend = sampled(every, 240, s -> onClient().counts(12_000, 15_000).handshake(-208));
    assertThat(trend.condition()).isEqualTo(IDLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void keepalives_without_other_traffic_are_no_demand(int every) {
    Trend trend = sampled(every, 124, s -> keptAlive(s, 125));
    assertThat(trend.condition()).isIn(IDLE, HEARS);
  }

  /** Keepalive 25: the client sends 32 bytes each time, and a handshake every 125 s. */
  private static PeerSeen keptAlive(int s, int rekey) {
    long handshakes = times(s, rekey);
    return onClient()
        .keepalive(25)
        .counts(92 * handshakes, 148 * handshakes + 32 * times(s, 25))
        .handshake((handshakes - 1) * rekey);
  }

  @Test
  void a_rekey_in_progress_after_a_long_idleness_is_no_fault() {
    PeerSeen idle = onClient().counts(12_000, 15_000).handshake(-300);
    Trend trend =
        trend(
            idle.at(0),
            idle.at(60),
            idle.at(120),
            idle.at(180),
            idle.at(240),
            idle.at(300).counts(12_000, 15_148));
    assertThat(trend.condition()).isEqualTo(IDLE);
  }

  @Test
  void a_question_after_a_long_idleness_counts_from_when_it_was_asked() {
    PeerSeen idle = onClient().counts(12_000, 15_000).handshake(-300);
    PeerSeen[] asked = {
      idle.at(0),
      idle.at(300),
      idle.at(305).counts(12_000, 15_148),
      idle.at(310).counts(12_000, 15_296),
      idle.at(315).counts(12_000, 15_444),
      idle.at(320).counts(12_000, 15_592)
    };
    assertThat(trend(asked[0], asked[1], asked[2], asked[3], asked[4]).condition()).isEqualTo(IDLE);
    assertThat(trend(asked).condition()).isEqualTo(ASKS_IN_VAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void one_way_traffic_that_gets_passive_keepalives_is_heard(int every) {
    Trend trend =
        sampled(
            every,
            60,
            s ->
                onClient()
                    .counts(1_000 + 32 * times(s - 10, 10), 5_000 + 1_000L * s)
                    .handshake(-5));
    assertThat(trend.condition()).isEqualTo(HEARS_ONLY_KEEPALIVES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {60.3, 61, 90, 300})
  void only_keepalives_are_seen_at_rare_and_uneven_samplings(double every) {
    Trend trend =
        trend(
            onClient().at(0).counts(1_000, 5_000).handshake(-5),
            onClient()
                .at(every)
                .counts(1_000 + 32 * (long) (every / 10), 5_000 + (long) (1_000 * every))
                .handshake(-5));
    assertThat(trend.condition()).isEqualTo(HEARS_ONLY_KEEPALIVES);
  }

  @Test
  void pings_that_are_answered_are_more_than_keepalives() {
    Trend trend =
        sampled(5, 60, s -> onClient().counts(1_000 + 128L * s, 1_000 + 128L * s).handshake(-5));
    assertThat(trend.condition()).isEqualTo(HEARS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void a_big_download_is_heard(int every) {
    Trend trend =
        sampled(
            every,
            120,
            s -> onClient().counts(1_000 + 5_000_000L * s, 1_000 + 90_000L * s).handshake(-5));
    assertThat(trend.condition()).isEqualTo(HEARS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void a_counter_that_stands_still_because_the_kernel_does_not_count_what_it_drops(int every) {
    // The server refuses the client's inner source: rx stays at 180, a keepalive every 10 s goes
    // out.
    Trend trend =
        sampled(every, 120, s -> onServer().counts(180, 92 + 32 * times(s - 10, 10)).handshake(-5));
    assertThat(trend.condition()).isEqualTo(IDLE);
  }

  @Test
  void an_interface_that_was_made_anew_begins_from_zero() {
    Trend trend =
        trend(
            onClient().at(0).counts(90_000, 80_000).handshake(-10),
            onClient().at(5).counts(90_500, 80_500).handshake(-10),
            onClient().at(10).counts(0, 148).never(),
            onClient().at(15).counts(0, 296).never());
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.handshake()).isEqualTo(Answer.NO);
    assertThat(trend.sentUnheard()).isEqualTo(296);
    assertThat(trend.silentSince()).isEqualTo(Lab.ms(10));
  }

  @Test
  void a_handshake_in_the_future_means_that_the_clock_stepped_back() {
    Trend trend =
        trend(
            onClient().at(0).counts(1_000, 1_000).handshake(86_400),
            onClient().at(5).counts(1_500, 1_500).handshake(86_400));
    assertThat(trend.handshakeInFuture()).isEqualTo(Answer.YES);
  }

  @Test
  void an_age_rounded_to_minus_one_is_no_clock_that_stepped_back() {
    assertThat(trend(onClient().at(0).counts(1_000, 1_000).handshake(1)).handshakeInFuture())
        .isEqualTo(Answer.NO);
  }

  @Test
  void a_single_sample_with_a_fresh_handshake_hears() {
    assertThat(trend(onClient().at(100).counts(1_000, 9_000).handshake(10)).condition())
        .isEqualTo(HEARS);
    assertThat(trend(onClient().at(300).counts(1_000, 9_000).handshake(10)).condition())
        .isEqualTo(IDLE);
  }
}
