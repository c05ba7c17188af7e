package io.wgwhy.engine.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * What an engine counts, in the words of the design. The names are a contract: dashboards and
 * alerts rely on them. Nothing that a fact says becomes a label: only tenants, causes, reasons.
 */
public final class Figures {
  private static final String TENANT = "tenant";

  private final MeterRegistry registry;
  private final Timer ruleTime;
  private final Timer factToFinding;
  private final Timer rebuildTime;
  private final Timer rulesPause;
  private final Counter sessionsWithNewRules;
  private final AtomicLong sessions;
  private final AtomicLong toRestore;
  private final AtomicLong mostTenantBytes;
  private final Counter restored;
  private final Map<Tenant, TenantFigures> tenants = new ConcurrentHashMap<>();
  private final Map<Tenant, AtomicLong> lags = new ConcurrentHashMap<>();

  public Figures(MeterRegistry registry) {
    this.registry = registry;
    this.ruleTime =
        timer("wgwhy.rule.time", "Judging a moment: measurements and rules.", 0.1, 1, 10, 100);
    this.factToFinding =
        timer(
            "wgwhy.fact.to.finding",
            "From a fact's append to its topic until the finding that it led to is handed to Kafka;"
                + " readers see it with the commit that follows.",
            LongStream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
                .asDoubleStream()
                .toArray());
    this.rebuildTime =
        timer("wgwhy.session.rebuild", "Rebuilding a session from memory.", 1, 10, 100, 1_000);
    this.rulesPause =
        timer(
            "wgwhy.rules.pause",
            "How long facts were held up while sessions were given other rules.",
            1,
            10,
            50,
            100,
            200,
            1_000);
    this.sessionsWithNewRules =
        Counter.builder("wgwhy.rules.taken")
            .description("Sessions that went on with other rules.")
            .register(registry);
    this.sessions = gauge("wgwhy.sessions", "Sessions that are ready in memory.");
    this.toRestore =
        gauge("wgwhy.restore.remaining", "Records of the memory that are still to be restored.");
    this.mostTenantBytes =
        gauge("wgwhy.tenant.memory.limit.bytes", "How much is kept of one tenant at most.");
    this.restored =
        Counter.builder("wgwhy.restored")
            .description("Records of the memory that were restored.")
            .register(registry);
  }

  /** For an engine that nobody watches: counts nothing. */
  public static Figures unwatched() {
    return new Figures(new CompositeMeterRegistry());
  }

  /** Those of one tenant. */
  public TenantFigures of(Tenant tenant) {
    return tenants.computeIfAbsent(tenant, it -> new TenantFigures(registry, it));
  }

  /** A moment was judged. */
  public void judged(long nanos) {
    ruleTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A fact led to a finding. */
  public void found(long millis) {
    factToFinding.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  /** A session was rebuilt. */
  public void rebuilt(long nanos) {
    rebuildTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A session went on with other rules. */
  public void tookRules() {
    sessionsWithNewRules.increment();
  }

  /** Facts waited while sessions were given other rules. */
  public void pausedForRules(long nanos) {
    rulesPause.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * A published pack was refused by this engine, or stopped.
   *
   * @param pack its key: {@code pack} or {@code tenant/pack}
   * @param why {@code refused} or {@code stopped}
   */
  public void packFailed(String pack, String why) {
    Counter.builder("wgwhy.rules.failed")
        .description("Published packs that were refused, or stopped at run time.")
        .tag("pack", pack)
        .tag("why", why)
        .register(registry)
        .increment();
  }

  /** So many sessions more, or fewer, are ready. */
  public void sessions(int more) {
    sessions.addAndGet(more);
  }

  /** So many records of the memory more, or fewer, are to be restored. */
  public void toRestore(long more) {
    toRestore.addAndGet(more);
  }

  /** No more is kept of any tenant. */
  public void mostTenantBytes(long bytes) {
    mostTenantBytes.set(bytes);
  }

  /** So many of them have been restored. */
  public void restored(long records) {
    toRestore.addAndGet(-records);
    restored.increment((double) records);
  }

  /** How many records of the tenants' facts topics wait to be read; whom it leaves out has none. */
  public void lag(Map<Tenant, Long> waiting) {
    lags.forEach((tenant, lag) -> lag.set(waiting.getOrDefault(tenant, 0L)));
    waiting.forEach((tenant, lag) -> lags.computeIfAbsent(tenant, this::lagOf).set(lag));
  }

  /**
   * How much there is.
   *
   * @param sessions that are ready
   * @param tenants that are counted
   * @param rememberedBytes of all of them
   * @param openFindings of all of them
   */
  public record Now(long sessions, int tenants, long rememberedBytes, long openFindings) {}

  /** How much there is now. */
  public Now now() {
    return new Now(
        sessions.get(),
        tenants.size(),
        tenants.values().stream().mapToLong(TenantFigures::memory).sum(),
        tenants.values().stream().mapToLong(TenantFigures::open).sum());
  }

  /**
   * A tenant is gone, and all that was counted of it.
   *
   * @return whether anything was
   */
  public boolean forget(Tenant tenant) {
    boolean counted = tenants.remove(tenant) != null;
    counted |= lags.remove(tenant) != null;
    if (!counted) {
      return false;
    }
    for (Meter it : registry.getMeters()) {
      if (tenant.name().equals(it.getId().getTag(TENANT))) {
        registry.remove(it);
      }
    }
    return true;
  }

  private AtomicLong lagOf(Tenant tenant) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("wgwhy.lag", value, AtomicLong::get)
        .description("Records of facts topics that are not read yet.")
        .tag(TENANT, tenant.name())
        .strongReference(true)
        .register(registry);
    return value;
  }

  private AtomicLong gauge(String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::get)
        .description(description)
        .strongReference(true)
        .register(registry);
    return value;
  }

  private Timer timer(String name, String description, double... bucketMillis) {
    Duration[] buckets = new Duration[bucketMillis.length];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = Duration.ofNanos(Math.round(bucketMillis[i] * 1e6));
    }
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
