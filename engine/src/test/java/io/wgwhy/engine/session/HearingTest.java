package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.HostClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is silent, whatever clocks say. Everybody promises to speak every 5 s. */
class HearingTest {
  private final Hearing hearing = new Hearing();

  /** The data's. */
  private long clock;

  private void heard(Fact fact) {
    clock = Math.max(clock, fact.at());
    hearing.heard(fact, clock);
  }

  private void beat(String host, double... seconds) {
    for (double at : seconds) {
      heard(new Heartbeat(host, Lab.ms(at), 5000, List.of(), 0, false));
    }
  }

  private void tick(double... seconds) {
    for (double at : seconds) {
      hearing.tick(Lab.ms(at));
    }
  }

  @Test
  void silent_is_who_is_not_heard_for_the_promised_interval_and_15_s_of_anothers_clock() {
    beat("cli", 0);
    beat("srv", 0, 5, 10, 15, 20);
    assertThat(hearing.turned()).isEmpty();
    beat("srv", 20.5);
    assertThat(hearing.turned()).containsExactly("cli");
    assertThat(hearing.isSilent("cli")).isTrue();
    assertThat(hearing.isSilent("srv")).isFalse();
  }

  @Test
  void the_receivers_own_clock_proves_silence_too() {
    beat("cli", 0);
    tick(0, 10, 20);
    assertThat(hearing.turned()).isEmpty();
    tick(21);
    assertThat(hearing.turned()).containsExactly("cli");
  }

  @Test
  void a_clock_that_is_a_day_ahead_makes_nobody_silent() {
    beat("cli", 0);
    beat("srv", 86_400, 86_405);
    beat("cli", 5);
    assertThat(hearing.turned()).isEmpty();
  }

  @Test
  void a_clock_that_steps_makes_nobody_silent() {
    beat("cli", 0);
    beat("srv", 0, 5, 3600, 3605, -3600, -3595);
    assertThat(hearing.turned()).isEmpty();
  }

  @Test
  void a_receiver_that_stood_still_makes_nobody_silent() {
    beat("cli", 0);
    tick(0, 1, 300, 301);
    assertThat(hearing.turned()).isEmpty();
  }

  @Test
  void two_clocks_that_go_on_are_not_added_up() {
    beat("cli", 0);
    beat("srv", 0);
    tick(0);
    for (int s = 5; s <= 20; s += 5) {
      beat("srv", s);
      tick(s);
      beat("other", s + 7000);
    }
    assertThat(hearing.turned()).isEmpty();
  }

  @Test
  void what_is_told_late_does_not_make_time_pass_twice() {
    beat("cli", 0);
    beat("srv", 0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 5, 10);
    assertThat(hearing.now()).isEqualTo(10_000);
    assertThat(hearing.turned()).isEmpty();
    beat("srv", 15, 11, 20, 16, 20.5);
    assertThat(hearing.turned()).containsExactly("cli");
  }

  @Test
  void a_clock_that_was_set_back_a_little_proves_silence_again_once_it_has_caught_up() {
    beat("cli", 0);
    beat("srv", 0, 10, 2, 5, 8, 11, 16);
    assertThat(hearing.turned()).isEmpty();
    beat("srv", 21);
    assertThat(hearing.turned()).containsExactly("cli");
  }

  @Test
  void it_is_not_silent_any_more_when_it_speaks_whatever_it_says() {
    beat("cli", 0);
    beat("srv", 0, 5, 10, 15, 20, 25);
    assertThat(hearing.turned()).containsExactly("cli");
    heard(new HostClock("cli", Lab.ms(26), 0));
    assertThat(hearing.turned()).containsExactly("cli");
    assertThat(hearing.isSilent("cli")).isFalse();
    beat("srv", 30, 35, 40, 45, 50);
    assertThat(hearing.turned()).as("the promise stands").containsExactly("cli");
  }

  @Test
  void who_promised_nothing_or_said_good_bye_is_not_missed() {
    heard(new HostClock("pasted", Lab.ms(0), 0));
    beat("cli", 0);
    heard(new Heartbeat("cli", Lab.ms(1), 5000, List.of(), 0, true));
    beat("srv", 0, 5, 10, 15, 20, 25, 30, 35, 40);
    assertThat(hearing.turned()).isEmpty();
  }

  @Test
  void who_was_awaited_before_a_pause_is_awaited_after_it_and_no_time_counts_twice() {
    beat("cli", 0);
    beat("srv", 0, 5, 10);
    var another = new Hearing();
    for (String host : List.of("cli", "srv")) {
      another.heard(new Heartbeat(host, Lab.ms(0), 5000, List.of(), 0, false), Lab.ms(0));
    }
    another.beginAnew();
    // For 5 s nobody listens.
    another.goOn(Map.of("cli", hearing.awaited().get("cli") + 5000, "srv", 5000L), 5000, true);
    assertThat(another.awaited()).containsEntry("cli", 15_000L).containsEntry("srv", 5000L);
    assertThat(another.isOverdue()).isTrue();
    another.heard(new Heartbeat("srv", Lab.ms(5), 5000, List.of(), 0, false), Lab.ms(5));
    assertThat(another.awaited()).containsEntry("cli", 15_000L).containsEntry("srv", 0L);
    another.heard(new Heartbeat("srv", Lab.ms(10), 5000, List.of(), 0, false), Lab.ms(10));
    assertThat(another.turned()).isEmpty();
    another.heard(new Heartbeat("srv", Lab.ms(10.5), 5000, List.of(), 0, false), Lab.ms(10.5));
    assertThat(another.turned()).containsExactly("cli");
  }

  @Test
  void however_long_a_pause_was_everybody_may_speak_for_5_s_after_it() {
    beat("cli", 0);
    hearing.beginAnew();
    hearing.goOn(Map.of("cli", 3_600_000L), 3_600_000, true);
    tick(3600, 3605);
    assertThat(hearing.turned()).isEmpty();
    tick(3606);
    assertThat(hearing.turned()).containsExactly("cli");
  }

  @Test
  void who_was_not_heard_for_long_enough_is_silent_when_nothing_more_can_be_on_its_way() {
    beat("cli", 0);
    beat("srv", 0);
    hearing.beginAnew();
    hearing.goOn(Map.of("cli", 20_001L, "srv", 20_000L), 15_000, false);
    assertThat(hearing.turned()).containsExactly("cli");
  }

  @Test
  void after_a_restart_everybody_gets_time_again_but_who_was_silent_before_stays_so() {
    beat("cli", 0);
    beat("srv", 0);
    beat("gone", 0);
    hearing.beginAnew();
    hearing.stillSilent("gone");
    assertThat(hearing.turned()).containsExactly("gone");
    tick(0, 10, 19);
    assertThat(hearing.turned()).isEmpty();
    tick(21);
    assertThat(hearing.turned()).containsExactlyInAnyOrder("cli", "srv");
  }
}
