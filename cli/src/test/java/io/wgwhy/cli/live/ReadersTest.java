package io.wgwhy.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.Tenant;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads for hours outlives a broker's restart. */
@Tag("slow")
@Timeout(180)
class ReadersTest {
  private static final Tenant ACME = new Tenant("acme");

  @TempDir Path data;

  @Test
  void a_broker_that_is_away_for_long_is_waited_for() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> told = new ArrayList<>();
    EmbeddedBroker broker = EmbeddedBroker.start(data, port);
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Topics topics = new Topics(client)) {
      topics.create(ACME);
    }
    publish(client, 1);
    try (FactReader reader = new FactReader(client, Set.of(), Instant.EPOCH, told::add)) {
      assertThat(await(reader, 1)).containsExactly(1L);
      broker.close();
      while (told.isEmpty()) {
        assertThat(reader.poll(Duration.ofMillis(100))).isEmpty();
      }
      assertThat(told).containsExactly("Kafka does not answer; going on when it does");
      broker = EmbeddedBroker.start(data, port);
      publish(client, 2);
      assertThat(await(reader, 1)).as("nothing twice, nothing lost").containsExactly(2L);
      while (told.size() < 2) {
        reader.poll(Duration.ofMillis(100));
      }
      assertThat(told.get(1)).isEqualTo("Kafka answers again");
    } finally {
      broker.close();
    }
  }

  private static List<Long> await(FactReader reader, int count) {
    List<Long> at = new ArrayList<>();
    while (at.size() < count) {
      reader.poll(Duration.ofMillis(100)).forEach(it -> at.add(it.fact().at()));
    }
    return at;
  }

  private static void publish(Map<String, Object> client, long at) {
    try (FactPublisher publisher = new FactPublisher(client)) {
      publisher.publish(
          ACME, "home", List.of(new Heartbeat("cli", at, 15_000, List.of(), 0, false)));
      publisher.flush();
    }
  }
}
