package io.wgwhy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerClockTest {
  private long millis = 1_000;
  private final BrokerClock clock = new BrokerClock(() -> TimeUnit.MILLISECONDS.toNanos(millis));

  @Test
  void nobody_knows_the_time_before_the_broker_told_it() {
    assertThat(clock.millis()).isNull();
  }

  @Test
  void it_is_the_brokers_and_goes_on_between_acknowledgements() {
    acknowledged(4, 500_000);
    assertThat(clock.millis()).isEqualTo(500_002);
    millis += 60_000;
    assertThat(clock.millis()).isEqualTo(560_002);
  }

  @Test
  void an_answer_that_took_a_minute_does_not_move_it_and_a_quick_one_does() {
    acknowledged(4, 500_000);
    acknowledged(60_000, 501_000);
    assertThat(clock.millis()).isEqualTo(560_002);
    acknowledged(2, 560_100);
    assertThat(clock.millis()).isEqualTo(560_101);
  }

  private void acknowledged(long took, long appended) {
    long sent = clock.nanos();
    millis += took;
    clock.appended(sent, appended);
  }
}
