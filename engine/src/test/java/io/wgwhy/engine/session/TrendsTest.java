package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.trend;
import static io.wgwhy.facts.tunnel.Trend.Condition.ANSWERS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.ASKS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS;
import static io.wgwhy.facts.tunnel.Trend.Condition.HEARS_ONLY_KEEPALIVES;
import static io.wgwhy.facts.tunnel.Trend.Condition.IDLE;
import static io.wgwhy.facts.tunnel.Trend.Condition.MUTE;
import static io.wgwhy.facts.tunnel.Trend.Condition.NEVER_USED;
import static io.wgwhy.facts.tunnel.Trend.Condition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counters say over time, and what they only seem to say. */
class TrendsTest {

  /** Samples every so many seconds, from 0 to the end. */
  private static Trend sampled(int every, int end, IntFunction<PeerSeen> at) {
    List<PeerSeen> samples = new ArrayList<>();
    for (int s = 0; s <= end; s += every) {
      samples.add(at.apply(s).at(s));
    }
    return trend(samples.toArray(PeerSeen[]::new));
  }

  /** How many events every n seconds there were until a second, the first at second 0. */
  private static long times(int second, double every) {
    return second < 0 ? 0 : (long) (second / every) + 1;
  }

  // No handshake.

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

  // A handshake that is not taken.

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

  // There was a session.

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 30, 60})
  void a_cut_in_mid_session_asks_in_vain_at_any_sampling(int every) {
    Trend trend = sampled(every, 180, TrendsTest::cutAtThirty);
    assertThat(trend.condition()).isEqualTo(ASKS_IN_VAIN);
    assertThat(trend.handshake()).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void a_cut_in_mid_session_is_told_soon(int every) {
    assertThat(sampled(every, 60, TrendsTest::cutAtThirty).condition()).isEqualTo(ASKS_IN_VAIN);
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

  // Endpoints.

  @Test
  void an_endpoint_that_goes_to_and_fro_returned() {
    Trend trend =
        trend(
            at(0, "192.0.2.2:40000"),
            at(15, "192.0.2.3:50000"),
            at(30, "192.0.2.2:40000"),
            at(45, "192.0.2.3:50000"));
    assertThat(trend.endpointChanges()).isEqualTo(3);
    assertThat(trend.endpointReturned()).isEqualTo(Answer.YES);
  }

  @Test
  void an_endpoint_at_which_the_peer_was_heard_for_a_minute_is_steady_again() {
    PeerSeen[] returned = {
      at(0, "192.0.2.2:40000"), at(15, "192.0.2.3:50000"), at(30, "192.0.2.2:40000")
    };
    PeerSeen later = at(89, "192.0.2.2:40000");
    PeerSeen laterStill = at(90, "192.0.2.2:40000");
    PeerSeen unheard = at(90, "192.0.2.2:40000").counts(1_030, 1_030);
    assertThat(trend(returned[0], returned[1], returned[2], later).endpointReturned())
        .isEqualTo(Answer.YES);
    assertThat(trend(returned[0], returned[1], returned[2], laterStill).endpointReturned())
        .isEqualTo(Answer.NO);
    assertThat(trend(returned[0], returned[1], returned[2], unheard).endpointReturned())
        .isEqualTo(Answer.YES);
  }

  @Test
  void an_endpoint_that_moves_once_did_not_return() {
    Trend trend =
        trend(at(0, "192.0.2.2:40000"), at(15, "192.0.2.3:50000"), at(30, "192.0.2.3:50000"));
    assertThat(trend.endpointChanges()).isEqualTo(1);
    assertThat(trend.endpointReturned()).isEqualTo(Answer.NO);
  }

  private static PeerSeen at(int second, String endpoint) {
    return onServer()
        .at(second)
        .endpoint(endpoint)
        .counts(1_000 + second, 1_000 + second)
        .handshake(0);
  }

  @Test
  void the_first_handshake_seen_is_one() {
    Trend trend =
        trend(
            onClient().at(0).counts(0, 148).never(), onClient().at(5).counts(92, 180).handshake(2));
    assertThat(trend.handshakes()).isEqualTo(1);
  }

  // A kernel does not count what its AllowedIPs refuse.

  /**
   * The server sends for a minute and counts nothing as received; its interface has counted this.
   */
  private static Trend.Condition refusing(long frameErrors, PeerSeen... others) {
    List<Object> seen = new ArrayList<>(List.of(others));
    for (int s = 0; s <= 60; s += 10) {
      seen.add(
          onServer().at(s).endpoint("192.0.2.2:40000").counts(180, 92 + 128L * s).handshake(0));
      Links.Counters counted =
          new Links.Counters(0L, 0L, 0L, s == 0 ? 0L : frameErrors, 0L, 0L, 0L);
      Links.Link link = new Links.Link("wg0", Answer.YES, 1420, counted);
      seen.add(new Links("srv", Lab.ms(s), List.of(link)));
    }
    Memory memory = Lab.memory(Lab.facts(seen));
    return PeerView.of(memory.host("srv")).stream()
        .filter(it -> it.peer() != null && Lab.C.equals(it.peer().publicKey()))
        .findFirst()
        .map(it -> Trends.of("any", Role.RESPONDER, it).condition())
        .orElseThrow();
  }

  @Test
  void an_end_that_refuses_what_it_hears_does_not_ask_in_vain() {
    assertThat(refusing(40)).isEqualTo(UNKNOWN);
  }

  @Test
  void an_end_that_refuses_nothing_asks_in_vain() {
    assertThat(refusing(0)).isEqualTo(ASKS_IN_VAIN);
  }

  @Test
  void what_is_refused_may_be_of_any_peer_with_a_session() {
    PeerSeen other = new PeerSeen("srv", "D-key").at(30).counts(180, 92);
    assertThat(refusing(40, other.handshake(20))).isEqualTo(ASKS_IN_VAIN);
    assertThat(refusing(40, other.never())).isEqualTo(UNKNOWN);
  }

  @Test
  void without_wg_there_is_no_trend() {
    assertThat(Trends.of("any", Role.RESPONDER, null)).isNull();
  }
}
