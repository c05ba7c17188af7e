package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
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
 * Findings as they are published, from the first that a topic still holds: of some tenants, or of
 * all whose topics one may see. A Kafka that goes away is waited for. Needs no consumer group.
 */
public final class FindingReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FindingReader.class);

  /** How often new tenants are looked for. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final FollowedTopics topics;

  /**
   * A finding, and whose it is: that is told by its topic.
   *
   * @param at when it was published
   */
  public record Published(Tenant tenant, Instant at, Finding finding) {}

  /** The same; of a Kafka that is away the log is told. */
  public FindingReader(Map<String, Object> client, Set<Tenant> only) {
    this(client, only, LOG::warn);
  }

  /**
   * @param only whose findings; empty for all that one may see
   * @param tell is told, in a line for people, when Kafka does not answer, and when it does again
   */
  public FindingReader(Map<String, Object> client, Set<Tenant> only, Consumer<String> tell) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.topics =
        new FollowedTopics(
            settings,
            new FollowedTopics.Wanted(Tenant::ofFindingsTopic, only, Instant.EPOCH, LOOK_AGAIN),
            tell);
  }

  /** What was published since the last call; waits for it as long as told. */
  public List<Published> poll(Duration patience) {
    List<Published> read = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.poll(patience)) {
      Published published = published(record);
      if (published != null) {
        read.add(published);
      }
    }
    return read;
  }

  /** Whether all has been read that was there when the topic was first seen. */
  public boolean isCaughtUp() {
    return topics.isCaughtUp();
  }

  /** Whose findings it reads: of those it was asked for, the ones whose topics one may see. */
  public Set<Tenant> tenants() {
    return topics.tenants();
  }

  @Override
  public void close() {
    topics.close();
  }

  private static @Nullable Published published(ConsumerRecord<byte[], byte[]> record) {
    Tenant tenant = Tenant.ofFindingsTopic(record.topic()).orElseThrow();
    if (record.value() == null) {
      return null;
    }
    try {
      return new Published(
          tenant, Instant.ofEpochMilli(record.timestamp()), Json.finding(record.value()));
    } catch (IOException | RuntimeException e) {
      LOG.warn("Passed over a record of {} that is no finding", record.topic());
      return null;
    }
  }
}
