package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store of which it is counted how much of it is each tenant's. */
final class CountedStore {
  private final KeyValueStore<String, byte[]> store;
  private final ObjLongConsumer<Tenant> count;

  /**
   * Counts what is there.
   *
   * @param count is told how many bytes more, or fewer, are a tenant's
   */
  CountedStore(KeyValueStore<String, byte[]> store, ObjLongConsumer<Tenant> count) {
    this.store = store;
    this.count = count;
    try (var all = store.all()) {
      all.forEachRemaining(it -> count.accept(NetworkKey.tenantIn(it.key), size(it.key, it.value)));
    }
  }

  byte @Nullable [] get(String key) {
    return store.get(key);
  }

  /**
   * @param value null to remove it
   */
  void put(NetworkKey network, String key, byte @Nullable [] value) {
    long more = size(key, value) - size(key, store.get(key));
    store.put(key, value);
    count.accept(network.tenant(), more);
  }

  /** Removes all that is a tenant's. */
  void forget(Tenant tenant) {
    NetworkKey.keysOf(tenant, store)
        .forEach(
            key -> {
              long less = size(key, store.get(key));
              store.put(key, null);
              count.accept(tenant, -less);
            });
  }

  /** All of a network. */
  KeyValueIterator<String, byte[]> of(NetworkKey network) {
    return store.prefixScan(network.prefix(), new StringSerializer());
  }

  private static long size(String key, byte @Nullable [] value) {
    return value == null ? 0 : key.length() + value.length + Allowance.ENTRY_BYTES;
  }
}
