package io.wgwhy.engine.stream;

import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then which tenants that an engine remembers still have their facts topics, and
 * whether these are as they should be.
 */
final class TopicWatch implements AutoCloseable {
  /** Two looks make sure: that is how long the findings of a deleted tenant may try to be told. */
  private static final Duration EVERY = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);

  private final Admin admin;
  private final Allowance allowance;
  private final Departed departed;
  private final Figures figures;

  /** Whose facts topic was looked at, or may not be. */
  private final Set<Tenant> seen = new HashSet<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "topic-watch");
            thread.setDaemon(true);
            return thread;
          });

  private TopicWatch(Admin admin, Allowance allowance, Departed departed, Figures figures) {
    this.admin = admin;
    this.allowance = allowance;
    this.departed = departed;
    this.figures = figures;
  }

  static TopicWatch start(
      Map<String, Object> client, Allowance allowance, Departed departed, Figures figures) {
    var watch = new TopicWatch(Admin.create(client), allowance, departed, figures);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      Set<String> there = admin.listTopics().names().get();
      seeTimes(there);
      Set<Tenant> known = allowance.tenants();
      Set<Tenant> asked = new HashSet<>(known);
      asked.addAll(departed.all());
      departed.look(known, absent(asked, there));
      departed
          .forgetFigures(known, figures)
          .forEach(it -> log.info("{} was deleted, and is forgotten", it));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException e) {
      log.debug("Nobody can say which tenants are there", e);
      departed.cannotTell();
    }
  }

  /**
   * Kafka counts how long it keeps a record from the record's time. Where that is its sender's, the
   * facts of a host whose clock is behind by more than that, or of an old recording, are deleted
   * within minutes, read or not; and nobody else would say so.
   */
  private void seeTimes(Set<String> there) throws InterruptedException {
    Set<Tenant> tenants =
        there.stream().flatMap(it -> Tenant.ofFactsTopic(it).stream()).collect(Collectors.toSet());
    seen.retainAll(tenants);
    tenants.removeAll(seen);
    if (tenants.isEmpty()) {
      return;
    }
    seen.addAll(tenants);
    var answers =
        admin
            .describeConfigs(
                tenants.stream().map(it -> new ConfigResource(TOPIC, it.facts())).toList())
            .values();
    for (var answer : answers.entrySet()) {
      try {
        ConfigEntry type = answer.getValue().get().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (type != null && "CreateTime".equals(type.value())) {
          log.warn(
              "{} carries its senders' times: Kafka deletes facts that are older than it keeps any,"
                  + " read or not, and a host's clock may be wrong. Set"
                  + " message.timestamp.type=LogAppendTime for it",
              answer.getKey().name());
        }
      } catch (ExecutionException e) {
        log.debug("{} may not be looked at", answer.getKey().name(), e);
      }
    }
  }

  private Set<Tenant> absent(Set<Tenant> asked, Set<String> there) throws InterruptedException {
    Set<Tenant> unlisted =
        asked.stream().filter(it -> !there.contains(it.facts())).collect(Collectors.toSet());
    if (unlisted.isEmpty()) {
      return Set.of();
    }
    // A topic that we may not see is not listed either: only to its name there is an answer.
    var answers =
        admin.describeTopics(unlisted.stream().map(Tenant::facts).toList()).topicNameValues();
    Set<Tenant> absent = new HashSet<>();
    for (var answer : answers.entrySet()) {
      if (isUnknown(answer.getValue())) {
        Tenant.ofFactsTopic(answer.getKey()).ifPresent(absent::add);
      }
    }
    return absent;
  }

  private static boolean isUnknown(KafkaFuture<?> answer) throws InterruptedException {
    try {
      answer.get();
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ofSeconds(5));
  }
}
