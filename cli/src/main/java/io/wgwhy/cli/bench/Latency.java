package io.wgwhy.cli.bench;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.wgwhy.cli.bench.Bench.Spent;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.connectors.kafka.GroupProgress;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time from a fact that breaks the news to the finding, as a reader of findings sees it. What is
 * told because it has held for long enough, and no fact came meanwhile, has no such fact.
 */
public final class Latency {
  /** For an engine that meets all networks, or works off what it could not keep up with. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** From the engine's commit to the reader. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  /** Upper bounds of the histogram, ms. */
  private static final long[] BOUNDS = {25, 50, 75, 100, 150, 200, 250, 500, 1_000, 2_500, 5_000};

  private final Map<String, Object> client;
  private final Map<String, Object> publishing;
  private final GroupProgress engine;
  private final Set<Tenant> tenants;
  private final Fleet fleet;
  private final double factsPerSecond;
  private final Duration counted;

  /** While the engine first meets the networks, and makes up for that, nothing is counted. */
  private final Duration warmUp;

  private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();
  private final List<Long> took = Collections.synchronizedList(new ArrayList<>());

  private final AtomicLong sent = new AtomicLong();

  /** CPU of this process while it counted, ns. */
  private long cpuNanos;

  /**
   * Milliseconds; of so many findings.
   *
   * @param factsPerSecond at which they were measured: what was sent, while it counted
   * @param cores busy meanwhile: with publishing, broker and reading
   * @param histogram how many took at most so long; the rest took longer
   */
  public record Percentiles(
      long findings,
      long factsPerSecond,
      double cores,
      long p50,
      long p90,
      long p99,
      long max,
      Map<Long, Long> histogram) {

    /** For people, in one line. */
    String print() {
      return findings == 0
          ? String.format(
              Locale.ROOT,
              "no finding changed at %,d facts/s: more --seconds, or --failing, would tell",
              factsPerSecond)
          : String.format(
              Locale.ROOT,
              "p50 %d ms, p90 %d ms, p99 %d ms, at most %d ms at %,d facts/s (%,d findings; %.1f"
                  + " cores busy)",
              p50,
              p90,
              p99,
              max,
              factsPerSecond,
              findings,
              cores);
    }
  }

  /**
   * @param client for whom reads findings
   * @param publishing for whom publishes facts
   * @param engine how far it is
   * @param counted for how long, after half of it to warm up
   */
  Latency(
      Map<String, Object> client,
      Map<String, Object> publishing,
      GroupProgress engine,
      Set<Tenant> tenants,
      Fleet fleet,
      double factsPerSecond,
      Duration counted) {
    this.engine = engine;
    this.counted = counted;
    this.warmUp = counted.dividedBy(2);
    this.client = client;
    this.publishing = publishing;
    this.tenants = tenants;
    this.fleet = fleet;
    this.factsPerSecond = factsPerSecond;
  }

  Percentiles measure() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread listener = new Thread(() -> listen(over), "listener");
    listener.start();
    try (FactPublisher publisher = new FactPublisher(publishing)) {
      // All of it once, as fast as it goes: that is no load that a fleet makes.
      fleet.sample(publisher::publish);
      publisher.flush();
      work();
      publish(publisher);
      publisher.flush();
    }
    // What is still under way counts, too.
    work();
    Thread.sleep(UNDER_WAY.toMillis());
    over.set(true);
    listener.join();
    Collections.sort(took);
    Map<Long, Long> histogram = new LinkedHashMap<>();
    for (long bound : BOUNDS) {
      histogram.put(bound, took.stream().filter(it -> it <= bound).count());
    }
    long perSecond = Math.round(sent.get() / (double) counted.toSeconds());
    double cores = Math.round(10.0 * cpuNanos / counted.toNanos()) / 10.0;
    return new Percentiles(
        took.size(), perSecond, cores, at(0.5), at(0.9), at(0.99), at(1), histogram);
  }

  private long at(double part) {
    return took.isEmpty() ? -1 : took.get((int) Math.min(took.size() - 1, took.size() * part));
  }

  /** Until the engine has done with all, or will not soon. */
  private void work() throws InterruptedException {
    Set<String> topics = tenants.stream().map(Tenant::facts).collect(toUnmodifiableSet());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (engine.waiting(topics) > 0 && System.nanoTime() < until) {
      Thread.sleep(50);
    }
  }

  private void publish(FactPublisher publisher) {
    long[] facts = {0};
    long start = System.nanoTime();
    long end = start + warmUp.plus(counted).toNanos();
    while (System.nanoTime() < end) {
      fleet.sample(
          (tenant, network, moment) ->
              publish(publisher, tenant, network, moment, start, end, facts));
    }
    cpuNanos += Spent.cpu();
  }

  private void publish(
      FactPublisher publisher,
      Tenant tenant,
      String network,
      List<Fact> moment,
      long start,
      long end,
      long[] facts) {
    long due = start + (long) (facts[0] / factsPerSecond * 1e9);
    long early = due - System.nanoTime();
    if (early > 1_000_000) {
      sleep(early / 1_000_000);
    }
    long now = System.nanoTime();
    if (now > end) {
      // A large fleet takes longer for one sample of all than is measured.
      return;
    }
    if (now - start > warmUp.toNanos()) {
      if (sent.get() == 0) {
        cpuNanos = -Spent.cpu();
      }
      publishedAt.put(network + " " + moment.get(0).at(), now);
      sent.addAndGet(moment.size());
    }
    publisher.publish(tenant, network, moment);
    facts[0] += moment.size();
  }

  private void listen(AtomicBoolean over) {
    try (FindingReader reader = new FindingReader(client, tenants)) {
      while (!over.get()) {
        reader.poll(Duration.ofMillis(20)).forEach(this::hear);
      }
    }
  }

  /** A finding carries the time of the fact that changed it. */
  private void hear(Published published) {
    Finding finding = published.finding();
    long held = Duration.between(finding.openedAt(), finding.updatedAt()).toMillis();
    if (finding.state() == Finding.State.OPEN && held < WireGuard.REKEY_TIMEOUT) {
      // No fact made it known: by the engine's clock it held for long enough before any came.
      return;
    }
    Long at = publishedAt.get(finding.network() + " " + finding.updatedAt().toEpochMilli());
    if (at != null) {
      took.add((System.nanoTime() - at) / 1_000_000);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
