package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics of one kind, of some tenants or of all whose topics one may see, as they are written to.
 * Topics that are made later are found. Needs no consumer group, and takes nothing from anybody. A
 * Kafka that is not there at the beginning is an error; one that goes away later is waited for.
 * Used by one thread.
 */
final class FollowedTopics implements AutoCloseable {
  /** An answer takes milliseconds; whoever waits for facts waits so long for one that is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final Wanted wanted;
  private final java.util.function.Consumer<String> tell;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private boolean found;
  private boolean away;
  private long lookedAt;

  /**
   * What is read.
   *
   * @param whose tells the tenant by the topic's name; empty for topics of another kind
   * @param only whose topics; empty for all that one may see
   * @param since records that were appended then, or later
   * @param lookAgain how often new topics are looked for
   */
  record Wanted(
      Function<String, Optional<Tenant>> whose,
      Set<Tenant> only,
      Instant since,
      Duration lookAgain) {
    Wanted {
      only = Set.copyOf(only);
    }

    private boolean takes(String topic) {
      return whose.apply(topic).map(it -> only.isEmpty() || only.contains(it)).orElse(false);
    }
  }

  /**
   * @param tell is told, in a line for people, that Kafka does not answer, and that it does again
   */
  FollowedTopics(
      Map<String, Object> client, Wanted wanted, java.util.function.Consumer<String> tell) {
    this(consumer(client), wanted, tell);
  }

  FollowedTopics(
      Consumer<byte[], byte[]> consumer, Wanted wanted, java.util.function.Consumer<String> tell) {
    this.consumer = consumer;
    this.wanted = wanted;
    this.tell = tell;
    this.lookedAt = System.nanoTime() - wanted.lookAgain().toNanos();
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // What is there is shown at once; the default, 500 ms, is for throughput.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * What was appended since the last call; waits for it as long as told.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer the first time, or does
   *     not let this login read
   */
  Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
    lookForTopics();
    if (consumer.assignment().isEmpty()) {
      Pause.of(patience);
      return ConsumerRecords.empty();
    }
    try {
      return consumer.poll(patience);
    } catch (RetriableException e) {
      miss(e);
      return ConsumerRecords.empty();
    }
  }

  /** Whether all has been read that was there when the topics were first seen. */
  boolean isCaughtUp() {
    return found && remaining() == 0;
  }

  /** How many records are still to be read of those that were there when it began. */
  long remaining() {
    long sum = 0;
    for (var it = ends.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<TopicPartition, Long> end = it.next();
      long left = end.getValue() - position(end.getKey(), end.getValue());
      if (left <= 0) {
        it.remove();
      } else {
        sum += left;
      }
    }
    return sum;
  }

  /** It is asked for only where the topic has lost what was to be read next. */
  private long position(TopicPartition partition, long end) {
    try {
      return consumer.position(partition, PATIENCE);
    } catch (RetriableException e) {
      miss(e);
      return end - 1;
    }
  }

  /** Whose topics are read. */
  Set<Tenant> tenants() {
    Set<Tenant> seen = new HashSet<>();
    consumer.assignment().forEach(it -> wanted.whose().apply(it.topic()).ifPresent(seen::add));
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void lookForTopics() {
    if (System.nanoTime() - lookedAt < wanted.lookAgain().toNanos()) {
      return;
    }
    try {
      find();
      found = true;
      if (away) {
        away = false;
        tell.accept("Kafka answers again");
      }
    } catch (RetriableException e) {
      miss(e);
    }
    lookedAt = System.nanoTime();
  }

  /** What is assigned stays so: its consumer goes on by itself when Kafka is back. */
  private void miss(RetriableException failure) {
    if (!found) {
      throw failure;
    }
    if (!away) {
      away = true;
      tell.accept("Kafka does not answer; going on when it does");
    }
  }

  /** All is asked before anything is changed: half of it would be read from the wrong place. */
  private void find() {
    Set<TopicPartition> all = new HashSet<>(consumer.assignment());
    Set<TopicPartition> news = new HashSet<>();
    consumer
        .listTopics(PATIENCE)
        .forEach(
            (topic, partitions) -> {
              if (wanted.takes(topic)) {
                partitions.forEach(it -> news.add(new TopicPartition(topic, it.partition())));
              }
            });
    news.removeAll(all);
    if (news.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> last = consumer.endOffsets(news, PATIENCE);
    Map<TopicPartition, Long> moments = new HashMap<>();
    news.forEach(it -> moments.put(it, wanted.since().toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(moments, PATIENCE);
    all.addAll(news);
    consumer.assign(all);
    for (TopicPartition partition : news) {
      OffsetAndTimestamp begin = first.get(partition);
      long end = last.getOrDefault(partition, 0L);
      consumer.seek(partition, begin == null ? end : begin.offset());
      ends.put(partition, end);
    }
  }
}
