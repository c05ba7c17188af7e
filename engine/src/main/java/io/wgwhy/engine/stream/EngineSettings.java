package io.wgwhy.engine.stream;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams runs the engine, and why so. */
final class EngineSettings {

  /** Above the largest dead letter (2 MiB), and above all samples of a large fact. */
  static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

  private EngineSettings() {}

  static Map<String, Object> of(Map<String, Object> client, String name, Path folder, int threads) {
    var settings = new HashMap<String, Object>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // The newer "streams" protocol refuses patterns as sources (4.3).
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");

    // Findings ask for a commit of their own. For the rest, the longer between commits, the more
    // samples of one fact are written once; a crash repeats what was since the last.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000L);
    // Nothing is cached by Streams: memory writes behind, by itself.
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    // Tenants do not wait for each other: the order of their facts among another is no matter.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    // max.poll.records and buffered.records.per.partition stay as they are (500, 1,000): with
    // larger ones records are cold again when their turn comes; 4,000 and 8,000 were no faster.

    // Another engine, if there is one, keeps a copy of what this one remembers, and can take over
    // at once. Where there is one only, this costs nothing.
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
    // An engine that joins gets its share as soon as it has caught up: all of it, not two
    // partitions at a time, looked at every minute (the least there is), not every ten.
    settings.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, 8);
    settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
    settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, TellingAside.class);

    // How soon a new tenant is seen (default 5 min).
    settings.put(consumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), 5_000);
    // How soon a dead engine's partitions go to another, and how long its open transaction holds
    // readers up. 6 s is the least that a broker allows unless told otherwise.
    settings.put(mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    settings.put(mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    settings.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 6_000);

    // How long all tenants wait when an output topic of one is deleted under a running engine
    // (defaults 60 s and 120 s). Then the thread is replaced, and the topic is made again.
    settings.put(producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), 10_000L);
    settings.put(producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), 10_000);
    settings.put(producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), 5_000);
    settings.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    settings.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    settings.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    settings.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.putAll(client);
    return settings;
  }
}
