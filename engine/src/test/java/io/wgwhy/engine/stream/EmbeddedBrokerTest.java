package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedBrokerTest {

  private static final Tenant ACME = new Tenant("acme");
  private static final Fact FACT = new HostClock("srv", 17_000, 0);

  @Test
  void a_kept_folder_is_served_again_with_its_data(@TempDir Path data) {
    try (var broker = EmbeddedBroker.start(data)) {
      var client = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
      try (var topics = new Topics(client);
          var publisher = new FactPublisher(client)) {
        topics.create(ACME);
        topics.create(ACME);
        publisher.publish(ACME, "home", List.of(FACT));
      }
    }
    try (var broker = EmbeddedBroker.start(data)) {
      var client = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
      var read = new ArrayList<Fact>();
      try (var reader = new FactReader(client, Set.of(ACME), Instant.EPOCH)) {
        do {
          reader.poll(Duration.ofMillis(100)).forEach(it -> read.add(it.fact()));
        } while (!reader.isCaughtUp());
      }
      assertThat(read).containsExactly(FACT);
    }
  }
}
