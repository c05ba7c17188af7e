package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.Parsed;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches this host: runs what the catalogue holds, on its schedules, and hands on what is seen,
 * one observation after the other. A command that is missing, refused, too slow or too long is an
 * observation, too.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  /** One that hangs must not hold up the others. */
  private static final int THREADS = 2;

  private static final Path CONFIGURATIONS = Path.of("/etc/wireguard");

  /**
   * Who speaks.
   *
   * @param host the host's name, unique within its tenant
   * @param network the network its facts belong to; null for the default
   * @param tenant the tenant it belongs to; null for the default
   */
  public record Identity(String host, @Nullable String network, @Nullable String tenant) {}

  private final Identity identity;
  private final Parsers parsers;
  private final Consumer<Seen> sink;
  private final Clock clock;
  private final Surroundings surroundings;
  private final Runner runner;
  private final Captures captures;
  private final ScheduledThreadPoolExecutor schedule;

  /**
   * @param sink takes what is seen, in order; it is called by one thread at a time
   */
  public Collector(Identity identity, Parsers parsers, Consumer<Seen> sink) {
    this(
        identity,
        parsers,
        sink,
        Clock.systemUTC(),
        new Programs(Programs.SYSTEM),
        new Surroundings(CONFIGURATIONS));
  }

  Collector(
      Identity identity,
      Parsers parsers,
      Consumer<Seen> sink,
      Clock clock,
      Programs programs,
      Surroundings surroundings) {
    this.identity = identity;
    this.parsers = parsers;
    this.sink = sink;
    this.clock = clock;
    this.surroundings = surroundings;
    this.runner = new Runner(programs);
    this.captures = new Captures(programs);
    this.schedule = new ScheduledThreadPoolExecutor(THREADS, Threads.named("schedule"));
  }

  /** Looks at everything once, now, and at what the captures saw so far; they go on. */
  public void look() throws InterruptedException {
    captures.cut(this::seen);
    for (Task task : Catalogue.TASKS) {
      run(task);
      captures.follow(surroundings.outerDevices(), this::seen);
    }
  }

  /** Looks at everything, then goes on by the catalogue's schedules until it is closed. */
  public void start() throws InterruptedException {
    look();
    for (Task task : Catalogue.TASKS) {
      every(task.every(), () -> run(task));
    }
    every(
        Catalogue.PEERS,
        () -> {
          captures.cut(this::seen);
          captures.follow(surroundings.outerDevices(), this::seen);
        });
  }

  /**
   * Asks something of a tunnel, once a second, in the background: an idle tunnel shows nothing.
   *
   * @param address inside some peer's AllowedIPs, or nothing is sent
   * @return whether it is inside
   */
  public boolean ping(String address, Duration length) {
    if (!Reach.isInside(address, surroundings.peers())) {
      return false;
    }
    Command command = Catalogue.ping(address, (int) Math.max(1, length.toSeconds()));
    Threads.of("ping", () -> doing("ping", () -> seen(command, runner.run(command)))).start();
    return true;
  }

  /** The peers as they were last seen. */
  public List<WgPeer> peers() {
    return surroundings.peers();
  }

  private void every(Duration pace, Step step) {
    long millis = pace.toMillis();
    Future<?> unused =
        schedule.scheduleAtFixedRate(
            () -> doing("schedule", step), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void run(Task task) throws InterruptedException {
    for (Command command : task.commands().apply(surroundings)) {
      seen(command, runner.run(command));
    }
  }

  /** Something that may be interrupted when the collector stops. */
  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private static void doing(String what, Step step) {
    try {
      step.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      // The next round may go well; a schedule that threw would never run again.
      LOG.error("{} failed: {}", what, bug.getClass().getSimpleName());
      LOG.debug("{} failed", what, bug);
    }
  }

  private synchronized void seen(Command command, Ran ran) {
    Observation observation =
        new Observation(
            clock.millis() / 1000.0,
            identity.host(),
            command.line(),
            ran.exit(),
            ran.output(),
            null,
            identity.network(),
            identity.tenant());
    Parsed parsed = parsers.parse(observation);
    surroundings.note(parsed.facts());
    boolean failed = parsed.facts().stream().anyMatch(CommandFailure.class::isInstance);
    LOG.debug("{}: exit {}{}", command.program(), ran.exit(), failed ? ", cannot tell" : "");
    sink.accept(new Seen(observation, parsed));
  }

  /** Ends all that was started. */
  @Override
  public void close() {
    schedule.shutdownNow();
    captures.close();
    runner.close();
  }
}
