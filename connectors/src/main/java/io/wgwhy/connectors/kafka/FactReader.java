package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The facts that topics hold from some moment on, and those that come: of some tenants, or of all
 * whose topics one may see. Needs no consumer group, and takes nothing from anybody. Not safe for
 * several threads.
 */
public final class FactReader implements AutoCloseable {
  /** How often new tenants are looked for. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<Tenant> only;
  private final Instant since;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long refused;
  private long lookedAt;

  /**
   * A fact as it stands on its topic.
   *
   * @param at when it was appended, ms since the epoch
   */
  public record Arrived(Tenant tenant, String network, Fact fact, long at) {}

  /**
   * @param only whose facts; empty for all that one may see
   * @param since appended then, or later
   */
  public FactReader(Map<String, Object> client, Set<Tenant> only, Instant since) {
    this.only = Set.copyOf(only);
    this.since = since;
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    // Nobody waits for the first of them: larger polls cost less each.
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.lookedAt = System.nanoTime() - LOOK_AGAIN.toNanos();
  }

  /** What was appended since the last call, those of a network in their order; waits as told. */
  public List<Arrived> poll(Duration patience) {
    if (System.nanoTime() - lookedAt >= LOOK_AGAIN.toNanos()) {
      lookForTopics();
      lookedAt = System.nanoTime();
    }
    var read = new ArrayList<Arrived>();
    if (consumer.assignment().isEmpty()) {
      sleep(patience);
      return read;
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      Arrived arrived = arrived(record);
      if (arrived != null) {
        read.add(arrived);
      }
    }
    return read;
  }

  /** How many records are still to be read of those that were there when it began. */
  public long remaining() {
    ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      sum += end.getValue() - consumer.position(end.getKey());
    }
    return sum;
  }

  /** How many records were no facts. */
  public long refused() {
    return refused;
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
                  Tenant.ofFactsTopic(topic)
                      .map(it -> only.isEmpty() || only.contains(it))
                      .orElse(false);
              if (wanted) {
                partitions.forEach(it -> found.add(new TopicPartition(topic, it.partition())));
              }
            });
    found.removeAll(all);
    if (found.isEmpty()) {
      return;
    }
    all.addAll(found);
    consumer.assign(all);
    Map<TopicPartition, Long> last = consumer.endOffsets(found);
    var moments = new HashMap<TopicPartition, Long>();
    found.forEach(it -> moments.put(it, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(moments);
    for (TopicPartition partition : found) {
      OffsetAndTimestamp begin = first.get(partition);
      long end = last.getOrDefault(partition, 0L);
      consumer.seek(partition, begin == null ? end : begin.offset());
    }
    ends.putAll(last);
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

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
