package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a tenant's facts to the end of their topic, as fast as one thread can: what an engine is
 * measured beside.
 */
public final class BareConsumer {
  private static final Logger log = LoggerFactory.getLogger(BareConsumer.class);

  private BareConsumer() {}

  /**
   * Reads from the beginning to where the topic ends now.
   *
   * @param facts takes each fact with its network, those of a network in their order
   * @return how many records were read
   */
  public static long read(
      Map<String, Object> client, Tenant tenant, BiConsumer<String, Fact> facts) {
    var settings = new HashMap<>(client);
    // Nobody waits for the first of them: larger polls cost less each.
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(tenant.facts()).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = new HashMap<>(consumer.endOffsets(partitions));
      long read = 0;
      while (!ends.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          hand(record, facts);
          read++;
        }
        ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
      }
      return read;
    }
  }

  private static void hand(ConsumerRecord<byte[], byte[]> record, BiConsumer<String, Fact> facts) {
    try {
      facts.accept(new String(record.key(), UTF_8), Json.fact(record.value()));
    } catch (IOException | RuntimeException e) {
      log.debug("Passed over a record of {} that is no fact", record.topic());
    }
  }
}
