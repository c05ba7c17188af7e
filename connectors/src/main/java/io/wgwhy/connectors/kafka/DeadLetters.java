package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.kafka.DeadLetter.Origin;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records that engines refused: reads them, and sends them back to where they came from. They
 * stay where they are; one that is sent twice says nothing new to a session that knows it.
 */
public final class DeadLetters implements AutoCloseable {
  /** On a record that was sent back: the dead letter's number. */
  private static final String REPLAYED = "replayed";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Kafka did not take what was sent back; the message says why, for people. */
  public static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSent(Throwable cause) {
      super("not published: " + cause.getMessage(), cause);
    }
  }

  public DeadLetters(Map<String, Object> client) {
    this.client = Map.copyOf(client);
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The tenants that have a topic for dead letters, as far as one may see them; by name. */
  public Set<Tenant> tenants() {
    var found = new TreeSet<Tenant>(Comparator.comparing(Tenant::name));
    consumer
        .listTopics(PATIENCE)
        .keySet()
        .forEach(topic -> Tenant.ofDeadLettersTopic(topic).ifPresent(found::add));
    return found;
  }

  /** Reads all that are kept, the oldest first. */
  public void read(Tenant tenant, Consumer<DeadLetter> letters) {
    read(
        new TopicPartition(tenant.deadLetters(), 0),
        0,
        record -> {
          letters.accept(letter(record));
          return true;
        });
  }

  /** The one with this number; empty when there is none, or none any more. */
  public Optional<DeadLetter> find(Tenant tenant, long number) {
    return one(new TopicPartition(tenant.deadLetters(), 0), number).map(DeadLetters::letter);
  }

  /** The same with what was left out of it, as far as its origin still holds that. */
  public DeadLetter whole(DeadLetter letter) {
    Origin origin = letter.origin();
    if (letter.leftOut() == null || origin == null) {
      return letter;
    }
    return one(new TopicPartition(origin.topic(), origin.partition()), origin.offset())
        .map(
            it ->
                new DeadLetter(
                    letter.tenant(),
                    letter.number(),
                    letter.at(),
                    it.key(),
                    it.value(),
                    letter.refusal(),
                    letter.reason(),
                    origin,
                    null))
        .orElse(letter);
  }

  /**
   * Publishes records as facts of their tenant again, in this order, and waits until they stand on
   * the topic.
   *
   * @throws NotSent if one does not; those before it do
   */
  public void replay(List<DeadLetter> letters) {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putAll(client);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent = letters.stream().map(it -> producer.send(again(it))).toList();
      for (var each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new NotSent(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw new NotSent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotSent(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
    // The topic by its tenant, never by what a header says.
    var record = new ProducerRecord<>(letter.tenant().facts(), letter.key(), letter.value());
    record.headers().add(REPLAYED, String.valueOf(letter.number()).getBytes(UTF_8));
    return record;
  }

  /** The record at an offset; empty when there is none. */
  private Optional<ConsumerRecord<byte[], byte[]>> one(TopicPartition partition, long offset) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    read(
        partition,
        offset,
        record -> {
          if (record.offset() == offset) {
            found.add(record);
          }
          return false;
        });
    return found.stream().findFirst();
  }

  /** From an offset to where the topic ends now, as long as more is wanted. */
  private void read(
      TopicPartition partition, long from, Predicate<ConsumerRecord<byte[], byte[]>> more) {
    var only = List.of(partition);
    if (!consumer.listTopics(PATIENCE).containsKey(partition.topic())) {
      return;
    }
    consumer.assign(only);
    consumer.seek(partition, from);
    long end = consumer.endOffsets(only, PATIENCE).getOrDefault(partition, 0L);
    if (from >= end) {
      return;
    }
    while (consumer.position(partition, PATIENCE) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!more.test(record)) {
          return;
        }
      }
    }
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    Tenant tenant = Tenant.ofDeadLettersTopic(record.topic()).orElseThrow();
    String reason = header(record.headers(), "reason");
    return new DeadLetter(
        tenant,
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        header(record.headers(), "refusal"),
        reason == null ? "no reason is given" : reason,
        origin(tenant, record.headers()),
        header(record.headers(), "left-out"));
  }

  /** Null unless the headers name a place on the tenant's own facts topic. */
  private static @Nullable Origin origin(Tenant tenant, Headers headers) {
    String topic = header(headers, "topic");
    String partition = header(headers, "partition");
    String offset = header(headers, "offset");
    if (!tenant.facts().equals(topic) || partition == null || offset == null) {
      return null;
    }
    try {
      return new Origin(tenant.facts(), Integer.parseInt(partition), Long.parseLong(offset));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String header(Headers headers, String name) {
    Header found = headers.lastHeader(name);
    return found == null || found.value() == null ? null : new String(found.value(), UTF_8);
  }
}
