package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Which network, of which tenant. Keys in the stores begin with it. */
record NetworkKey(Tenant tenant, String network) {

  /**
   * Ends each part of a key, also the last before what is searched for, so that network {@code a}
   * does not cover {@code ab}. Names cannot contain it: {@link Intake} refuses control characters.
   */
  static final char END = '\0';

  String prefix() {
    return tenant.name() + END + network + END;
  }

  /** The network whose {@link #prefix} this is. */
  static NetworkKey ofPrefix(String prefix) {
    int end = prefix.indexOf(END);
    return new NetworkKey(
        new Tenant(prefix.substring(0, end)), prefix.substring(end + 1, prefix.length() - 1));
  }

  /** The network that a key of a store begins with. */
  static NetworkKey ofStoreKey(String storeKey) {
    return ofPrefix(storeKey.substring(0, storeKey.indexOf(END, storeKey.indexOf(END) + 1) + 1));
  }

  /** The tenant whose key this is. */
  static Tenant tenantIn(String storeKey) {
    return new Tenant(storeKey.substring(0, storeKey.indexOf(END)));
  }

  /** All keys of a tenant that a store has. */
  static List<String> keysOf(Tenant tenant, KeyValueStore<String, byte[]> store) {
    List<String> keys = new ArrayList<>();
    try (var all = store.prefixScan(tenant.name() + END, new StringSerializer())) {
      all.forEachRemaining(it -> keys.add(it.key));
    }
    return keys;
  }

  /** The same, of a record of a changelog; empty when it is nobody's. */
  static Optional<Tenant> tenantOf(byte @Nullable [] storeKey) {
    String key = storeKey == null ? "" : new String(storeKey, UTF_8);
    int end = key.indexOf(END);
    return end < 0 ? Optional.empty() : Tenant.named(key.substring(0, end));
  }

  /** Whether this is a key of what is about no network. */
  static boolean isOfNone(String storeKey) {
    return storeKey.charAt(storeKey.indexOf(END) + 1) == END;
  }

  String with(String name) {
    return prefix() + name;
  }

  /** What stands behind the prefix. */
  String nameIn(String storeKey) {
    return storeKey.substring(tenant.name().length() + network.length() + 2);
  }

  @Override
  public String toString() {
    return tenant + "/" + network;
  }
}
