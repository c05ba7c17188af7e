package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.pack.PublishedPack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The published rule packs as they come. Not safe for several threads. */
public final class RuleFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RuleFeed.class);

  /** How often the topic is looked for, before there are packs. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, PublishedPack> records = new TreeMap<>();
  private boolean assigned;
  private long lookedAt = System.nanoTime() - LOOK_AGAIN.toNanos();

  public RuleFeed(Map<String, Object> client) {
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Made by whoever publishes first, compacted as it must be.
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // How soon packs are seen that are the first of all (default 5 min).
    settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Reads all that stands there now.
   *
   * @throws KafkaException when that takes longer than told
   */
  public void catchUp(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    if (!assign()) {
      return;
    }
    TopicPartition partition = partition();
    long last = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < last) {
      if (System.nanoTime() > end) {
        throw new KafkaException("No answer in time: cannot read " + PublishedPack.TOPIC);
      }
      take(Duration.ofMillis(100));
    }
  }

  /** Waits for what is new as long as told; whether another version of any pack applies now. */
  public boolean poll(Duration patience) {
    if (!assign()) {
      Pause.of(patience);
      return false;
    }
    return take(patience);
  }

  /** By key the versions that apply; of packs that are withdrawn the record that says so. */
  public Map<String, PublishedPack> heads() {
    var heads = new TreeMap<String, PublishedPack>();
    records.forEach(
        (key, pack) -> {
          if (key.equals(pack.key())) {
            heads.put(key, pack);
          }
        });
    return heads;
  }

  /**
   * The versions that applied before one, the newest first; none from before the pack was
   * withdrawn.
   */
  public List<PublishedPack> before(PublishedPack version) {
    var before = new ArrayList<PublishedPack>();
    for (PublishedPack it : records.values()) {
      if (it.key().equals(version.key()) && it.number() < version.number()) {
        before.add(it);
      }
    }
    before.sort(Comparator.comparingInt(PublishedPack::number).reversed());
    int withdrawn = 0;
    while (withdrawn < before.size() && !before.get(withdrawn).isWithdrawn()) {
      withdrawn++;
    }
    return List.copyOf(before.subList(0, withdrawn));
  }

  Map<String, PublishedPack> records() {
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean assign() {
    if (assigned || System.nanoTime() - lookedAt < LOOK_AGAIN.toNanos()) {
      return assigned;
    }
    lookedAt = System.nanoTime();
    if (consumer.listTopics(Patience.USUAL).containsKey(PublishedPack.TOPIC)) {
      consumer.assign(List.of(partition()));
      consumer.seekToBeginning(List.of(partition()));
      assigned = true;
    }
    return assigned;
  }

  private boolean take(Duration patience) {
    boolean changed = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      changed |= take(record);
    }
    return changed;
  }

  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return false;
    }
    String key = new String(record.key(), UTF_8);
    if (record.value() == null) {
      return records.remove(key) != null && !key.contains("@");
    }
    try {
      PublishedPack pack = Json.pack(record.value());
      if (!key.equals(pack.key()) && !key.equals(pack.versionKey())) {
        log.warn("Passed over a record of {}: it is of another pack", PublishedPack.TOPIC);
        return false;
      }
      records.put(key, pack);
      return key.equals(pack.key());
    } catch (IOException | RuntimeException e) {
      log.warn("Passed over offset {} of {}: no pack", record.offset(), PublishedPack.TOPIC);
      return false;
    }
  }

  private static TopicPartition partition() {
    return new TopicPartition(PublishedPack.TOPIC, 0);
  }
}
