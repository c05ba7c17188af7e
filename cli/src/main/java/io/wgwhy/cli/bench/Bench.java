package io.wgwhy.cli.bench;

import io.wgwhy.connectors.kafka.BareConsumer;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.GroupProgress;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Facts per second of the durable engine with the real rules, beside those of a consumer that only
 * polls and parses the same records, from the same broker in the same run.
 */
public final class Bench {
  /** Any time does: sessions go by the facts' own. */
  private static final long FROM = 1_795_000_000_000L;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, Object> client;
  private final Path folder;
  private final Load load;
  private final Consumer<String> progress;
  private final RuleBook rules = RuleBook.builtIn();

  /**
   * What to measure with.
   *
   * @param facts how many to read as fast as it goes
   * @param warmUps rounds that do not count: an engine that has run for a day is compiled
   * @param rate facts per second at which latency is measured; 0 for half of what was reached
   * @param seconds for how long it is, after half of that to warm up
   */
  public record Load(
      long facts,
      Fleet.Shape fleet,
      int threads,
      int warmUps,
      int rounds,
      double rate,
      int seconds) {}

  public Bench(Map<String, Object> client, Path folder, Load load, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.folder = folder;
    this.load = load;
    this.progress = progress;
  }

  /** Measures. */
  public Measured run() throws InterruptedException {
    List<Tenant> tenants = tenants("bench", load.fleet());
    long facts = publish(tenants);
    List<Measured.Round> rounds = new ArrayList<>();
    for (int round = 1 - load.warmUps(); round <= load.rounds(); round++) {
      Spent bare = bare(tenants);
      Spent engine = engine("bench-" + (load.warmUps() + round), facts);
      Measured.Round measured =
          new Measured.Round(
              Math.round(facts / bare.seconds()),
              Math.round(facts / engine.seconds()),
              bare.cpuMicros() / facts,
              engine.cpuMicros() / facts);
      progress.accept((round > 0 ? "round " + round : "warm-up") + ": " + measured.print());
      if (round > 0) {
        rounds.add(measured);
      }
    }
    delete(tenants);
    double half = rounds.stream().mapToLong(Measured.Round::engine).average().orElse(0) / 2;
    return Measured.of(load, facts, rounds, latency(load.rate() > 0 ? load.rate() : half));
  }

  /** Fleets of several sizes, one after the other. */
  public Scaled scale(List<Integer> sizes) throws InterruptedException {
    List<Scaled.Step> steps = new ArrayList<>();
    for (int tunnels : sizes) {
      Fleet.Shape is = load.fleet();
      int perNetwork = Math.min(is.tunnels(), tunnels);
      Fleet.Shape shape =
          new Fleet.Shape(
              tunnels / perNetwork,
              perNetwork,
              is.tenants(),
              is.everySeconds(),
              is.observed(),
              is.idle(),
              is.roaming(),
              is.failing());
      Scaled.Step step = step(shape);
      step.print().lines().forEach(progress);
      steps.add(step);
    }
    return new Scaled(steps, Measured.Machine.here());
  }

  private Scaled.Step step(Fleet.Shape shape) throws InterruptedException {
    String name = "scale-" + shape.all();
    List<Tenant> tenants = tenants(name, shape);
    Fleet fleet = new Fleet(shape, tenants, FROM);
    int samples = (int) Math.max(4, load.facts() / fleet.factsPerSample());
    progress.accept(
        "%,d tunnels: publishing %,d facts ..."
            .formatted(shape.all(), samples * fleet.factsPerSample()));
    long met = 0;
    long facts = 0;
    try (FactPublisher publisher = new FactPublisher(client)) {
      for (int sample = 0; sample < samples; sample++) {
        facts += fleet.sample(publisher::publish);
        // Sessions are made with the first: that is done once.
        met = sample < Math.max(2, samples / 4) ? facts : met;
      }
    }
    long before = heap();
    Spent spent;
    double meeting;
    long after;
    Latency.Percentiles onTime;
    try (Topics topics = new Topics(client);
        GroupProgress committed = new GroupProgress(client, name);
        Engine engine = start(name, topics, shape.networks())) {
      await(engine);
      long started = System.nanoTime();
      long first = await(committed, met);
      long firstAt = System.nanoTime();
      long cpu = Spent.cpu();
      await(committed, facts);
      spent = Spent.since(firstAt, cpu);
      meeting = (firstAt - started) / 1e9;
      facts -= first;
      double pace = (double) fleet.factsPerSample() / shape.everySeconds();
      progress.accept(
          "... as it looks every %d s: %,.0f facts/s".formatted(shape.everySeconds(), pace));
      onTime = latency(committed, tenants, fleet, pace);
      // At last: to collect a large heap at a stretch takes longer than a broker waits.
      after = heap();
    }
    Double restart = restart(name, tenants, shape, fleet);
    delete(tenants);
    return new Scaled.Step(
        shape.all(),
        shape.networks(),
        Math.round(facts / spent.seconds()),
        Math.round(100 * spent.cpuMicros() / facts) / 100.0,
        Math.round(meeting * 100) / 100.0,
        Math.max(0, after - before) / shape.all(),
        onTime,
        restart == null ? null : Math.round(restart * 100) / 100.0);
  }

