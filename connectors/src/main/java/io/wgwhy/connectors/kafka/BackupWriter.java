package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.kafka.Backup.HeaderLine;
import io.wgwhy.connectors.kafka.Backup.Line;
import io.wgwhy.connectors.kafka.Backup.RecordLine;
import io.wgwhy.connectors.kafka.Backup.Size;
import io.wgwhy.connectors.kafka.Backup.TopicLine;
import io.wgwhy.facts.Tenant;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes a backup: the tenants' topics, and the engine's memory of what it has told. */
public final class BackupWriter {
  private static final Duration WAIT = Duration.ofMillis(200);

  /** An engine that has much to do commits ten times a second, and never stands still. */
  private static final int TRIES = 5;

  private final Map<String, Object> client;
  private final String engine;
  private final boolean withFacts;

  /**
   * @param engine the engine's name, which its memory's topic begins with
   * @param withFacts also the facts: seven days of them, which may be much
   */
  public BackupWriter(Map<String, Object> client, String engine, boolean withFacts) {
    this.client = Map.copyOf(client);
    this.engine = engine;
    this.withFacts = withFacts;
  }

  /** What is committed when it begins. */
  public Size write(OutputStream to) throws IOException {
    List<TopicLine> topics = topics();
    long count;
    try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(to))) {
      print(out, new Line(Backup.VERSION, Instant.now().toString(), null, null, null));
      for (TopicLine topic : topics) {
        print(out, new Line(null, null, topic, null, null));
      }
      count = records(topics, out);
      print(out, new Line(null, null, null, null, count));
    }
    return new Size(topics.size(), count);
  }

  private long records(List<TopicLine> topics, OutputStream out) throws IOException {
    var places = new HashMap<TopicPartition, Integer>();
    for (int i = 0; i < topics.size(); i++) {
      for (int partition = 0; partition < topics.get(i).partitions(); partition++) {
        places.put(new TopicPartition(topics.get(i).name(), partition), i);
      }
    }
    if (places.isEmpty()) {
      return 0;
    }
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    long count = 0;
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(places.keySet());
      var ends = new HashMap<>(settledEnds(consumer, places.keySet()));
      consumer.seekToBeginning(places.keySet());
      while (true) {
        ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
        if (ends.isEmpty()) {
          return count;
        }
        consumer.pause(consumer.assignment().stream().filter(it -> !ends.containsKey(it)).toList());
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
          TopicPartition from = new TopicPartition(record.topic(), record.partition());
          if (record.offset() < ends.getOrDefault(from, 0L)) {
            print(out, new Line(null, null, null, line(known(places, from), record), null));
            count++;
          }
        }
      }
    }
  }

  /**
   * Where partitions end. What the engine commits together reaches them one after the other, and
   * they are asked one after the other: where nothing came between two answers, nothing was in the
   * midst of it. An engine that always commits gets its last answer.
   */
  private static Map<TopicPartition, Long> settledEnds(
      Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (int i = 0; i < TRIES; i++) {
      Pause.of(WAIT);
      Map<TopicPartition, Long> again = consumer.endOffsets(partitions);
      if (again.equals(ends)) {
        break;
      }
      ends = again;
    }
    return ends;
  }

  private static RecordLine line(int topic, ConsumerRecord<byte[], byte[]> record) {
    List<HeaderLine> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(it -> new HeaderLine(it.key(), Backup.text(it.value())))
            .toList();
    return new RecordLine(
        topic,
        record.partition(),
        record.timestamp(),
        Backup.text(record.key()),
        Backup.text(record.value()),
        headers);
  }

  private List<TopicLine> topics() {
    try (Admin admin = Admin.create(client)) {
      var all = admin.listTopics(new ListTopicsOptions().listInternal(true)).names();
      List<String> names =
          Patience.await("list topics", all).stream().filter(this::isWanted).sorted().toList();
      var described = Patience.await("look at topics", admin.describeTopics(names).allTopicNames());
      var resources =
          names.stream().map(it -> new ConfigResource(ConfigResource.Type.TOPIC, it)).toList();
      var configs = Patience.await("look at topics", admin.describeConfigs(resources).all());
      var lines = new ArrayList<TopicLine>();
      for (int i = 0; i < names.size(); i++) {
        var own = new TreeMap<String, String>();
        for (ConfigEntry it : known(configs, resources.get(i)).entries()) {
          if (it.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG && it.value() != null) {
            own.put(it.name(), it.value());
          }
        }
        lines.add(
            new TopicLine(names.get(i), known(described, names.get(i)).partitions().size(), own));
      }
      return lines;
    }
  }

  private static <K, V> V known(Map<K, V> all, K key) {
    return Objects.requireNonNull(all.get(key), "asked for");
  }

  private boolean isWanted(String topic) {
    if (topic.startsWith(engine + "-")) {
      return topic.endsWith("-changelog");
    }
    return topic.startsWith("wgwhy.") && (withFacts || Tenant.ofFactsTopic(topic).isEmpty());
  }

  private static void print(OutputStream out, Line line) throws IOException {
    out.write(Backup.JSON.writeValueAsString(line).getBytes(UTF_8));
    out.write('\n');
  }
}
