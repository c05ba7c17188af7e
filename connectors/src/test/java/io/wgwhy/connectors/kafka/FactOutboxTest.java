package io.wgwhy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInventory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No broker is there; what happens when one comes is shown by the agent's own test. */
@Timeout(60)
class FactOutboxTest {
  private static final Map<String, Object> NOBODY =
      Map.of("bootstrap.servers", "127.0.0.1:9", "max.block.ms", "500");

  @Test
  void what_does_not_fit_is_given_up_and_counted_and_nobody_waits() throws Exception {
    try (FactOutbox outbox = outbox(200_000)) {
      for (int i = 1; i <= 10_000; i++) {
        outbox.add(List.of(new HostClock("srv", i, 0)));
      }
      FactOutbox.Figures figures = outbox.figures();
      assertThat(figures.sent()).isZero();
      assertThat(figures.waiting()).isBetween(190_000L, 200_000L);
      assertThat(figures.dropped()).isBetween(8_000L, 9_000L);
      assertThat(outbox.await(Duration.ofMillis(100))).isFalse();
    }
  }

  @Test
  void a_fact_that_no_broker_would_take_does_not_hold_up_the_others() {
    List<String> keys = Collections.nCopies(30_000, "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=");
    try (FactOutbox outbox = outbox(10_000_000)) {
      outbox.add(
          List.of(
              new WgInventory("srv", 1, List.of(new WgInventory.Device("wg0", keys))),
              new HostClock("srv", 1, 0)));
      assertThat(outbox.figures().dropped()).isEqualTo(1);
      assertThat(outbox.figures().waiting()).isBetween(50L, 500L);
    }
  }

  /** On a small host the heap may be full for a moment. */
  @Test
  void whatever_fails_once_is_tried_again() throws Exception {
    Deque<FactPublisher> publishers = new ArrayDeque<>(List.of(publisher()));
    AtomicBoolean full = new AtomicBoolean(true);
    Supplier<FactPublisher> supply =
        () -> {
          if (full.getAndSet(false)) {
            throw new OutOfMemoryError("Java heap space");
          }
          return publishers.remove();
        };
    try (FactOutbox outbox = outbox(supply)) {
      outbox.add(List.of(new HostClock("srv", 1, 0)));
      assertThat(outbox.await(Duration.ofSeconds(20))).isTrue();
      assertThat(outbox.figures().sent()).isEqualTo(1);
    }
  }

  /** Kafka's client has no place for a moment before 1970. */
  @Test
  void what_can_never_be_sent_is_given_up_and_holds_up_nothing() throws Exception {
    try (FactOutbox outbox = outbox(FactOutboxTest::publisher)) {
      outbox.add(List.of(new HostClock("srv", -1, 0)));
      assertThat(outbox.await(Duration.ofSeconds(20))).isTrue();
      outbox.add(List.of(new HostClock("srv", 1, 0)));
      assertThat(outbox.await(Duration.ofSeconds(20))).isTrue();
      assertThat(outbox.figures().sent()).isEqualTo(1);
      assertThat(outbox.figures().dropped()).isEqualTo(1);
    }
  }

  private static FactPublisher publisher() {
    return new FactPublisher(
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  private static FactOutbox outbox(Supplier<FactPublisher> publishers) {
    return new FactOutbox(
        publishers, Duration.ofMillis(10), new Tenant("acme"), "home", 10_000, () -> {});
  }

  private static FactOutbox outbox(long bytes) {
    return new FactOutbox(NOBODY, new Tenant("acme"), "home", bytes, new BrokerClock(), () -> {});
  }
}
