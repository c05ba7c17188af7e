package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes facts, each exactly once and those of one network in their order. Facts wait in a
 * bounded buffer; when it is full, {@link #publish} waits. A fact that could not be delivered is
 * told by the next call, whichever it is: none is lost in silence.
 */
public final class FactPublisher implements AutoCloseable {
  /** On every fact of a moment but the last: the engine judges what belongs together at once. */
  static final String CONTINUES = "continues";

  private static final byte[] YES = "yes".getBytes(UTF_8);

  private final Producer<byte[], byte[]> producer;
  private final BrokerClock clock;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public FactPublisher(Map<String, Object> client) {
    this(client, new BrokerClock());
  }

  /**
   * @param clock is set by what the broker acknowledges
   */
  FactPublisher(Map<String, Object> client, BrokerClock clock) {
    this(
        new KafkaProducer<>(settings(client), new ByteArraySerializer(), new ByteArraySerializer()),
        clock);
  }

  FactPublisher(Producer<byte[], byte[]> producer) {
    this(producer, new BrokerClock());
  }

  private FactPublisher(Producer<byte[], byte[]> producer, BrokerClock clock) {
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Hands facts over for delivery.
   *
   * @param network the key: all facts of a network meet in one partition
   * @param facts in their order; what one host said at one moment must not be split between calls,
   *     or the engine may judge a half of it
   */
  public void publish(Tenant tenant, String network, List<Fact> facts) {
    send(tenant, network, WrittenFact.of(facts));
  }

  /** The same with facts that are written already. */
  void send(Tenant tenant, String network, List<WrittenFact> written) {
    tellFailure();
    byte[] key = network.getBytes(UTF_8);
    for (WrittenFact fact : written) {
      var record = new ProducerRecord<>(tenant.facts(), null, fact.at(), key, fact.json());
      if (fact.continues()) {
        record.headers().add(CONTINUES, YES);
      }
      long sentNanos = clock.nanos();
      Future<?> unused =
          producer.send(
              record,
              (delivered, exception) -> {
                noteFailure(exception);
                noteTime(fact, sentNanos, delivered, exception);
              });
    }
  }

  /** Where topics carry the sender's times, they come back as they were sent. */
  private void noteTime(
      WrittenFact fact, long sentNanos, @Nullable RecordMetadata to, @Nullable Exception failed) {
    if (failed == null && to != null && to.hasTimestamp() && to.timestamp() != fact.at()) {
      clock.appended(sentNanos, to.timestamp());
    }
  }

  /** Waits until everything handed over has been delivered, or has failed. */
  public void flush() {
    producer.flush();
    tellFailure();
  }

  @Override
  public void close() {
    // As long as a delivery may take; after that, what is left has failed anyway.
    producer.close(Duration.ofSeconds(30));
    tellFailure();
  }

  /** Without waiting for longer than that; what is on its way is given up. */
  void close(Duration patience) {
    producer.close(patience);
  }

  private void noteFailure(@Nullable Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  private void tellFailure() {
    Exception first = failure.getAndSet(null);
    if (first != null) {
      throw new KafkaException("Facts were not delivered: " + first.getMessage(), first);
    }
  }

  static Map<String, Object> settings(Map<String, Object> client) {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // Facts of one host come in bursts; 5 ms collects a burst and nobody notices the wait.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    // JSON of one kind repeats itself: a fifth is left. LZ4 costs readers least.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // 20,000 facts of 400 bytes: minutes of a large gateway, little for its memory.
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8 * 1024 * 1024L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000L);
    settings.putAll(client);
    // Whatever the client says, not 5: a broker takes any first batch from a producer it does not
    // know. Where the very first is refused, as it is on a topic that has just been made, a second
    // one in flight overtakes it, and the first can never be delivered ("out of order sequence",
    // until it times out).
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return settings;
  }
}
