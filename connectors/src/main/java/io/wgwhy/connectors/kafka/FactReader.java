package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts that topics hold from some moment on, and those that come: of some tenants, or of all
 * whose topics one may see. A Kafka that goes away is waited for. Needs no consumer group, and
 * takes nothing from anybody. Not safe for several threads.
 */
public final class FactReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FactReader.class);

  /** How often new tenants are looked for. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final FollowedTopics topics;
  private long refused;

  /**
   * A fact as it stands on its topic.
   *
   * @param at when it was appended, ms since the epoch
   */
  public record Arrived(Tenant tenant, String network, Fact fact, long at) {}

  /** The same; of a Kafka that is away the log is told. */
  public FactReader(Map<String, Object> client, Set<Tenant> only, Instant since) {
    this(client, only, since, LOG::warn);
  }

  /**
   * @param only whose facts; empty for all that one may see
   * @param since appended then, or later
   * @param tell is told, in a line for people, when Kafka does not answer, and when it does again
   */
  public FactReader(
      Map<String, Object> client, Set<Tenant> only, Instant since, Consumer<String> tell) {
    Map<String, Object> settings = new HashMap<>(client);
    // Nobody waits for the first of them: larger polls cost less each.
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
    this.topics =
        new FollowedTopics(
            settings,
            new FollowedTopics.Wanted(Tenant::ofFactsTopic, only, since, LOOK_AGAIN),
            tell);
  }

  /** What was appended since the last call, those of a network in their order; waits as told. */
  public List<Arrived> poll(Duration patience) {
    List<Arrived> read = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.poll(patience)) {
      Arrived arrived = arrived(record);
      if (arrived != null) {
        read.add(arrived);
      }
    }
    return read;
  }

  /** How many records are still to be read of those that were there when it began. */
  public long remaining() {
    return topics.remaining();
  }

  /** Whether all has been read that was there when it began. */
  public boolean isCaughtUp() {
    return topics.isCaughtUp();
  }

  /** How many records were no facts. */
  public long refused() {
    return refused;
  }

  @Override
  public void close() {
    topics.close();
  }

  private @Nullable Arrived arrived(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.key() != null && record.value() != null) {
        Tenant tenant = Tenant.ofFactsTopic(record.topic()).orElseThrow();
        String network = new String(record.key(), UTF_8);
        return new Arrived(tenant, network, Json.fact(record.value()), record.timestamp());
      }
    } catch (IOException | RuntimeException e) {
      // Engines refuse it, too, and say why.
    }
    refused++;
    return null;
  }
}
