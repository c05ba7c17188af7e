package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of each tenant one engine keeps, over all its partitions: the samples of facts in its
 * stores. Findings, and moments that are not over, are little beside them and are not counted.
 * Sessions come on top, with about as much again for each that is ready.
 */
final class Allowance {
  /** What a store needs beside the bytes of a key and its value: measured, some 150 to 200. */
  static final int ENTRY_BYTES = 200;

  /** In so many networks of a tenant it is said that its allowance is used up; more are refused. */
  static final int MOST_TOLD = 100;

  private final long mostBytes;
  private final Figures figures;
  private final Map<Tenant, Long> used = new ConcurrentHashMap<>();
  private final Map<Tenant, Long> told = new ConcurrentHashMap<>();

  /**
   * @param mostBytes of one tenant
   */
  Allowance(long mostBytes, Figures figures) {
    this.mostBytes = mostBytes;
    this.figures = figures;
    figures.mostTenantBytes(mostBytes);
  }

  /** A tenant uses so many bytes more, or fewer. */
  void uses(Tenant tenant, long more) {
    add(used, tenant, more);
    figures.of(tenant).memory(more);
  }

  /** It was said in so many networks more, or fewer, that its allowance is used up. */
  void told(Tenant tenant, int more) {
    add(told, tenant, more);
  }

  boolean mayBeTold(Tenant tenant) {
    return told.getOrDefault(tenant, 0L) < MOST_TOLD;
  }

  /** Whether nothing new of a tenant is to be kept. */
  boolean isUsedUp(Tenant tenant) {
    return used.getOrDefault(tenant, 0L) >= mostBytes;
  }

  /** Whether there is room again, so much that it does not end with the next fact. */
  boolean hasRoom(Tenant tenant) {
    return used.getOrDefault(tenant, 0L) < mostBytes / 100 * 95;
  }

  long megabytes() {
    return mostBytes >> 20;
  }

  /** Of whom anything is kept. */
  Set<Tenant> tenants() {
    return Set.copyOf(used.keySet());
  }

  /** Of whom nothing is left there is no entry: tenants come and go. */
  private static void add(Map<Tenant, Long> counts, Tenant tenant, long more) {
    if (more != 0) {
      counts.merge(
          tenant, more, (one, other) -> one + other == 0 ? null : Long.valueOf(one + other));
    }
  }
}
