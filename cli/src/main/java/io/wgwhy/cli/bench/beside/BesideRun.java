package io.wgwhy.cli.bench.beside;

import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One fleet, whose stations an exporter and a collector look at; three incidents; what Prometheus
 * and the engine say of them, when, and what it costs them. Both run already, in processes of their
 * own: what this one uses counts for neither.
 */
public final class BesideRun {
  private static final Tenant TENANT = new Tenant("fleet");

  /** Until sessions and series are there: the start does not count. */
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private final Map<String, Object> client;
  private final Load load;
  private final Consumer<String> progress;
  private final List<FirstSeen> alerts = new CopyOnWriteArrayList<>();
  private final List<FirstSeen> findings = new CopyOnWriteArrayList<>();

  /**
   * What to compare with.
   *
   * @param port where exporters are served
   * @param calm seconds without a fault, of which the costs are counted
   * @param trouble seconds after the faults
   * @param prometheus processes, by id
   * @param engine likewise
   */
  public record Load(
      int gateways,
      int tunnels,
      int port,
      long calm,
      long trouble,
      List<Long> prometheus,
      List<Long> engine) {}

  public BesideRun(Map<String, Object> client, Load load, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.load = load;
    this.progress = progress;
  }

  /** Runs in real time. */
  public Compared run() throws IOException, InterruptedException {
    try (Topics topics = new Topics(client)) {
      topics.create(TENANT);
    }
    AtomicBoolean over = new AtomicBoolean();
    Thread listener = new Thread(() -> listen(over), "listener");
    listener.setDaemon(true);
    listener.start();
    Fleet fleet = new Fleet(load.gateways(), load.tunnels(), now());
    try (Web web = new Web(load.port(), alerts::add);
        Agents agents = new Agents(client, TENANT, fleet)) {
      web.serve(fleet);
      progress.accept("serving exporters, publishing facts: warming up ...");
      live(fleet, agents, WARM_UP.toSeconds());
      progress.accept("calm: what watching costs ...");
      long factsBefore = agents.facts();
      Usage prometheusBefore = Usage.of(load.prometheus());
      Usage engineBefore = Usage.of(load.engine());
      long started = System.nanoTime();
      live(fleet, agents, load.calm());
      double seconds = (System.nanoTime() - started) / 1e9;
      Usage prometheus = Usage.of(load.prometheus());
      Usage engine = Usage.of(load.engine());
      long facts = agents.facts() - factsBefore;

      progress.accept("three incidents ...");
      Instant fault = Instant.now();
      fleet.gateways.get(0).interfaceDown();
      agents.linksChanged(fleet.gateways.get(0).station);
      fleet.gateways.get(1).die();
      fleet.gateways.get(2).cutOne();
      live(fleet, agents, load.trouble());
      over.set(true);
      listener.join();
      return Compared.of(
          load,
          fleet,
          facts / seconds,
          Compared.Cost.of(prometheusBefore, prometheus, Usage.of(load.prometheus()), seconds),
          Compared.Cost.of(engineBefore, engine, Usage.of(load.engine()), seconds),
          fault,
          alerts,
          findings);
    }
  }

  /** Second by second. */
  private static void live(Fleet fleet, Agents agents, long seconds) throws InterruptedException {
    long next = System.nanoTime();
    for (long i = 0; i < seconds; i++) {
      long second = now();
      fleet.live(second);
      agents.look(second);
      next += 1_000_000_000L;
      long rest = next - System.nanoTime();
      if (rest > 0) {
        Thread.sleep(rest / 1_000_000);
      }
    }
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  private void listen(AtomicBoolean over) {
    Set<String> known = new HashSet<>();
    try (FindingReader reader = new FindingReader(client, Set.of(TENANT))) {
      while (!over.get()) {
        for (FindingReader.Published published : reader.poll(Duration.ofMillis(100))) {
          Finding finding = published.finding();
          if (finding.state() == Finding.State.OPEN && known.add(finding.id())) {
            findings.add(
                new FirstSeen(
                    finding.cause(),
                    finding.network(),
                    "",
                    finding.affected(),
                    published.at(),
                    Instant.now()));
          }
        }
      }
    }
  }
}
