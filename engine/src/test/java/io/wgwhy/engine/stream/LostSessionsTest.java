package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Tenant;
import org.junit.jupiter.api.Test;

/** What cannot be rebuilt is tried more and more rarely. */
class LostSessionsTest {
  private static final NetworkKey HOME = new NetworkKey(new Tenant("acme"), "home");
  private static final NetworkKey OFFICE = new NetworkKey(new Tenant("acme"), "office");

  private final LostSessions lost = new LostSessions();

  @Test
  void after_a_second_then_two_then_four_and_a_minute_at_most() {
    long now = 0;
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(lost.lost(HOME, now).toSeconds()).isEqualTo(seconds);
      assertThat(lost.isTooEarly(HOME, now + seconds * 1000L - 1)).isTrue();
      now += seconds * 1000L;
      assertThat(lost.isTooEarly(HOME, now)).isFalse();
    }
  }

  @Test
  void others_are_not_held_up() {
    lost.lost(HOME, 0);
    assertThat(lost.isTooEarly(OFFICE, 1)).isFalse();
  }

  @Test
  void once_it_is_there_again_all_begins_anew() {
    lost.lost(HOME, 0);
    lost.lost(HOME, 1_000);
    lost.found(HOME);
    assertThat(lost.isTooEarly(HOME, 1_001)).isFalse();
    assertThat(lost.lost(HOME, 5_000).toSeconds()).isEqualTo(1);
  }
}
