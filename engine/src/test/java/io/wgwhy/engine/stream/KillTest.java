package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands on the findings topic in the end is, to the byte, what sessions say that got the
 * facts directly, though the engine was killed on its way.
 */
@Tag("slow")
class KillTest {

  private static final Tenant ACME = new Tenant("acme");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Some that open, change their mind, and resolve; one that stays healthy. */
  private static final List<Recorded> RECORDINGS =
      List.of(
          Recorded.named("nat-timeout-same-port"),
          Recorded.named("psk-different"),
          Recorded.named("listen-port-in-use"),
          Recorded.named("wrong-endpoint-public-dead"),
          Recorded.named("server-process-dead"),
          Recorded.named("healthy-firewalled"));

  @Test
  void the_findings_are_those_of_an_uninterrupted_run(@TempDir Path folder) throws Exception {
    try (var broker = TestBroker.open().start()) {
      String bootstrap = broker.bootstrapServers();
      var client = Map.<String, Object>of("bootstrap.servers", bootstrap);
      Path engineFolder = folder.resolve("engine");
      var engine = EngineProcess.fork(bootstrap, engineFolder);
      try (var topics = new Topics(client);
          var publisher = new FactPublisher(client)) {
        topics.create(ACME);
        int moment = 0;
        int sent = 0;
        for (int kill = 1; kill <= 4; kill++) {
          // At work, so that it is killed at work and not while it starts.
          sent += publish(publisher, moment, moment += 10, 0);
          awaitCommitted(client, sent);
          // In the midst of facts: after commits, and between them.
          sent += publish(publisher, moment, moment += 20 + kill, 30);
          engine.destroyForcibly().waitFor();
          System.err.printf("killed: %d of %d facts committed%n", committed(client), sent);
          engine = EngineProcess.fork(bootstrap, engineFolder);
        }
        sent += publish(publisher, moment, Integer.MAX_VALUE, 0);
        awaitCommitted(client, sent);
        Map<String, String> expected = expected();
        var last = new TreeMap<String, String>();
        Readings.until(
            bootstrap,
            ACME.findings(),
            Duration.ofSeconds(20),
            read -> {
              read.forEach(it -> last.put(it.key(), it.value()));
              return last.equals(expected);
            });
        assertThat(last).isEqualTo(expected);
      } finally {
        engine.destroyForcibly().waitFor();
        System.err.print(Files.readString(EngineProcess.log(engineFolder)));
      }
    }
  }

  /** The engine and its broker together: what was known before the kill counts after it. */
  @Test
  void with_its_broker_it_comes_back_with_its_data(@TempDir Path folder) throws Exception {
    List<Fact> facts = RECORDINGS.get(0).facts();
    Process engine = EngineProcess.fork("embedded", folder);
    try {
      String before = EngineProcess.address(folder);
      try (var topics = new Topics(Map.of("bootstrap.servers", before))) {
        topics.create(ACME);
      }
      int half = whenFound(facts);
      publish(before, facts.subList(0, half));
      Readings.until(before, ACME.findings(), PATIENCE, read -> !read.isEmpty());
      engine.destroyForcibly().waitFor();
      Files.delete(folder.resolve("address"));

      long killed = System.nanoTime();
      engine = EngineProcess.fork("embedded", folder);
      String after = EngineProcess.address(folder);
      publish(after, facts.subList(half, facts.size()));
      var read =
          Readings.until(
              after,
              ACME.findings(),
              PATIENCE,
              all -> all.stream().anyMatch(it -> it.value().contains("\"resolved\"")));
      System.err.printf(
          "killed with its broker, and done after %d ms%n",
          (System.nanoTime() - killed) / 1_000_000);
      assertThat(read.get(read.size() - 1).value())
          .isEqualTo(direct("home", facts).values().iterator().next());
    } finally {
      engine.destroyForcibly().waitFor();
    }
  }

  /** The end of the moment at which something is found. */
  private static int whenFound(List<Fact> facts) {
    try (var session = Driver.builtIn().open("acme", "home")) {
      for (int i = 0; i < facts.size(); i++) {
        session.accept(facts.get(i));
        if (!session.findings().isEmpty() && session.waiting() == 1) {
          return i;
        }
      }
      throw new AssertionError("nothing is found");
    }
  }

  private static void publish(String bootstrap, List<Fact> facts) {
    try (var publisher = new FactPublisher(Map.of("bootstrap.servers", bootstrap))) {
      publisher.publish(ACME, "home", facts);
    }
  }

  /** All recordings in parallel, each its network; from one moment to another. */
  private static int publish(FactPublisher publisher, int from, int to, int pause)
      throws InterruptedException {
    int sent = 0;
    boolean more = true;
    for (int moment = from; moment < to && more; moment++) {
      more = false;
      for (Recorded recording : RECORDINGS) {
        List<List<Fact>> moments = moments(recording.facts());
        if (moment < moments.size()) {
          publisher.publish(ACME, recording.name(), moments.get(moment));
          sent += moments.get(moment).size();
          more = true;
        }
      }
      Thread.sleep(pause);
    }
    publisher.flush();
    return sent;
  }

  private static List<List<Fact>> moments(List<Fact> facts) {
    var moments = new ArrayList<List<Fact>>();
    Fact before = null;
    for (Fact fact : facts) {
      if (before == null || before.at() != fact.at() || !before.host().equals(fact.host())) {
        moments.add(new ArrayList<>());
      }
      moments.get(moments.size() - 1).add(fact);
      before = fact;
    }
    return moments;
  }

  private static Map<String, String> expected() {
    var expected = new TreeMap<String, String>();
    RECORDINGS.forEach(it -> expected.putAll(direct(it.name(), it.facts())));
    return expected;
  }

  private static Map<String, String> direct(String network, List<Fact> facts) {
    return SameAsDirectTest.directly(network, facts);
  }

  private static void awaitCommitted(Map<String, Object> client, int facts) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (committed(client) < facts) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static long committed(Map<String, Object> client) throws Exception {
    try (var admin = Admin.create(client)) {
      return admin
          .listConsumerGroupOffsets(EngineProcess.NAME)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }
}
