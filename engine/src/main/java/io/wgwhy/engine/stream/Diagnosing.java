package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What the engine is made of: all tenants' facts, one processor, and where its results go. */
final class Diagnosing {

  private static final String SOURCE = "all-facts";
  private static final String PROCESSOR = "reasoning";

  /** Of a store's record: the samples of one fact, or a finding with its evidence. */
  private static final String MAX_STORED_BYTES = String.valueOf(EngineSettings.MAX_REQUEST_BYTES);

  private Diagnosing() {}

  /** The topology, to be run by an {@link Engine}. */
  static Topology topology(
      Opening opening,
      Outputs outputs,
      Figures figures,
      int mostSessions,
      Aside aside,
      Allowance allowance,
      Departed departed) {
    var topology =
        new Topology()
            .addSource(
                // A tenant's topic is found a while after its first facts are on it.
                AutoOffsetReset.earliest(),
                SOURCE,
                new AppendTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Tenant.ALL_FACTS)
            .addProcessor(
                PROCESSOR,
                () ->
                    new Reasoning(
                        opening, outputs, figures, mostSessions, aside, allowance, departed),
                SOURCE)
            .addStateStore(BeforeCommit.builder(), PROCESSOR)
            .<byte[], Outgoing>addSink(
                "results",
                (key, outgoing, record) -> outgoing.topic(),
                new ByteArraySerializer(),
                (topic, outgoing) -> outgoing.value(),
                PROCESSOR);
    Store.PARTS.forEach(it -> topology.addStateStore(store(it), PROCESSOR));
    return topology;
  }

  /** In memory, and durable by its changelog: restored from there after a restart. */
  private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_STORED_BYTES));
  }
}
