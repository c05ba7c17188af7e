package io.wgwhy.cli.bench;

import io.wgwhy.connectors.kafka.FactHistory;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.GroupProgress;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Facts per second of the durable engine with the real rules, beside those of a consumer that only
 * polls and parses the same records, from the same broker in the same run.
 */
public final class Bench {
  private static final Tenant TENANT = new Tenant("bench");
  private static final Tenant PACED = new Tenant("bench-paced");

  /** Any time does: sessions go by the facts' own. */
  private static final long FROM = 1_795_000_000_000L;

  private final Map<String, Object> client;
  private final Path folder;
  private final Load load;
  private final Consumer<String> progress;
  private final RuleBook rules = RuleBook.builtIn();

  /** What to measure with. */
  public record Load(long facts, int networks, int tunnels, int threads, int rounds) {}

  public Bench(Map<String, Object> client, Path folder, Load load, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.folder = folder;
    this.load = load;
    this.progress = progress;
  }

  /** Measures. The first round warms up, and does not count. */
  public Measured run() throws InterruptedException {
    try (Topics topics = new Topics(client)) {
      topics.create(TENANT);
      topics.create(PACED);
    }
    long facts = publish();
    List<Measured.Round> rounds = new ArrayList<>();
    for (int round = 0; round <= load.rounds(); round++) {
      double bare = facts / bare();
      double engine = facts / engine("bench-" + round, facts);
      Measured.Round measured = new Measured.Round(Math.round(bare), Math.round(engine));
      progress.accept((round == 0 ? "warm-up: " : "round " + round + ": ") + measured.print());
      if (round > 0) {
        rounds.add(measured);
      }
    }
    double half = rounds.stream().mapToLong(Measured.Round::engine).average().orElse(0) / 2;
    progress.accept("latency at half of that ...");
    Latency.Percentiles latency;
    String name = "bench-latency";
    try (Topics topics = new Topics(client);
        Engine engine = start(name, topics)) {
      await(engine);
      Fleet fleet = new Fleet(load.networks(), load.tunnels(), FROM);
      latency = new Latency(client, PACED, fleet, half).measure();
    }
    return Measured.of(load, facts, rounds, latency);
  }

  private long publish() {
    progress.accept("publishing " + load.facts() + " facts ...");
    Fleet fleet = new Fleet(load.networks(), load.tunnels(), FROM);
    long facts = 0;
    try (FactPublisher publisher = new FactPublisher(client)) {
      while (facts < load.facts()) {
        facts += fleet.sample((network, moment) -> publisher.publish(TENANT, network, moment));
      }
    }
    return facts;
  }

  /** Seconds to read and parse all. */
  private double bare() {
    long started = System.nanoTime();
    FactHistory.read(client, TENANT, (network, fact) -> {});
    return (System.nanoTime() - started) / 1e9;
  }

  /** Seconds from the first fact, without the start, to the commit after which nothing lags. */
  private double engine(String name, long facts) throws InterruptedException {
    try (Topics topics = new Topics(client);
        GroupProgress progress = new GroupProgress(client, name);
        Engine engine = start(name, topics)) {
      await(engine);
      long started = System.nanoTime();
      while (progress.committed() < facts) {
        Thread.sleep(20);
      }
      return (System.nanoTime() - started) / 1e9;
    }
  }

  private Engine start(String name, Topics topics) {
    Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
    Engine.Size size = new Engine.Size(name, folder.resolve(name), load.threads(), load.networks());
    return Engine.start(client, opening, topics::createOutputs, size);
  }

  private static void await(Engine engine) throws InterruptedException {
    while (!engine.isRunning()) {
      Thread.sleep(5);
    }
  }
}
