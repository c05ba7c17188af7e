package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.kafka.GroupProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far an engine is, as its broker knows it. */
@Tag("slow")
class GroupProgressTest {
  @RegisterExtension static final TestBroker BROKER = TestBroker.open();

  @Test
  void what_was_never_committed_waits_from_the_first_record_on() throws Exception {
    Map<String, Object> client = BROKER.client();
    var first = new TopicPartition("read", 0);
    var other = new TopicPartition("unread", 0);
    try (Admin admin = Admin.create(client);
        var producer =
            new KafkaProducer<>(
                new HashMap<>(client), new StringSerializer(), new StringSerializer());
        var progress = new GroupProgress(client, "readers")) {
      admin
          .createTopics(
              List.of(new NewTopic("read", 2, (short) 1), new NewTopic("unread", 1, (short) 1)))
          .all()
          .get();
      assertThat(progress.committed()).isZero();
      assertThat(progress.waiting(List.of("read", "unread"))).isZero();

      for (int i = 0; i < 7; i++) {
        producer.send(new ProducerRecord<>("read", i % 2, null, "record " + i)).get();
        producer.send(new ProducerRecord<>("unread", 0, null, "record " + i)).get();
      }
      assertThat(progress.waiting(List.of("read"))).isEqualTo(7);

      admin
          .alterConsumerGroupOffsets("readers", Map.of(first, new OffsetAndMetadata(3)))
          .all()
          .get();
      assertThat(progress.committed()).isEqualTo(3);
      assertThat(progress.waiting(List.of("read"))).as("1 of one, 3 of the other").isEqualTo(4);
      assertThat(progress.waiting(List.of("read", "unread"))).isEqualTo(11);

      admin
          .alterConsumerGroupOffsets("readers", Map.of(other, new OffsetAndMetadata(7)))
          .all()
          .get();
      assertThat(progress.waiting(List.of("read", "unread"))).isEqualTo(4);
    }
  }
}
