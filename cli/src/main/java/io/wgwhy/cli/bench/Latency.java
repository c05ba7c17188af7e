package io.wgwhy.cli.bench;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Time from a fact that breaks the news to the finding, as a reader of findings sees it. */
final class Latency {
  private static final Duration FOR = Duration.ofSeconds(40);

  /** While the engine first meets the networks, and makes up for that, nothing is counted. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final Map<String, Object> client;
  private final Tenant tenant;
  private final Fleet fleet;
  private final double factsPerSecond;
  private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();
  private final List<Long> took = Collections.synchronizedList(new ArrayList<>());

  /** Milliseconds; of so many findings. */
  record Percentiles(long findings, long p50, long p99) {}

  Latency(Map<String, Object> client, Tenant tenant, Fleet fleet, double factsPerSecond) {
    this.client = client;
    this.tenant = tenant;
    this.fleet = fleet;
    this.factsPerSecond = factsPerSecond;
  }

  Percentiles measure() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread listener = new Thread(() -> listen(over), "listener");
    listener.start();
    publish();
    Thread.sleep(1_000);
    over.set(true);
    listener.join();
    Collections.sort(took);
    return new Percentiles(took.size(), at(0.5), at(0.99));
  }

  private long at(double part) {
    return took.isEmpty() ? -1 : took.get((int) Math.min(took.size() - 1, took.size() * part));
  }

  private void publish() {
    long start = System.nanoTime();
    long[] facts = {0};
    try (FactPublisher publisher = new FactPublisher(client)) {
      while (System.nanoTime() - start < FOR.toNanos()) {
        fleet.sample((network, moment) -> publish(publisher, network, moment, start, facts));
      }
    }
  }

  private void publish(
      FactPublisher publisher, String network, List<Fact> moment, long start, long[] facts) {
    long due = start + (long) (facts[0] / factsPerSecond * 1e9);
    long early = due - System.nanoTime();
    if (early > 1_000_000) {
      sleep(early / 1_000_000);
    }
    long now = System.nanoTime();
    if (now - start > WARM_UP.toNanos()) {
      publishedAt.put(network + " " + moment.get(0).at(), now);
    }
    publisher.publish(tenant, network, moment);
    facts[0] += moment.size();
  }

  private void listen(AtomicBoolean over) {
    try (FindingReader reader = new FindingReader(client, Set.of(tenant))) {
      while (!over.get()) {
        reader.poll(Duration.ofMillis(20)).forEach(this::hear);
      }
    }
  }

  /** A finding carries the time of the fact that changed it. */
  private void hear(Published published) {
    Finding finding = published.finding();
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
