package io.wgwhy.connectors.kafka;

import io.wgwhy.connectors.kafka.Backup.HeaderLine;
import io.wgwhy.connectors.kafka.Backup.RecordLine;
import io.wgwhy.connectors.kafka.Backup.Size;
import io.wgwhy.connectors.kafka.Backup.TopicLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts a backup back, into topics that are not there yet, or are empty. */
public final class Restoring {
  private final Map<String, Object> client;

  public Restoring(Map<String, Object> client) {
    this.client = Map.copyOf(client);
  }

  /**
   * Nothing is written unless all of it can be.
   *
   * @throws Backup.NotUsable when the backup is not whole, or a topic of it has records
   */
  public Size restore(Path file) throws IOException {
    Size size = Backup.check(file);
    List<TopicLine> topics = new ArrayList<>();
    Backup.read(file, topics::add, it -> {});
    create(topics);
    var failed = new AtomicReference<@Nullable Exception>();
    try (var producer =
        new KafkaProducer<>(
            settings(client), new ByteArraySerializer(), new ByteArraySerializer())) {
      Backup.read(
          file,
          it -> {},
          it -> {
            Future<?> unused =
                producer.send(
                    record(topics, it),
                    (done, e) -> {
                      if (e != null) {
                        failed.compareAndSet(null, e);
                      }
                    });
          });
      producer.flush();
    }
    Exception first = failed.get();
    if (first != null) {
      throw new KafkaException(
          "Not all of the backup could be written: " + first.getMessage(), first);
    }
    return size;
  }

  static Map<String, Object> settings(Map<String, Object> client) {
    var settings = new HashMap<String, Object>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // Not 5: on a topic that has just been made the first batch may be refused, and one that
    // overtakes it keeps it from ever being taken (FactPublisher).
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    // A dead letter is larger than a producer's usual most.
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.DEAD_LETTER_BYTES);
    return settings;
  }

  private static ProducerRecord<byte[], byte[]> record(List<TopicLine> topics, RecordLine it) {
    String topic = topics.get(it.topic()).name();
    var record =
        new ProducerRecord<>(
            topic, it.partition(), it.at(), Backup.bytes(it.key()), Backup.bytes(it.value()));
    for (HeaderLine header : it.headers()) {
      record.headers().add(new RecordHeader(header.name(), Backup.bytes(header.value())));
    }
    return record;
  }

  private void create(List<TopicLine> topics) {
    try (Admin admin = Admin.create(client)) {
      var there =
          Patience.await(
              "list topics", admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
      var full = new TreeSet<String>();
      for (TopicLine topic : topics) {
        if (there.contains(topic.name()) && !isEmpty(admin, topic)) {
          full.add(topic.name());
        }
      }
      if (!full.isEmpty()) {
        throw new Backup.NotUsable(
            "there are records already: restore into an empty cluster, or delete these topics"
                + " first: "
                + String.join(", ", full));
      }
      List<NewTopic> missing =
          topics.stream()
              .filter(it -> !there.contains(it.name()))
              .map(
                  it ->
                      new NewTopic(it.name(), Optional.of(it.partitions()), Optional.empty())
                          .configs(it.settings()))
              .toList();
      Patience.await("create topics", admin.createTopics(missing).all());
    }
  }

  private static boolean isEmpty(Admin admin, TopicLine topic) {
    var earliest = new HashMap<TopicPartition, OffsetSpec>();
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (int i = 0; i < topic.partitions(); i++) {
      earliest.put(new TopicPartition(topic.name(), i), OffsetSpec.earliest());
      latest.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
    }
    var first = Patience.await("look at " + topic.name(), admin.listOffsets(earliest).all());
    var last = Patience.await("look at " + topic.name(), admin.listOffsets(latest).all());
    return first.entrySet().stream()
        .allMatch(
            it ->
                it.getValue().offset()
                    == Objects.requireNonNull(last.get(it.getKey()), "asked for").offset());
  }
}
