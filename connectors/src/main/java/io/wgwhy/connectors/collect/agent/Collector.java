package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Task.Change;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

  /** A daemon may change routes and rules each second. */
  private static final Duration LEAST_REST = Duration.ofSeconds(2);

  private static final Path CONFIGURATIONS = Path.of("/etc/wireguard");

  /**
   * Who speaks.
   *
   * @param host the host's name, unique within its tenant
   * @param network the network its facts belong to; null for the default
   * @param tenant the tenant it belongs to; null for the default
   */
  public record Identity(String host, @Nullable String network, @Nullable String tenant) {}

  /** Takes what is seen, in order; it is called by one thread at a time. */
  @FunctionalInterface
  public interface Sink {
    void seen(Seen it);

    /**
     * What is looked at most often was looked at.
     *
     * @param at when, ms since the epoch, as its facts say
     */
    default void roundOver(long at) {}

    /** One that hands on to two, in this order. */
    static Sink both(Sink one, Sink other) {
      return new Sink() {
        @Override
        public void seen(Seen it) {
          one.seen(it);
          other.seen(it);
        }

        @Override
        public void roundOver(long at) {
          one.roundOver(at);
          other.roundOver(at);
        }
      };
    }
  }

  private final Identity identity;
  private final Parsers parsers;
  private final Sink sink;
  private final Times times;
  private final Surroundings surroundings;
  private final Runner runner;
  private final Captures captures;
  private final Monitors monitors;
  private final Backoff backoff = new Backoff();
  private final ScheduledThreadPoolExecutor schedule;

  /** What is looked at most often, and what says that this host is watched, waits for no other. */
  private final ScheduledThreadPoolExecutor rounds;

  private final Turns turns;
  private volatile boolean goesOn;
  private volatile boolean closed;

  /** A collector that knows no clock but the host's. */
  public Collector(Identity identity, Parsers parsers, Sink sink) {
    this(identity, parsers, sink, Times.ownOnly());
  }

  public Collector(Identity identity, Parsers parsers, Sink sink, Times times) {
    this(
        identity,
        parsers,
        sink,
        times,
        new Programs(Programs.SYSTEM),
        new Surroundings(CONFIGURATIONS));
  }

  Collector(
      Identity identity,
      Parsers parsers,
      Sink sink,
      Times times,
      Programs programs,
      Surroundings surroundings) {
    this.identity = identity;
    this.parsers = parsers;
    this.sink = sink;
    this.times = times;
    this.surroundings = surroundings;
    this.runner = new Runner(programs);
    this.captures = new Captures(programs);
    this.monitors = new Monitors(programs, this::changed);
    this.schedule = new ScheduledThreadPoolExecutor(THREADS, Threads.named("schedule"));
    this.rounds = new ScheduledThreadPoolExecutor(1, Threads.named("round"));
    this.turns = new Turns(schedule, LEAST_REST);
  }

  /** Looks at everything once, now, and at what the captures saw so far; they go on. */
  public void look() throws InterruptedException {
    captures.cut(this::seen);
    for (Task task : Catalogue.TASKS) {
      run(task);
      captures.follow(surroundings.outerDevices(), this::seen);
    }
    roundOver(times.now());
  }

  /**
   * Looks at everything, then goes on by the catalogue's schedules until it is closed. The peers
   * are looked at meanwhile: a resolver that is away must not hold them up.
   */
  public void start() throws InterruptedException {
    every(Catalogue.PEERS, rounds, () -> doing("round", this::round));
    look();
    goesOn = true;
    for (Task task : Catalogue.TASKS) {
      if (!task.equals(Catalogue.WG)) {
        every(task.every(), schedule, () -> ask(task));
      }
    }
    every(Monitors.PAUSE, schedule, () -> doing("monitors", monitors::follow));
  }

  /** The captures first: what they saw is not newer than what the counters say then. */
  private void round() throws InterruptedException {
    captures.cut(this::seen);
    long at = times.now();
    for (Command command : Catalogue.WG.commands().apply(surroundings)) {
      at = look(command).at();
    }
    captures.follow(surroundings.outerDevices(), this::seen);
    roundOver(at);
  }

  private synchronized void roundOver(long at) {
    sink.roundOver(at);
  }

  /** Something has changed, the kernel says: it is looked at now. */
  private void changed(Set<Change> what) {
    for (Task task : Catalogue.TASKS) {
      if (!Collections.disjoint(task.on(), what)) {
        backoff.changed(task.name());
        ask(task);
      }
    }
  }

  private void ask(Task task) {
    turns.ask(task.name(), () -> doing(task.name(), () -> run(task)));
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
    Threads.of("ping", () -> doing("ping", () -> look(command))).start();
    return true;
  }

  /** The peers as they were last seen. */
  public List<WgPeer> peers() {
    return surroundings.peers();
  }

  private static void every(Duration pace, ScheduledExecutorService threads, Runnable work) {
    long millis = pace.toMillis();
    Future<?> unused = threads.scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void run(Task task) throws InterruptedException {
    if (!backoff.isDue(task.name())) {
      return;
    }
    List<Ran> all = task.together() ? together(task) : inTurn(task);
    boolean hung = all.stream().anyMatch(Ran::hung);
    if (hung && !task.together()) {
      backoff.hung(task.name());
    } else if (hung || all.stream().anyMatch(Ran::failedAtOnce)) {
      backoff.failed(task.name());
    } else {
      backoff.worked(task.name());
    }
  }

  private List<Ran> inTurn(Task task) throws InterruptedException {
    List<Ran> all = new ArrayList<>();
    for (Command command : task.commands().apply(surroundings)) {
      all.add(look(command).ran());
    }
    return all;
  }

  /** All of them at once: each waits for somebody else, and for none of the others. */
  private List<Ran> together(Task task) throws InterruptedException {
    List<Ran> all = Collections.synchronizedList(new ArrayList<>());
    List<Thread> running = new ArrayList<>();
    for (Command command : task.commands().apply(surroundings)) {
      Thread thread =
          Threads.of(task.name(), () -> doing(task.name(), () -> all.add(look(command).ran())));
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    return List.copyOf(all);
  }

  /**
   * @param at when it was seen, as its facts say
   */
  private record Look(Ran ran, long at) {}

  private Look look(Command command) throws InterruptedException {
    try {
      Ran ran = runner.run(command);
      return new Look(ran, seen(command, ran));
    } catch (OutOfMemoryError tooMuch) {
      // What it printed is let go of by now; that it could not be read is news, too.
      Ran ran = Ran.tooLong(command.outputLimit());
      return new Look(ran, seen(command, ran));
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
    } catch (RuntimeException | Error bug) {
      // The next round may go well; a schedule that threw would never run again.
      LOG.error("{} failed: {}", what, bug.getClass().getSimpleName());
      LOG.debug("{} failed", what, bug);
    }
  }

  /**
   * @return when it was seen, as its facts say
   */
  private synchronized long seen(Command command, Ran ran) {
    if (closed) {
      return times.now(); // nothing is said after the good-bye
    }
    Observation observation =
        new Observation(
            times.own() / 1000.0,
            identity.host(),
            command.line(),
            ran.exit(),
            ran.output(),
            times.received(),
            identity.network(),
            identity.tenant());
    Parsed parsed = parsers.parse(observation);
    List<String> names = surroundings.endpointNames();
    surroundings.note(parsed.facts());
    if (goesOn && !surroundings.endpointNames().equals(names)) {
      changed(Set.of(Task.Change.NAMES));
    }
    boolean failed = parsed.facts().stream().anyMatch(CommandFailure.class::isInstance);
    LOG.debug("{}: exit {}{}", command.program(), ran.exit(), failed ? ", cannot tell" : "");
    sink.seen(new Seen(observation, parsed));
    return observation.atMillis();
  }

  /** Ends all that was started. */
  @Override
  public void close() {
    closed = true;
    rounds.shutdownNow();
    schedule.shutdownNow();
    monitors.close();
    captures.close();
    runner.close();
  }
}
