package io.wgwhy.connectors.sink.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.HttpPost;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells Alertmanager. It keeps alerts in memory and forgets them when nobody repeats them, so what
 * is true is repeated, with an end some repetitions ahead, as Prometheus does (rules/alerting.go).
 * The same alert told twice is one alert.
 */
final class Alertmanager implements Sink {
  /** Of four repetitions three may be lost. */
  private static final int HOLDS = 4;

  /** Prometheus sends 64 at once (notifier.max-batch-size is 256 since 2.53). */
  private static final int BATCH = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final HttpPost post;
  private final Duration repeat;
  private final Clock clock;

  Alertmanager(HttpPost post, Duration repeat, Clock clock) {
    this.post = post;
    this.repeat = repeat;
    this.clock = clock;
  }

  @Override
  public int most() {
    return BATCH;
  }

  @Override
  public Duration repeat() {
    return repeat;
  }

  @Override
  public Delivery deliver(List<Notice> notices) throws InterruptedException {
    Instant now = clock.instant();
    List<Alert> alerts = new ArrayList<>();
    for (Notice notice : notices) {
      Alert alert = Alert.of(notice, now, repeat.multipliedBy(HOLDS));
      if (notice.before() != null
          && !Alert.labels(notice.tenant(), notice.before()).equals(alert.labels())) {
        alerts.add(Alert.formerly(notice, notice.before(), now));
      }
      alerts.add(alert);
    }
    return post.post("/api/v2/alerts", json(alerts), Map.of("Content-Type", "application/json"));
  }

  private static byte[] json(List<Alert> alerts) {
    try {
      return JSON.writeValueAsBytes(alerts);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("An alert cannot be written as JSON", e);
    }
  }
}
