package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

class AsideTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Exception TOO_LARGE = new RecordTooLargeException("too large");

  private Instant now = Instant.parse("2026-11-29T12:00:00Z");
  private final Aside aside =
      new Aside(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void whose_findings_are_refused_is_put_aside_for_a_minute_and_others_are_not() {
    aside.refused(ACME.findings(), null, TOO_LARGE);
    assertThat(aside.has(ACME)).isTrue();
    assertThat(aside.hasNoLetters(ACME)).isFalse();
    assertThat(aside.has(new Tenant("globex"))).isFalse();
    pass(Duration.ofSeconds(60));
    assertThat(aside.has(ACME)).isFalse();
  }

  @Test
  void refused_again_at_once_it_is_put_aside_for_twice_as_long_and_an_hour_at_most() {
    for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      aside.refused(ACME.findings(), null, TOO_LARGE);
      pass(Duration.ofMinutes(minutes).minusSeconds(1));
      assertThat(aside.has(ACME)).as("%d minutes", minutes).isTrue();
      pass(Duration.ofSeconds(1));
      assertThat(aside.has(ACME)).isFalse();
    }
    pass(Duration.ofHours(2));
    aside.refused(ACME.findings(), null, TOO_LARGE);
    pass(Duration.ofMinutes(1));
    assertThat(aside.has(ACME)).as("after it went well for long").isFalse();
  }

  @Test
  void where_dead_letters_are_refused_none_are_written() {
    aside.refused(ACME.findings(), null, TOO_LARGE);
    aside.refused(ACME.deadLetters(), null, TOO_LARGE);
    assertThat(aside.has(ACME)).isTrue();
    assertThat(aside.hasNoLetters(ACME)).isTrue();
  }

  @Test
  void of_whom_is_remembered_more_than_the_broker_takes_is_put_aside() {
    byte[] key = new NetworkKey(ACME, "home").with("wg-config/h/wg0").getBytes(UTF_8);
    aside.refused("wgwhy-engine-moments-changelog", key, TOO_LARGE);
    assertThat(aside.has(ACME)).isTrue();
    assertThat(aside.has(new Tenant("globex"))).isFalse();
  }

  @Test
  void that_a_producer_was_fenced_or_a_transaction_aborted_is_nobodys_fault() {
    byte[] key = new NetworkKey(ACME, "home").with("a").getBytes(UTF_8);
    aside.refused("wgwhy-engine-facts-changelog", key, new InvalidProducerEpochException("old"));
    aside.refused(ACME.findings(), null, new TransactionAbortedException("with others"));
    aside.refused(ACME.findings(), null, new ProducerFencedException("fenced"));
    aside.refused(ACME.findings(), null, new KafkaException("in an error state", TOO_LARGE));
    assertThat(aside.has(ACME)).isFalse();
  }

  @Test
  void a_key_of_no_tenant_puts_nobody_aside() {
    aside.refused("wgwhy-engine-moments-changelog", "A key\0".getBytes(UTF_8), TOO_LARGE);
    aside.refused("wgwhy-engine-moments-changelog", new byte[] {-1, 0}, TOO_LARGE);
    aside.refused("something", new NetworkKey(ACME, "home").with("a").getBytes(UTF_8), TOO_LARGE);
    assertThat(aside.has(ACME)).isFalse();
  }

  @Test
  void a_topic_of_no_tenant_puts_nobody_aside() {
    aside.refused("wgwhy-engine-facts-changelog", null, TOO_LARGE);
    aside.refused(ACME.facts(), null, TOO_LARGE);
    assertThat(aside.has(ACME)).isFalse();
  }

  @Test
  void where_the_engine_may_not_write_is_found_among_the_reasons_of_a_failure() {
    var refused = new TopicAuthorizationException(Set.of(ACME.findings()));
    assertThat(Aside.forbidden(new IllegalStateException(new RuntimeException(refused))))
        .containsExactly(ACME.findings());
    assertThat(Aside.forbidden(new IllegalStateException("else"))).isEmpty();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
