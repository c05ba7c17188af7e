package io.wgwhy.connectors.kafka;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;

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
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
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
