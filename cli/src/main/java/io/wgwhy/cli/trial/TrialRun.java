package io.wgwhy.cli.trial;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Tenant;
import io.wgwhy.lab.Fault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Faults one after the other, in several labs at once. */
public final class TrialRun {
  private static final Tenant TENANT = new Tenant("lab");
  private static final int TENANT_KEY_BYTES = 32;

  private final Map<String, Object> client;
  private final Limits limits;
  private final double seconds;
  private final @Nullable Path keep;
  private final Consumer<Trial> told;
  private final Map<String, HeardFindings> said = new ConcurrentHashMap<>();

  /**
   * @param seconds no trial begins later than that
   * @param keep a folder for recordings of all that was seen, and for what was found; null for none
   * @param told takes each trial when it is over
   */
  public TrialRun(
      Map<String, Object> client,
      Limits limits,
      double seconds,
      @Nullable Path keep,
      Consumer<Trial> told) {
    this.client = Map.copyOf(client);
    this.limits = limits;
    this.seconds = seconds;
    this.keep = keep;
    this.told = told;
  }

  /** Creates the topics; the engine sees them within seconds. */
  public void createTenant() {
    try (Topics topics = new Topics(client)) {
      topics.create(TENANT);
    }
  }

  /** Tries them all. */
  public TrialOutcome all(List<Fault> faults, int lanes) throws InterruptedException {
    byte[] key = new byte[TENANT_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Parsers parsers = new Parsers(Secrets.withTenantKey(key));
    long start = System.nanoTime();
    ExecutorService hands = Executors.newFixedThreadPool(lanes);
    try (FactPublisher publisher = new FactPublisher(client);
        FindingReader reader = new FindingReader(client, Set.of(TENANT))) {
      Lanes all =
          new Lanes(
              faults,
              network -> {
                // One after the other: with each lab a JVM starts at each end.
                synchronized (this) {
                  return new Lane(
                      network, TENANT, parsers, publisher, findings(network), limits, keep);
                }
              },
              () -> System.nanoTime() - start < seconds * 1e9,
              told);
      List<Future<?>> working = new ArrayList<>();
      for (int i = 1; i <= lanes; i++) {
        String lane = "lane-" + i;
        working.add(
            hands.submit(
                () -> {
                  all.work(lane);
                  return null;
                }));
      }
      while (!working.stream().allMatch(Future::isDone)) {
        reader
            .poll(Duration.ofMillis(100))
            .forEach(it -> findings(it.finding().network()).hear(it.finding()));
      }
      for (Future<?> each : working) {
        each.get();
      }
      return all.outcome();
    } catch (ExecutionException e) {
      throw new IllegalStateException("trials cannot go on", e.getCause());
    } finally {
      hands.shutdownNow();
    }
  }

  private HeardFindings findings(String network) {
    return said.computeIfAbsent(
        network,
        it -> HeardFindings.keptIn(keep == null ? null : keep.resolve(it + "-findings.jsonl")));
  }
}
