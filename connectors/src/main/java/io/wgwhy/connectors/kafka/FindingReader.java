package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Findings as they are published, from the first that a topic still holds: of some tenants, or of
 * all whose topics one may see. Needs no consumer group.
 */
public final class FindingReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FindingReader.class);

  /** How often new tenants are looked for. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<Tenant> only;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long lookedAt;

  /**
   * A finding, and whose it is: that is told by its topic.
   *
   * @param at when it was published
   */
  public record Published(Tenant tenant, Instant at, Finding finding) {}

  /**
   * @param only whose findings; empty for all that one may see
   */
  public FindingReader(Map<String, Object> client, Set<Tenant> only) {
    this.only = Set.copyOf(only);
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A finding is shown when it is there; the default, 500 ms, is for throughput.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.lookedAt = System.nanoTime() - LOOK_AGAIN.toNanos();
  }

  /** What was published since the last call; waits for it as long as told. */
  public List<Published> poll(Duration patience) {
    if (System.nanoTime() - lookedAt >= LOOK_AGAIN.toNanos()) {
      lookForTopics();
      lookedAt = System.nanoTime();
    }
    if (consumer.assignment().isEmpty()) {
      sleep(patience);
      return List.of();
    }
    var read = new ArrayList<Published>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      Published published = published(record);
      if (published != null) {
        read.add(published);
      }
    }
    return read;
  }

  /** Whether all has been read that was there when the topic was first seen. */
  public boolean isCaughtUp() {
    ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
    return ends.isEmpty();
  }

  /** Whose findings it reads: of those it was asked for, the ones whose topics one may see. */
  public Set<Tenant> tenants() {
    Set<Tenant> seen = new HashSet<>();
    consumer.assignment().forEach(it -> Tenant.ofFindingsTopic(it.topic()).ifPresent(seen::add));
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void lookForTopics() {
    var all = new HashSet<>(consumer.assignment());
    var found = new HashSet<TopicPartition>();
    consumer
        .listTopics(PATIENCE)
        .forEach(
            (topic, partitions) -> {
              boolean wanted =
                  Tenant.ofFindingsTopic(topic)
                      .map(it -> only.isEmpty() || only.contains(it))
                      .orElse(false);
              if (wanted) {
                partitions.forEach(it -> found.add(new TopicPartition(topic, it.partition())));
              }
            });
    found.removeAll(all);
    if (!found.isEmpty()) {
      all.addAll(found);
      consumer.assign(all);
      consumer.seekToBeginning(found);
      ends.putAll(consumer.endOffsets(found));
    }
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
      log.warn("Passed over a record of {} that is no finding", record.topic());
      return null;
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
