package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a command that runs until stopped comes to its end. */
@Timeout(20)
class StoppingTest {
  @Test
  void what_cannot_go_on_ends_by_itself() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    try (Stopping stopping = new Stopping()) {
      assertThat(stopping.awaitWhile(() -> looks.incrementAndGet() < 2)).isFalse();
    }
    assertThat(looks).hasValue(2);
  }

  @Test
  void what_is_asked_to_stop_was_well() throws InterruptedException {
    try (Stopping stopping = new Stopping()) {
      stopping.ask();
      assertThat(stopping.awaitWhile(() -> true)).isTrue();
      assertThat(stopping.awaitWhile(() -> false)).as("it may be going down already").isTrue();
    }
  }
}
