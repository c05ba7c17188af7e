package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running engine. Several with the same name share the work. */
public final class Engine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** Before a failed thread is replaced, so that a lasting reason does not become a storm. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaStreams streams;
  private final TopicWatch watch;

  private Engine(KafkaStreams streams, TopicWatch watch) {
    this.streams = streams;
    this.watch = watch;
  }

  /**
   * Starts the engine; it is at work some seconds later.
   *
   * @param client how to reach Kafka; overrides what the engine would choose
   * @param opening opens sessions, each for one thread; called by many
   * @param outputs makes a tenant's output topics
   */
  public static Engine start(
      Map<String, Object> client, Opening opening, Outputs outputs, Size size) {
    return start(client, opening, outputs, size, Figures.unwatched());
  }

  /**
   * The same, watched.
   *
   * @param figures what it counts itself in
   */
  public static Engine start(
      Map<String, Object> client, Opening opening, Outputs outputs, Size size, Figures figures) {
    var aside = new Aside(Clock.systemUTC());
    var allowance = new Allowance(size.tenantBytes(), figures);
    var departed = new Departed();
    var topology =
        Diagnosing.topology(opening, outputs, figures, size.sessions(), aside, allowance, departed);
    var settings = new Properties();
    settings.put(Aside.SETTING, aside);
    settings.putAll(EngineSettings.of(client, size.name(), size.folder(), size.threads()));
    var streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(failure -> replaceThread(failure, aside));
    streams.setGlobalStateRestoreListener(new RestoreProgress(figures));
    streams.start();
    return new Engine(streams, TopicWatch.start(client, allowance, departed, figures));
  }

  /**
   * What an engine is called, and may use.
   *
   * @param name of the consumer group, and the beginning of the names of its topics
   * @param folder where Streams keeps its lock; nothing of value
   * @param threads of which each has some of the partitions
   * @param sessions how many a partition keeps ready; what an engine keeps is this times its
   *     partitions, at 12 KB for a network of one tunnel that is well and some 6 KB for each more
   * @param tenantBytes how much is kept of one tenant
   */
  public record Size(String name, Path folder, int threads, int sessions, long tenantBytes) {
    /** The same without a bound for tenants: for an engine that serves one. */
    public Size(String name, Path folder, int threads, int sessions) {
      this(name, folder, threads, sessions, Long.MAX_VALUE);
    }
  }

  /** Whether it reasons: not while it starts, or hands partitions over. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** How it is, in a word: {@code running}, {@code rebalancing}, {@code error}, … */
  public String state() {
    return streams.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether it can still come to reason: not once it was closed, or no thread is left. */
  public boolean isAlive() {
    return !streams.state().hasStartedOrFinishedShuttingDown();
  }

  /** How many records of each tenant's facts topic this engine has not read yet. */
  public Map<Tenant, Long> lag() {
    return Lag.of(streams.metrics());
  }

  @Override
  public void close() {
    watch.close();
    streams.close(Duration.ofSeconds(30));
  }

  private static StreamThreadExceptionResponse replaceThread(Throwable failure, Aside aside) {
    Aside.forbidden(failure)
        .forEach(it -> aside.refused(it, null, new TopicAuthorizationException(Set.of(it))));
    if (failure instanceof MissingSourceTopicException) {
      // Streams ends all threads when one of them still counts on a topic that is deleted.
      log.warn("A facts topic was deleted: the work is shared out anew, which takes some seconds");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    // Bad records and failing rules never come here. What does is a broker that is gone, topics
    // that cannot be made, a lack of rights: a new thread tries again, and says so.
    log.error("A thread of the engine has failed, and is replaced", failure);
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
