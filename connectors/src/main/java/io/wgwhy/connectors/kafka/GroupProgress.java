package io.wgwhy.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has come. */
public final class GroupProgress implements AutoCloseable {
  private final Admin admin;
  private final String group;

  public GroupProgress(Map<String, Object> client, String group) {
    this.admin = Admin.create(client);
    this.group = group;
  }

  /** How many records of all its partitions the group has done with, durably. */
  public long committed() {
    return ask(() -> offsets().values().stream().mapToLong(OffsetAndMetadata::offset).sum());
  }

  /**
   * How many records of topics the group has yet to do with; what it has never committed counts
   * from the first record on.
   *
   * @param topics that nobody writes to in transactions: their markers would count, too
   */
  public long waiting(Collection<String> topics) {
    return ask(
        () -> {
          Map<TopicPartition, OffsetAndMetadata> done = offsets();
          Map<TopicPartition, OffsetSpec> all = new HashMap<>();
          admin
              .describeTopics(topics)
              .allTopicNames()
              .get()
              .forEach(
                  (topic, description) ->
                      description
                          .partitions()
                          .forEach(
                              it ->
                                  all.put(
                                      new TopicPartition(topic, it.partition()),
                                      OffsetSpec.latest())));
          long waiting = 0;
          for (var end : admin.listOffsets(all).all().get().entrySet()) {
            OffsetAndMetadata committed = done.get(end.getKey());
            waiting += end.getValue().offset() - (committed == null ? 0 : committed.offset());
          }
          return waiting;
        });
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets()
      throws ExecutionException, InterruptedException {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private interface Question {
    long ask() throws ExecutionException, InterruptedException;
  }

  private long ask(Question question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot ask how far " + group + " is", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
