package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.pack.PublishedPack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of tenants: what they are like, and how they come into being. */
public final class Topics implements AutoCloseable {

  /**
   * The partitions of every facts topic, the same for all tenants, for ever: Kafka Streams makes as
   * many tasks as the widest topic has partitions, and a wider one that appears later stops it. 8
   * lets an engine grow from one thread to eight; an idle partition costs two small files.
   */
  public static final int PARTITIONS = 8;

  /** What backtests can read. Findings stay until they are superseded. */
  static final Duration FACTS_KEPT = Duration.ofDays(7);

  /** Long enough for somebody to look on Monday, and on the Monday after a holiday. */
  static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);

  /**
   * A dead letter is a record of a facts topic (1 MiB, Kafka's default) with headers added, so its
   * topic must take more than theirs: a record too large for it would stop the engine.
   */
  static final int DEAD_LETTER_BYTES = 2 * 1024 * 1024;

  /** All files of a pack, as JSON: quotes and ends of lines are two characters each. */
  static final int RULES_BYTES = 2 * PublishedPack.MOST_BYTES;

  private static final Logger log = LoggerFactory.getLogger(Topics.class);

  private final Admin admin;

  public Topics(Map<String, Object> client) {
    this.admin = Admin.create(client);
  }

  /** Creates those of the tenant's topics that are missing. */
  public void create(Tenant tenant) {
    create(List.of(facts(tenant), findings(tenant), deadLetters(tenant)));
  }

  /** Creates those that an engine writes, if missing: a record to a missing topic would stop it. */
  public void createOutputs(Tenant tenant) {
    create(List.of(findings(tenant), deadLetters(tenant)));
  }

  /** Creates the topic of rule packs, if missing. */
  public void createRules() {
    create(List.of(rules()));
  }

  /** How many partitions a tenant's facts topic has; 0 when there is none. */
  public int partitions(Tenant tenant) {
    try {
      var described = admin.describeTopics(List.of(tenant.facts())).allTopicNames();
      return Patience.await("look at " + tenant.facts(), described).values().stream()
          .mapToInt(it -> it.partitions().size())
          .sum();
    } catch (KafkaException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  /** Deletes those of the tenant's topics that there are; their names. */
  public Set<String> delete(Tenant tenant) {
    var gone = new TreeSet<>(List.of(tenant.facts(), tenant.findings(), tenant.deadLetters()));
    gone.retainAll(Patience.await("list topics", admin.listTopics().names()));
    Patience.await("delete topics of " + tenant, admin.deleteTopics(gone).all());
    return gone;
  }

  @Override
  public void close() {
    admin.close();
  }

  static NewTopic facts(Tenant tenant) {
    return topic(tenant.facts(), PARTITIONS)
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(FACTS_KEPT.toMillis()),
                // By the broker's clock: a wrong clock on a host must not delete its facts at once,
                // nor keep them for ever, nor have them refused.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"));
  }

  static NewTopic findings(Tenant tenant) {
    return topic(tenant.findings(), 1)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  static NewTopic deadLetters(Tenant tenant) {
    return topic(tenant.deadLetters(), 1)
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG, String.valueOf(DEAD_LETTERS_KEPT.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(DEAD_LETTER_BYTES)));
  }

  static NewTopic rules() {
    return topic(PublishedPack.TOPIC, 1)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(RULES_BYTES)));
  }

  private static NewTopic topic(String name, int partitions) {
    // No replication factor: how many copies are kept is the cluster's decision.
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private void create(List<NewTopic> topics) {
    var created = admin.createTopics(topics).values();
    created.forEach(
        (name, done) -> {
          try {
            Patience.await("create topic " + name, done);
          } catch (KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
              throw e;
            }
            log.debug("Topic {} exists", name);
          }
        });
    awaitLeaders(topics);
  }

  /**
   * A topic that has been made has leaders a moment later. Until then records are refused; a
   * producer of several batches may then lose the first ({@link FactPublisher} tells why). Leaders
   * answer for offsets when they are ready.
   */
  private void awaitLeaders(List<NewTopic> topics) {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long end = System.nanoTime() + Patience.USUAL.toNanos();
    while (true) {
      try {
        Patience.await("find the leaders of " + names(topics), admin.listOffsets(ends).all());
        return;
      } catch (KafkaException e) {
        // The broker that made them may answer that it does not know them yet.
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > end) {
          throw e;
        }
        pause();
      }
    }
  }

  private static List<String> names(List<NewTopic> topics) {
    return topics.stream().map(NewTopic::name).toList();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted", e);
    }
  }
}
