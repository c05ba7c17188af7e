package io.wgwhy.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void percentiles_are_told_with_the_load_at_which_they_were_measured() {
    assertThat(new Latency.Percentiles(538, 174_577, 1.4, 76, 152, 239, 298, Map.of()).print())
        .isEqualTo(
            "p50 76 ms, p90 152 ms, p99 239 ms, at most 298 ms at 174,577 facts/s (538 findings; 1.4 cores busy)");
  }

  /** As in a small fleet, in which nothing breaks for half a minute. */
  @Test
  void that_no_finding_changed_is_said_and_is_no_number() {
    assertThat(new Latency.Percentiles(0, 81_000, 1.9, -1, -1, -1, -1, Map.of()).print())
        .startsWith("no finding changed at 81,000 facts/s");
  }
}
