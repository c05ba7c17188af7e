package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kafka.coordinator.transaction.TransactionCoordinator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

  /**
   * Else it would lead for a moment, be given up for its former self, and lose the ends of
   * transactions that it had begun to end.
   */
  @Test
  void a_broker_that_was_killed_leads_nothing_before_it_is_itself_again(@TempDir Path folder)
      throws Exception {
    var killed = new BrokerProcess(folder);
    killed.start();
    beginTransactions(killed.client());
    killed.kill();

    Path data = folder.resolve("data");
    assertThat(KilledBroker.left(data)).isTrue();
    var told = new ListAppender<ILoggingEvent>();
    var coordinator = (Logger) LoggerFactory.getLogger(TransactionCoordinator.class);
    Level usual = coordinator.getLevel();
    told.start();
    coordinator.setLevel(Level.INFO);
    coordinator.addAppender(told);
    try (var broker = EmbeddedBroker.start(data)) {
      beginTransactions(broker.client());
      List<String> changes =
          told.list.stream()
              .map(ILoggingEvent::getFormattedMessage)
              .filter(it -> it.contains("Elected") || it.contains("Resigned"))
              .toList();
      assertThat(changes).filteredOn(it -> it.contains("Elected")).hasSize(1);
      assertThat(changes).last().asString().contains("Elected as the txn coordinator");
    } finally {
      coordinator.detachAppender(told);
      coordinator.setLevel(usual);
    }
    assertThat(KilledBroker.left(data)).as("shut down").isFalse();
  }

  @Test
  void so_does_one_that_asks_for_passwords(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    Path asKilled = folder.resolve("killed");
    try (var broker = EmbeddedBroker.startSecured(data)) {
      beginTransactions(broker.client());
      copy(data, asKilled);
    }
    assertThat(KilledBroker.left(asKilled)).isTrue();

    try (var broker = EmbeddedBroker.startSecured(asKilled)) {
      beginTransactions(broker.client());
    }
  }

  private static void copy(Path folder, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(folder.relativize(file)));
      }
    }
  }

  private static void beginTransactions(Map<String, Object> client) {
    var settings = new HashMap<>(client);
    settings.put("transactional.id", "some");
    var none = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, none, none)) {
      producer.initTransactions();
    }
  }
}
