package io.wgwhy.engine.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Committed records of a topic. */
final class Readings {

  private Readings() {}

  /** What is on all its partitions now; partition by partition, or between one another. */
  static List<ConsumerRecord<String, String>> all(Map<String, Object> client, String topic) {
    try (var consumer = consumer(client)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(topic, it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = new HashMap<>(consumer.endOffsets(partitions));
      var read = new ArrayList<ConsumerRecord<String, String>>();
      while (!ends.isEmpty()) {
        consumer.poll(Duration.ofMillis(50)).forEach(read::add);
        ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
      }
      return read;
    }
  }

  /** Of a topic of one partition, read until they satisfy, or time is up. */
  static List<ConsumerRecord<String, String>> until(
      String bootstrap,
      String topic,
      Duration patience,
      Predicate<List<ConsumerRecord<String, String>>> enough) {
    return until(Map.of("bootstrap.servers", bootstrap), topic, patience, enough);
  }

  static List<ConsumerRecord<String, String>> until(
      Map<String, Object> client,
      String topic,
      Duration patience,
      Predicate<List<ConsumerRecord<String, String>>> enough) {
    try (var consumer = consumer(client)) {
      var partition = List.of(new TopicPartition(topic, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      var read = new ArrayList<ConsumerRecord<String, String>>();
      long end = System.nanoTime() + patience.toNanos();
      while (!enough.test(read) && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(50)).forEach(read::add);
      }
      return read;
    }
  }

  private static KafkaConsumer<String, String> consumer(Map<String, Object> client) {
    var settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("fetch.max.wait.ms", 20);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }
}
