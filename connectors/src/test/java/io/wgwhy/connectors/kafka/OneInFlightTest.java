package io.wgwhy.connectors.kafka;

import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Into topics that have just been made: of two requests in flight the second may be taken before
 * the first, which is never taken then. It happens once in many runs: what keeps it from happening
 * is tried.
 */
class OneInFlightTest {
  private static final Map<String, Object> TUNED = Map.of(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);

  @Test
  void a_backup_goes_back_one_request_at_a_time() {
    assertThat(Restoring.settings(Map.of()))
        .containsEntry(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    assertThat(Restoring.settings(TUNED)).containsEntry(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
  }

  @Test
  void facts_are_published_one_request_at_a_time() {
    assertThat(FactPublisher.settings(Map.of()))
        .containsEntry(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    assertThat(FactPublisher.settings(TUNED))
        .containsEntry(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
  }
}
