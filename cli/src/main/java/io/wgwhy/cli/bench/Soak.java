package io.wgwhy.cli.bench;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A service that lives on while its tenants and their tunnels come and go: whatever it keeps of
 * those who have gone adds up.
 */
public final class Soak {
  private final Map<String, Object> client;
  private final Path folder;
  private final Load load;
  private final Consumer<String> progress;
  private final RuleBook rules = RuleBook.builtIn();
  private final Figures figures = Figures.unwatched();

  /**
   * What comes and goes.
   *
   * @param seconds for how long
   * @param tenants of which so many are there at a time
   * @param lifeSeconds after which each is deleted, and another one made
   * @param lookSeconds how often a collection is asked for, to see what is left
   * @param fleet of each tenant; sampled as often as it says, by the clock on the wall
   * @param renewed of 100 tunnels so many are given to somebody else with each sample
   */
  public record Load(
      long seconds,
      int tenants,
      long lifeSeconds,
      long lookSeconds,
      Fleet.Shape fleet,
      int renewed) {}

  private record Living(Tenant tenant, Fleet fleet) {}

  public Soak(Map<String, Object> client, Path folder, Load load, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.folder = folder;
    this.load = load;
    this.progress = progress;
  }

  /** Runs for as long as it is told. */
  public Soaked run() throws InterruptedException {
    Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
    int networks = load.tenants() * load.fleet().networks();
    Engine.Size size = new Engine.Size("soak", folder.resolve("soak"), 2, networks);
    List<Soaked.Sample> samples = new ArrayList<>();
    try (Topics topics = new Topics(client);
        Engine engine = Engine.start(client, opening, topics::createOutputs, size, figures);
        FactPublisher publisher = new FactPublisher(client)) {
      Deque<Living> living = new ArrayDeque<>();
      long facts = 0;
      int made = 0;
      long started = System.nanoTime();
      long everyNanos = Duration.ofSeconds(load.fleet().everySeconds()).toNanos();
      long lookNanos = Duration.ofSeconds(load.lookSeconds()).toNanos();
      long nextSample = lookNanos;
      for (long now = 0; now < Duration.ofSeconds(load.seconds()).toNanos(); ) {
        while (made < wanted(now)) {
          if (living.size() == load.tenants()) {
            topics.delete(living.removeFirst().tenant());
          }
          Tenant tenant = new Tenant("soak-" + made++);
          topics.create(tenant);
          living.add(
              new Living(
                  tenant, new Fleet(load.fleet(), List.of(tenant), System.currentTimeMillis())));
        }
        for (Living it : living) {
          facts += it.fleet().sample(publisher::publish);
          it.fleet().renew(load.renewed());
        }
        if (now >= nextSample) {
          Soaked.Sample sample = sample(now / 1e9, made, facts);
          samples.add(sample);
          progress.accept(sample.print());
          nextSample = now + lookNanos;
        }
        long due = now + everyNanos;
        Thread.sleep(Math.max(0, (due - (System.nanoTime() - started)) / 1_000_000));
        now = System.nanoTime() - started;
        if (!engine.isAlive()) {
          throw new IllegalStateException("the engine has ended");
        }
      }
    }
    return new Soaked(load, samples, Measured.Machine.here());
  }

  /** How many tenants were to be made by now: all places at once, then one after the other. */
  private int wanted(long nanos) {
    double lives = nanos / 1e9 / load.lifeSeconds();
    return load.tenants() + (int) (lives * load.tenants());
  }

  private Soaked.Sample sample(double seconds, int made, long facts) {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    Figures.Now now = figures.now();
    return new Soaked.Sample(
        Math.round(seconds),
        heap >> 10,
        ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed() >> 10,
        now.sessions(),
        now.tenants(),
        made,
        now.rememberedBytes() >> 10,
        now.openFindings(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        facts);
  }
}
