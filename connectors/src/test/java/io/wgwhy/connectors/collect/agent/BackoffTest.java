package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  void what_keeps_failing_is_run_more_and_more_rarely() {
    StringBuilder runs = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      boolean due = backoff.isDue("nft");
      runs.append(due ? 'x' : '.');
      if (due) {
        backoff.failed("nft");
      }
    }
    assertThat(runs).hasToString("x.x..x....x........x");
  }

  @Test
  void what_works_again_or_has_changed_is_run_each_time() {
    backoff.failed("nft");
    backoff.changed("nft");
    assertThat(backoff.isDue("nft")).isTrue();
    backoff.failed("nft");
    assertThat(backoff.isDue("nft")).isFalse();
    assertThat(backoff.isDue("nft")).isTrue();
    backoff.worked("nft");
    assertThat(backoff.isDue("nft")).isTrue();
    assertThat(backoff.isDue("ip")).isTrue();
  }

  @Test
  void what_hung_is_not_tried_again_because_something_changed() {
    backoff.hung("nft");
    backoff.changed("nft");
    assertThat(backoff.isDue("nft")).isFalse();
    assertThat(backoff.isDue("nft")).isTrue();
    backoff.worked("nft");
    assertThat(backoff.isDue("nft")).isTrue();
  }
}
