package io.wgwhy.cli.bench;

import io.wgwhy.connectors.kafka.Account;
import io.wgwhy.connectors.kafka.Credentials;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.GroupProgress;
import io.wgwhy.connectors.kafka.Quota;
import io.wgwhy.connectors.kafka.Tenants;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What a tenant notices of another one that publishes as fast as it can, on a secured broker. */
public final class Noise {
  private static final Tenant QUIET = new Tenant("quiet");
  private static final Tenant NOISY = new Tenant("noisy");
  private static final Tenant FREE = new Tenant("free");

  /** How long it publishes without a quota, to know what it would. */
  private static final Duration FREELY = Duration.ofSeconds(5);

  private final Map<String, Object> admin;
  private final Path folder;
  private final Load load;
  private final Consumer<String> progress;
  private final RuleBook rules = RuleBook.builtIn();

  /**
   * What to measure with.
   *
   * @param fleet of each of the two
   * @param rate of the quiet one, facts per second
   * @param quota of the noisy one, bytes per second
   * @param seconds that count, alone and beside
   */
  public record Load(Fleet.Shape fleet, double rate, long quota, int seconds) {}

  /**
   * @param admin of a broker that keeps tenants apart
   */
  public Noise(Map<String, Object> admin, Path folder, Load load, Consumer<String> progress) {
    this.admin = Map.copyOf(admin);
    this.folder = folder;
    this.load = load;
    this.progress = progress;
  }

  /** Measures: alone, then beside the noisy one. */
  public Noticed run() throws InterruptedException {
    Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
    Engine.Size size =
        new Engine.Size("noise", folder.resolve("noise"), 2, 2 * load.fleet().networks());
    try (Tenants tenants = new Tenants(admin);
        Topics topics = new Topics(admin)) {
      double wanted = freely(topics);
      Map<String, Object> quiet = collector(tenants, QUIET, Quota.USUAL);
      Map<String, Object> noisy =
          collector(
              tenants,
              NOISY,
              new Quota(
                  load.quota(), Quota.USUAL.outBytesPerSecond(), Quota.USUAL.requestPercent()));
      try (Engine engine = Engine.start(admin, opening, topics::createOutputs, size)) {
        while (!engine.isRunning()) {
          Thread.sleep(5);
        }
        Fleet fleet = new Fleet(load.fleet(), List.of(QUIET), from());
        progress.accept("the quiet one alone ...");
        Latency.Percentiles alone = latency(quiet, fleet);
        progress.accept("beside the noisy one ...");
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        Thread noise = new Thread(() -> publish(noisy, over, sent), "noise");
        long started = System.nanoTime();
        noise.start();
        Latency.Percentiles beside = latency(quiet, fleet);
        double got = sent.get() / ((System.nanoTime() - started) / 1e9);
        over.set(true);
        noise.join();
        return new Noticed(
            load, alone, beside, Math.round(wanted), Math.round(got), Measured.Machine.here());
      }
    }
  }

  /** Sessions go by the facts' own time; a fact must not be dated ahead. */
  private static long from() {
    return System.currentTimeMillis() - Duration.ofDays(1).toMillis();
  }

  private Latency.Percentiles latency(Map<String, Object> publishing, Fleet fleet)
      throws InterruptedException {
    Duration counted = Duration.ofSeconds(load.seconds());
    try (GroupProgress engine = new GroupProgress(admin, "noise")) {
      return new Latency(admin, publishing, engine, Set.of(QUIET), fleet, load.rate(), counted)
          .measure();
    }
  }

  private Map<String, Object> collector(Tenants tenants, Tenant tenant, Quota quota) {
    Map<String, Object> client = new HashMap<>(admin);
    Credentials login = tenants.create(tenant, quota).get(Account.COLLECTOR);
    client.putAll(Objects.requireNonNull(login).settings(/* encrypted= */ false));
    return client;
  }

  /** How many facts a second it would publish. */
  private double freely(Topics topics) {
    topics.create(FREE);
    long sent = 0;
    long started = System.nanoTime();
    Fleet fleet = new Fleet(load.fleet(), List.of(FREE), from());
    try (FactPublisher publisher = new FactPublisher(admin)) {
      while (System.nanoTime() - started < FREELY.toNanos()) {
        sent += fleet.sample(publisher::publish);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    topics.delete(FREE);
    return sent / seconds;
  }

  private void publish(Map<String, Object> client, AtomicBoolean over, AtomicLong sent) {
    Fleet fleet = new Fleet(load.fleet(), List.of(NOISY), from());
    Map<String, Object> little = new HashMap<>(client);
    // It stands for many hosts: what waits for the quota does so there, not on this machine, and is
    // not made in bursts that take a core for a second.
    little.put("buffer.memory", 128 * 1024L);
    little.put("batch.size", 16 * 1024);
    try (FactPublisher publisher = new FactPublisher(little)) {
      while (!over.get()) {
        fleet.sample(
            (tenant, network, moment) -> {
              if (!over.get()) {
                publisher.publish(tenant, network, moment);
                sent.addAndGet(moment.size());
              }
            });
      }
    }
  }
}
