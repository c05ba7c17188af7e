package io.wgwhy.engine.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wgwhy.facts.Tenant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is counted of one tenant. Of what was received each record is processed, refused, or waits
 * for the rest of its moment: {@code received = processed + refused + waiting}.
 */
public final class TenantFigures {
  private static final String TENANT = "tenant";

  private final MeterRegistry registry;
  private final Tenant tenant;
  private final Counter received;
  private final Counter processed;
  private final AtomicLong memory = new AtomicLong();
  private final Map<String, Counter> refused = new ConcurrentHashMap<>();
  private final Map<String, Counter> findings = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> open = new ConcurrentHashMap<>();

  TenantFigures(MeterRegistry registry, Tenant tenant) {
    this.registry = registry;
    this.tenant = tenant;
    this.received =
        counter("wgwhy.facts.received", "Records that were read from facts topics.")
            .register(registry);
    this.processed =
        counter("wgwhy.facts.processed", "Facts that were judged, and are remembered.")
            .register(registry);
    measure(registry, tenant, memory);
  }

  private static void measure(MeterRegistry registry, Tenant tenant, AtomicLong memory) {
    Gauge.builder("wgwhy.tenant.memory.bytes", memory, AtomicLong::get)
        .description("What is kept of a tenant, to judge by.")
        .tag(TENANT, tenant.name())
        .strongReference(true)
        .register(registry);
  }

  /** A record came. */
  public void received() {
    received.increment();
  }

  /** So many facts were judged. */
  public void processed(int facts) {
    processed.increment(facts);
  }

  /**
   * A record became a dead letter.
   *
   * @param reason of few that there are
   */
  public void refused(String reason) {
    refused
        .computeIfAbsent(
            reason,
            it ->
                counter("wgwhy.refusals", "Records that became dead letters.")
                    .tag("reason", it)
                    .register(registry))
        .increment();
  }

  /**
   * A finding was published.
   *
   * @param state {@code open} or {@code resolved}
   */
  public void published(String state) {
    findings
        .computeIfAbsent(
            state,
            it ->
                counter("wgwhy.findings.published", "Findings that were published.")
                    .tag("state", it)
                    .register(registry))
        .increment();
  }

  /** So many bytes more, or fewer, are kept of it. */
  public void memory(long more) {
    memory.addAndGet(more);
  }

  /** So many findings of a cause more, or fewer, are open. */
  public void open(String cause, int more) {
    open.computeIfAbsent(cause, this::openOf).addAndGet(more);
  }

  long memory() {
    return memory.get();
  }

  long open() {
    return open.values().stream().mapToLong(AtomicLong::get).sum();
  }

  private AtomicLong openOf(String cause) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("wgwhy.findings.open", value, AtomicLong::get)
        .description("Findings that are open.")
        .tag(TENANT, tenant.name())
        .tag("cause", cause)
        .strongReference(true)
        .register(registry);
    return value;
  }

  private Counter.Builder counter(String name, String description) {
    return Counter.builder(name).description(description).tag(TENANT, tenant.name());
  }
}