  /** Seconds from the start of the engine to the first finding that is new; null when none came. */
  private @Nullable Double restart(
      String name, List<Tenant> tenants, Fleet.Shape shape, Fleet fleet)
      throws InterruptedException {
    try (FactPublisher publisher = new FactPublisher(client)) {
      // Some tunnel breaks or recovers in each of these; that it did is known with the next.
      for (int sample = 0; sample < Math.max(3, 200_000 / fleet.factsPerSample()); sample++) {
        fleet.sample(publisher::publish);
      }
    }
    long asked = System.currentTimeMillis();
    long started = System.nanoTime();
    try (Topics topics = new Topics(client);
        FindingReader reader = new FindingReader(client, Set.copyOf(tenants));
        Engine engine = start(name, topics, shape.networks())) {
      while (System.nanoTime() - started < PATIENCE.toNanos()) {
        for (FindingReader.Published it : reader.poll(Duration.ofMillis(20))) {
          if (it.at().toEpochMilli() >= asked) {
            return (System.nanoTime() - started) / 1e9;
          }
        }
      }
      if (!engine.isRunning()) {
        throw new IllegalStateException("the engine has ended");
      }
      return null;
    }
  }

  /** Bytes that are in use after all else was collected: engine, stores, and the broker's own. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Latency.Percentiles latency(double rate) throws InterruptedException {
    progress.accept("latency at %,.0f facts/s ...".formatted(rate));
    String name = "bench-latency";
    List<Tenant> tenants = tenants("paced", load.fleet());
    try (Topics topics = new Topics(client);
        GroupProgress done = new GroupProgress(client, name);
        Engine engine = start(name, topics, load.fleet().networks())) {
      await(engine);
      Fleet fleet = new Fleet(load.fleet(), tenants, FROM);
      return latency(done, tenants, fleet, rate);
    }
  }

  private Latency.Percentiles latency(
      GroupProgress done, List<Tenant> tenants, Fleet fleet, double rate)
      throws InterruptedException {
    Duration counted = Duration.ofSeconds(load.seconds());
    return new Latency(client, client, done, Set.copyOf(tenants), fleet, rate, counted).measure();
  }

  private List<Tenant> tenants(String prefix, Fleet.Shape shape) {
    List<Tenant> tenants = new ArrayList<>();
    try (Topics topics = new Topics(client)) {
      for (int n = 0; n < shape.tenants(); n++) {
        Tenant tenant = new Tenant(prefix + "-" + n);
        topics.create(tenant);
        tenants.add(tenant);
      }
    }
    return tenants;
  }

  /** Else the next engine would read them, too. */
  private void delete(List<Tenant> tenants) {
    try (Topics topics = new Topics(client)) {
      tenants.forEach(topics::delete);
    }
  }

  private long publish(List<Tenant> tenants) {
    progress.accept("publishing %,d facts ...".formatted(load.facts()));
    Fleet fleet = new Fleet(load.fleet(), tenants, FROM);
    long facts = 0;
    try (FactPublisher publisher = new FactPublisher(client)) {
      while (facts < load.facts()) {
        facts += fleet.sample(publisher::publish);
      }
    }
    return facts;
  }

  /**
   * What something took.
   *
   * @param cpuMicros of all threads of this process: the broker's, too
   */
  record Spent(double seconds, double cpuMicros) {
    private static Spent since(long nanos, long cpuNanos) {
      return new Spent((System.nanoTime() - nanos) / 1e9, (cpu() - cpuNanos) / 1e3);
    }

    /** Of this process until now, ns. */
    static long cpu() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean it
          ? it.getProcessCpuTime()
          : 0;
    }
  }

  /** What it takes to read and parse all. */
  private Spent bare(List<Tenant> tenants) {
    long cpu = Spent.cpu();
    long started = System.nanoTime();
    tenants.forEach(it -> BareConsumer.read(client, it, (network, fact) -> {}));
    return Spent.since(started, cpu);
  }

  /** From the first fact, without the start, to the commit after which nothing lags. */
  private Spent engine(String name, long facts) throws InterruptedException {
    try (Topics topics = new Topics(client);
        GroupProgress committed = new GroupProgress(client, name);
        Engine engine = start(name, topics, load.fleet().networks())) {
      await(engine);
      long cpu = Spent.cpu();
      long started = System.nanoTime();
      await(committed, facts);
      return Spent.since(started, cpu);
    }
  }

  private static long await(GroupProgress group, long facts) throws InterruptedException {
    long committed = group.committed();
    while (committed < facts) {
      Thread.sleep(20);
      committed = group.committed();
    }
    return committed;
  }

  private Engine start(String name, Topics topics, int networks) {
    Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
    Engine.Size size = new Engine.Size(name, folder.resolve(name), load.threads(), networks);
    return Engine.start(client, opening, topics::createOutputs, size);
  }

  private static void await(Engine engine) throws InterruptedException {
    while (!engine.isRunning()) {
      Thread.sleep(5);
    }
  }
}
