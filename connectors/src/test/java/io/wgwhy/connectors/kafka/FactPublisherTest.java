package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FactPublisherTest {

  private static final Fact FACT = new HostClock("srv", 17_000, 0);

  private final Tenant acme = new Tenant("acme");

  @Test
  void the_topic_is_the_tenants_and_the_key_is_the_network() {
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    try (var publisher = new FactPublisher(producer)) {
      publisher.publish(acme, "home", List.of(FACT));
    }
    var record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("wgwhy.acme.facts");
    assertThat(record.key()).asString(UTF_8).isEqualTo("home");
    assertThat(record.value()).asString(UTF_8).startsWith("{\"kind\":\"host-clock\"");
    assertThat(record.timestamp()).isEqualTo(17_000);
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void every_fact_of_a_moment_but_the_last_says_that_it_continues() {
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    try (var publisher = new FactPublisher(producer)) {
      publisher.publish(acme, "home", List.of(FACT, FACT, new HostClock("cli", 17_000, 0), FACT));
    }
    assertThat(producer.history())
        .extracting(it -> it.headers().lastHeader(FactPublisher.CONTINUES) != null)
        .containsExactly(true, false, false, false);
  }

  @Test
  void a_fact_that_was_not_delivered_is_told_by_the_next_call() {
    var producer =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    var publisher = new FactPublisher(producer);
    publisher.publish(acme, "home", List.of(FACT));
    producer.errorNext(new RecordTooLargeException("too large"));
    assertThatThrownBy(publisher::flush).hasMessageContaining("too large");
    publisher.close();
  }
}
