package io.wgwhy.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.FactsOf;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.connectors.collect.agent.Times;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host's facts on their way through a real broker. */
@Tag("slow")
@Timeout(120)
class PublishingTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";
  private static final String OTHER = "EpRHpdMrJ6CnBKRY41wTsAieCgTQ0gej6RZPpMefmRU=";
  private static final String PRIVATE = "yPilHqPIf70Ep6ASVViR7N3ARCwi9q4RkpvghDQhNHg=";
  private static final String PRESHARED = "mZJ0cXx5Rfdj1K3n3Sgk1DqX0VYxX0H0RUmJcZ1bXkE=";

  @TempDir Path data;
  private final Parsers parsers = new Parsers(Secrets.withoutTenantKey());

  @Test
  void a_clock_that_was_set_back_is_found_by_the_brokers_and_makes_nothing_look_old()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      Map<String, Object> client = client(broker.bootstrapServers());
      Clock hourBack = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
      try (Publishing host = publishing(client, hourBack)) {
        assertThat(host.isHeard(PATIENCE)).isTrue();
        see(host, hourBack, 1);
        host.goodBye();
      }
      List<Fact> facts = read(client);
      long now = System.currentTimeMillis();
      assertThat(facts).hasAtLeastOneElementOfType(HostClock.class);
      assertThat(facts)
          .filteredOn(it -> it.at() != 1)
          .allSatisfy(it -> assertThat(it.at()).isBetween(now - 60_000, now + 1_000));
      try (NetworkSession session = new NetworkSession("acme", "home", RuleBook.builtIn())) {
        facts.forEach(session::accept);
        session.conclude();
        // What is new is told once it has held.
        session.tick(0);
        session.tick(10_000);
        assertThat(session.findings())
            .extracting(Finding::cause)
            .containsExactly("clock-unsynchronized");
      }
    }
  }

  @Test
  void what_is_seen_while_the_broker_is_away_comes_in_order_and_once_when_it_is_back()
      throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    EmbeddedBroker broker = EmbeddedBroker.start(data, port);
    Map<String, Object> client = client(broker.bootstrapServers());
    try (Publishing host = publishing(client, Clock.systemUTC())) {
      assertThat(host.isHeard(PATIENCE)).isTrue();
      see(host, Clock.systemUTC(), 1);
      assertThat(host.isHeard(PATIENCE)).isTrue();
      broker.close();
      for (int i = 2; i <= 20; i++) {
        see(host, Clock.systemUTC(), i);
        Thread.sleep(20);
      }
      assertThat(host.isHeard(Duration.ofMillis(100))).isFalse();
      broker = EmbeddedBroker.start(data, port);
      assertThat(host.isHeard(PATIENCE)).isTrue();
      assertThat(host.goodBye()).contains(" 0 given up").doesNotContain("lost");
      List<Fact> facts = read(client);
      assertThat(facts.stream().filter(WgPeer.class::isInstance).map(WgPeer.class::cast))
          .extracting(WgPeer::txBytes)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 20).mapToObj(it -> it * 148).toList());
      assertThat(facts.get(facts.size() - 1))
          .isInstanceOfSatisfying(Heartbeat.class, it -> assertThat(it.last()).isTrue());
      assertThat(facts.toString()).doesNotContain(PRIVATE, PRESHARED);
    } finally {
      broker.close();
    }
  }

  private static Publishing publishing(Map<String, Object> client, Clock clock) {
    return new Publishing(client, ACME, "home", "cli", Duration.ofSeconds(15), 1 << 20, clock);
  }

  private void see(Publishing host, Clock own, int count) {
    Times times = host.times();
    long millis = Objects.requireNonNull(times.shared().get(), "the broker has told its time");
    String output =
        "wg0\t%s\t%s\t51820\toff\nwg0\t%s\t%s\t198.51.100.1:51820\t10.0.0.2/32\t%d\t100\t%d\toff\n"
            .formatted(PRIVATE, OTHER, KEY, PRESHARED, own.millis() / 1000 - 5, count * 148);
    Observation observation =
        new Observation(
            own.millis() / 1000.0,
            "cli",
            "wg show all dump",
            0,
            output,
            millis / 1000.0,
            "home",
            "acme");
    host.sink().seen(new Seen(observation, parsers.parse(observation)));
  }

  private static Map<String, Object> client(String servers) {
    Map<String, Object> client = Map.of("bootstrap.servers", servers);
    try (Topics topics = new Topics(client)) {
      topics.create(ACME);
    }
    return client;
  }

  private static List<Fact> read(Map<String, Object> client) {
    return FactsOf.topic(client, ACME).stream().map(it -> it.fact()).toList();
  }
}
