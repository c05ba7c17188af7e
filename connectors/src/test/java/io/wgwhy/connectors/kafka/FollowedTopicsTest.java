package io.wgwhy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** Topics that are read while Kafka comes and goes. */
class FollowedTopicsTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Tenant GLOBEX = new Tenant("globex");

  private final Broker broker = new Broker();
  private final List<String> told = new ArrayList<>();

  @Test
  void what_is_there_and_what_comes_is_read() {
    broker.create(ACME.facts(), 2);
    try (FollowedTopics topics = follow(Set.of())) {
      assertThat(read(topics)).isEqualTo(2);
      assertThat(topics.isCaughtUp()).isTrue();
      assertThat(topics.tenants()).containsExactly(ACME);
      broker.append(ACME.facts());
      assertThat(read(topics)).isOne();
      broker.create(GLOBEX.facts(), 1);
      assertThat(read(topics) + read(topics)).as("a tenant that is new").isOne();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void other_topics_and_other_tenants_are_left_alone() {
    broker.create(ACME.facts(), 2);
    broker.create(GLOBEX.facts(), 2);
    broker.create(ACME.findings(), 2);
    broker.create("orders", 2);
    try (FollowedTopics topics = follow(Set.of(GLOBEX))) {
      assertThat(read(topics)).isEqualTo(2);
      assertThat(topics.tenants()).containsExactly(GLOBEX);
    }
  }

  @Test
  void a_broker_that_goes_away_is_waited_for_and_that_is_told_once() {
    broker.create(ACME.facts(), 1);
    try (FollowedTopics topics = follow(Set.of())) {
      assertThat(read(topics)).isOne();
      broker.away = true;
      assertThat(read(topics) + read(topics) + read(topics)).isZero();
      assertThat(topics.tenants()).as("what is assigned stays so").containsExactly(ACME);
      assertThat(told).containsExactly("Kafka does not answer; going on when it does");
      broker.away = false;
      broker.append(ACME.facts());
      assertThat(read(topics)).isOne();
      assertThat(told)
          .containsExactly("Kafka does not answer; going on when it does", "Kafka answers again");
    }
  }

  @Test
  void a_topic_that_was_found_just_before_is_read_from_its_beginning_later() {
    broker.create(ACME.facts(), 1);
    try (FollowedTopics topics = follow(Set.of())) {
      assertThat(read(topics)).isOne();
      broker.create(GLOBEX.facts(), 3);
      broker.awayForOffsets = true;
      assertThat(read(topics)).isZero();
      assertThat(topics.tenants()).containsExactly(ACME);
      broker.awayForOffsets = false;
      assertThat(read(topics) + read(topics)).isEqualTo(3);
    }
  }

  @Test
  void a_broker_that_is_not_there_at_the_beginning_is_no_empty_one() {
    broker.away = true;
    try (FollowedTopics topics = follow(Set.of())) {
      assertThatThrownBy(() -> read(topics)).isInstanceOf(TimeoutException.class);
      assertThat(topics.isCaughtUp()).isFalse();
    }
  }

  @Test
  void rights_that_are_taken_away_do_not_come_back_by_waiting() {
    broker.create(ACME.facts(), 1);
    try (FollowedTopics topics = follow(Set.of())) {
      read(topics);
      broker.setPollException(new TopicAuthorizationException(ACME.facts()));
      assertThatThrownBy(() -> read(topics)).isInstanceOf(TopicAuthorizationException.class);
    }
  }

  private FollowedTopics follow(Set<Tenant> only) {
    return new FollowedTopics(
        broker,
        new FollowedTopics.Wanted(Tenant::ofFactsTopic, only, Instant.EPOCH, Duration.ZERO),
        told::add);
  }

  private static int read(FollowedTopics topics) {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : topics.poll(Duration.ZERO)) {
      count += record.value().length;
    }
    return count;
  }

  /** A broker whose topics have one partition; each record is one byte. */
  private static final class Broker extends MockConsumer<byte[], byte[]> {
    private final Map<String, Long> lengths = new HashMap<>();
    private boolean away;
    private boolean awayForOffsets;

    Broker() {
      super("earliest");
    }

    void create(String topic, int records) {
      Node node = new Node(1, "localhost", 9092);
      updatePartitions(
          topic, List.of(new PartitionInfo(topic, 0, node, new Node[] {node}, new Node[] {node})));
      lengths.put(topic, (long) records);
      updateEndOffsets(Map.of(new TopicPartition(topic, 0), (long) records));
    }

    void append(String topic) {
      long offset = lengths.merge(topic, 1L, Long::sum) - 1;
      addRecord(new ConsumerRecord<>(topic, 0, offset, new byte[0], new byte[1]));
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration patience) {
      if (away) {
        throw new TimeoutException("nobody answers");
      }
      return super.listTopics(patience);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> moments, Duration patience) {
      if (awayForOffsets) {
        throw new TimeoutException("nobody answers");
      }
      Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
      moments.forEach((it, at) -> offsets.put(it, new OffsetAndTimestamp(0, at)));
      return offsets;
    }

    /** What was there before is handed out once it is read. */
    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      for (long i = offset; i < lengths.getOrDefault(partition.topic(), 0L); i++) {
        addRecord(new ConsumerRecord<>(partition.topic(), 0, i, new byte[0], new byte[1]));
      }
    }
  }
}
