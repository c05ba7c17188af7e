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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * However often an engine is killed on its way, what a reader of committed findings sees is what an
 * uninterrupted run says: the last of each finding to the byte, none lost, none twice. {@code
 * -Dkills=100} kills more often.
 */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("kills", 6);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** So that some kills come while it starts, restores, and makes up for lost time. */
  private static final int STARTING_MILLIS = 4_000;

  private static final int WORKING_MILLIS = 2_500;

  /** Between moments of the stream: engines on a busy machine must be able to follow it. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Random random = new Random(5);

  @TempDir static Path folder;

  @RegisterExtension static final TestBroker BROKER = TestBroker.open();
  private static Map<String, Object> client;

  @BeforeAll
  static void start() {
    client = BROKER.client();
  }

  @Test
  void at_random_moments() throws Exception {
    var tenant = new Tenant("moments");
    create(tenant);
    var outcome = new Outcome(client, tenant);
    var away = new ArrayList<Long>();
    long undone = 0;
    Process engine = fork(EngineProcess.QUICK);
    try (var supply = Supply.of(client, tenant, PAUSE)) {
      for (int kill = 0; kill < KILLS; kill++) {
        if (kill % 3 == 2) {
          Thread.sleep(random.nextInt(STARTING_MILLIS));
        } else {
          away.add(awaitProgress(outcome));
          Thread.sleep(random.nextInt(WORKING_MILLIS));
        }
        engine.destroyForcibly().waitFor();
        undone += supply.sent() - outcome.committed();
        engine = fork(EngineProcess.QUICK);
      }
      supply.finish();
      outcome.requireThatOf(supply);
      Collections.sort(away);
      System.err.printf(
          "%d kills, %d facts under way at each in the middle; at work again after %d ms (median),"
              + " %d ms at most%n",
          KILLS, undone / KILLS, away.get(away.size() / 2), away.get(away.size() - 1));
    } finally {
      end(engine);
    }
  }

  @Test
  void at_each_point_of_a_transaction() throws Exception {
    var tenant = new Tenant("points");
    create(tenant);
    var outcome = new Outcome(client, tenant);
    try (var supply = Supply.of(client, tenant, PAUSE)) {
      for (HaltingClients.Point point : HaltingClients.Point.values()) {
        var properties = new HashMap<>(EngineProcess.QUICK);
        properties.put("client.default.client.supplier", HaltingClients.class.getName());
        properties.put("halt.at", point.at(1 + random.nextInt(4)));
        Process engine = fork(properties);
        try {
          assertThat(engine.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
              .as("comes to %s", point)
              .isTrue();
          assertThat(engine.exitValue()).as("%s", point).isEqualTo(HaltingClients.KILLED);
        } finally {
          end(engine);
        }
        System.err.printf(
            "halted %s, with %d of %d facts done%n", point, outcome.committed(), supply.sent());
      }
      supply.finish();
      Process engine = fork(EngineProcess.QUICK);
      try {
        outcome.requireThatOf(supply);
      } finally {
        end(engine);
      }
    }
  }

  /** The engine and its broker together: what was known before the kill counts after it. */
  @Test
  void with_its_broker_it_comes_back_with_its_data(@TempDir Path folder) throws Exception {
    var acme = new Tenant("acme");
    List<Fact> facts = Recorded.named("nat-timeout-same-port").facts();
    Process engine = EngineProcess.fork("embedded", folder);
    try {
      String before = EngineProcess.address(folder);
      try (var topics = new Topics(Map.of("bootstrap.servers", before))) {
        topics.create(acme);
      }
      int half = whenFound(facts);
      publish(before, acme, facts.subList(0, half));
      Readings.until(before, acme.findings(), PATIENCE, read -> !read.isEmpty());
      engine.destroyForcibly().waitFor();
      Files.delete(folder.resolve("address"));

      long killed = System.nanoTime();
      engine = EngineProcess.fork("embedded", folder);
      String after = EngineProcess.address(folder);
      publish(after, acme, facts.subList(half, facts.size()));
      var read =
          Readings.until(
              after,
              acme.findings(),
              PATIENCE,
              all -> all.stream().anyMatch(it -> it.value().contains("\"resolved\"")));
      System.err.printf(
          "killed with its broker, and done after %d ms%n",
          (System.nanoTime() - killed) / 1_000_000);
      assertThat(read.get(read.size() - 1).value())
          .isEqualTo(SameAsDirectTest.directly("home", facts).values().iterator().next());
    } finally {
      end(engine);
    }
  }

  private static Process fork(Map<String, String> properties) throws Exception {
    return EngineProcess.fork(BROKER.bootstrapServers(), folder.resolve("engine"), properties);
  }

  private static void end(Process engine) throws InterruptedException {
    engine.destroyForcibly().waitFor();
  }

  private static void create(Tenant tenant) {
    try (var topics = new Topics(client)) {
      topics.create(tenant);
    }
  }

  /** Waits until the engine that was started just now has dealt with facts; ms. */
  private static long awaitProgress(Outcome outcome) throws InterruptedException {
    long started = System.nanoTime();
    long before = outcome.committed();
    while (outcome.committed() <= before) {
      assertThat(System.nanoTime() - started).as("in time").isLessThan(PATIENCE.toNanos());
      Thread.sleep(20);
    }
    return (System.nanoTime() - started) / 1_000_000;
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

  private static void publish(String bootstrap, Tenant tenant, List<Fact> facts) {
    try (var publisher = new FactPublisher(Map.of("bootstrap.servers", bootstrap))) {
      publisher.publish(tenant, "home", facts);
    }
  }
}
