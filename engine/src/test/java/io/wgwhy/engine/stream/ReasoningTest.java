package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When findings are committed: soon; but who works off a backlog saves commits. */
class ReasoningTest {
  @ParameterizedTest(name = "read {0} ms after it came: a commit each {1} ms")
  @CsvSource({
    "0, 100",
    "60, 100",
    "400, 100",
    "1000, 250",
    "2000, 500",
    "4000, 1000",
    "3600000, 1000",
    // Nobody knows when, or a broker whose clock is ahead.
    "-5000, 100",
  })
  void what_is_late_anyway_is_later_by_a_quarter_at_most(long late, long pause) {
    assertThat(Reasoning.commitPause(late)).isEqualTo(pause);
  }
}
