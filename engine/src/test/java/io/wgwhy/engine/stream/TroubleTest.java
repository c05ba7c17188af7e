package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong around an engine: other engines, its broker, its topics. Whatever it is, the
 * findings are those of a quiet run. {@code -Dusual=true} takes an engine's usual timeouts.
 */
@Tag("slow")
class TroubleTest {
  private static final Map<String, String> TIMEOUTS =
      Boolean.getBoolean("usual") ? Map.of() : EngineProcess.QUICK;

  private static final Tenant ACME = new Tenant("acme");
  private static final Duration PAUSE = Duration.ofMillis(60);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void two_engines_share_one_is_killed_and_one_is_stopped_and_comes_back_as_a_zombie()
      throws Exception {
    try (var broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Map<String, Object> client = broker.client();
      create(client, ACME);
      var outcome = new Outcome(client, ACME);
      Process one = fork(client, "one");
      Process other = fork(client, "other");
      try (var supply = Supply.of(client, ACME, PAUSE)) {
        long shared = awaitShares(client, 2);
        Thread.sleep(2_000);
        one.destroyForcibly().waitFor();
        System.err.printf(
            "two engines share after %d ms; one killed, all of its work done by the other after %d"
                + " ms%n",
            shared, millisUntilCommitted(outcome, supply.sent()));

        one = fork(client, "one");
        awaitShares(client, 2);
        Thread.sleep(1_000);
        signal(other, "STOP");
        System.err.printf(
            "one stopped, all of its work done by the other after %d ms%n",
            millisUntilCommitted(outcome, supply.sent()));
        // It still holds an open transaction, and what it has not sent.
        signal(other, "CONT");
        Thread.sleep(2_000);
        supply.finish();
        outcome.requireThatOf(supply);
      } finally {
        one.destroyForcibly().waitFor();
        other.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_broker_is_killed_under_load_and_comes_back() throws Exception {
    try (var broker = new BrokerProcess(folder.resolve("broker"))) {
      broker.start();
      Map<String, Object> client = broker.client();
      create(client, ACME);
      var outcome = new Outcome(client, ACME);
      Process engine = fork(client, "engine");
      try (var supply = Supply.of(patient(client), ACME, PAUSE)) {
        outcome.awaitCommitted(100);
        for (int kill = 1; kill <= 2; kill++) {
          broker.kill();
          Thread.sleep(1_000);
          broker.start();
          System.err.printf(
              "broker killed and back: all done %d ms after its return%n",
              millisUntilCommitted(outcome, supply.sent()));
        }
        supply.finish();
        Standstill.explained(
            client, engine, folder.resolve("engine"), () -> outcome.requireThatOf(supply));
        assertThat(engine.isAlive()).as("the engine lives").isTrue();
      } finally {
        engine.destroyForcibly().waitFor();
      }
    }
  }

  /** Quotas of the broker hold the engine's producers to a trickle. */
  @Test
  void a_slow_broker_delays_and_loses_nothing() throws Exception {
    try (var broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Map<String, Object> client = broker.client();
      create(client, ACME);
      var outcome = new Outcome(client, ACME);
      Process engine = fork(client, "engine");
      var supplier = new HashMap<>(client);
      supplier.put("client.id", "supply");
      try (var supply = Supply.of(supplier, ACME, PAUSE);
          var admin = Admin.create(client)) {
        outcome.awaitCommitted(100);
        limit(admin, "supply", 1e9);
        limit(admin, null, 30_000.0);
        Thread.sleep(10_000);
        System.err.printf("slow broker: %d of %d facts done%n", outcome.committed(), supply.sent());
        limit(admin, null, null);
        System.err.printf(
            "as fast as before: all done after %d ms%n",
            millisUntilCommitted(outcome, supply.sent()));
        supply.finish();
        outcome.requireThatOf(supply);
      } finally {
        engine.destroyForcibly().waitFor();
      }
    }
  }

  /** On a file system of memory that somebody else fills. */
  @Test
  void a_broker_without_room_ends_and_goes_on_when_there_is_some_again() throws Exception {
    Path small = Files.createDirectories(folder.resolve("small"));
    assumeTrue(mount(small), "mounting a small file system needs root");
    try (var broker = new BrokerProcess(small)) {
      broker.start();
      Map<String, Object> client = broker.client();
      create(client, ACME);
      var outcome = new Outcome(client, ACME);
      Process engine = fork(client, "engine");
      try (var supply = Supply.of(patient(client), ACME, PAUSE)) {
        outcome.awaitCommitted(100);
        Path ballast = small.resolve("ballast");
        fill(ballast);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (broker.isAlive()) {
          assertThat(System.nanoTime()).as("it notices").isLessThan(end);
          Thread.sleep(50);
        }
        Files.delete(ballast);
        broker.start();
        System.err.printf(
            "no room: the broker ended; with room and started again all done after %d ms%n",
            millisUntilCommitted(outcome, supply.sent()));
        supply.finish();
        outcome.requireThatOf(supply);
      } finally {
        engine.destroyForcibly().waitFor();
      }
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  void a_topic_that_takes_no_findings_holds_up_its_own_tenant_only() throws Exception {
    var full = new Tenant("full");
    try (var broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Map<String, Object> client = broker.client();
      create(client, ACME);
      create(client, full);
      try (var admin = Admin.create(client)) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, full.findings());
        var tiny =
            new AlterConfigOp(
                new ConfigEntry("max.message.bytes", "300"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(tiny))).all().get();
      }
      Process engine = fork(client, "engine");
      try (var supply = Supply.of(client, ACME, PAUSE);
          var publisher = new FactPublisher(client)) {
        // In all partitions, so in each that the good neighbour is in.
        for (int network = 0; network < 40; network++) {
          publisher.publish(
              full, "network-" + network, Recorded.named("srv-fw-nft-policy-drop").facts());
        }
        supply.finish();
        new Outcome(client, ACME).requireThatOf(supply);
        var letters = Readings.until(client, full.deadLetters(), PATIENCE, it -> !it.isEmpty());
        assertThat(letters)
            .isNotEmpty()
            .allSatisfy(
                it ->
                    assertThat(it.headers().lastHeader("refusal").value())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("put-aside"));
        assertThat(engine.isAlive()).as("the engine lives").isTrue();
      } finally {
        engine.destroyForcibly().waitFor();
      }
    }
  }

  /** Its memory goes with it; what it would still have to say is nobody's to hear. */
  @Test
  void a_tenant_that_is_deleted_is_forgotten_and_holds_nobody_up() throws Exception {
    var leaver = new Tenant("leaver");
    try (var broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Map<String, Object> client = broker.client();
      create(client, ACME);
      create(client, leaver);
      Process engine = fork(client, "engine");
      try (var supply = Supply.of(client, ACME, PAUSE);
          var publisher = new FactPublisher(client);
          var topics = new Topics(client)) {
        List<Fact> facts = Recorded.named("srv-fw-nft-policy-drop").facts();
        for (int network = 0; network < 40; network++) {
          publisher.publish(leaver, "network-" + network, facts);
        }
        publisher.flush();
        Readings.until(client, leaver.findings(), PATIENCE, it -> !it.isEmpty());
        assertThat(remembered(client, leaver)).as("is remembered").isNotEmpty();
        // Some of its networks have something to say that must hold for a while first.
        publisher.publish(leaver, "network-late", facts);
        publisher.flush();
        topics.delete(leaver);
        long deleted = System.nanoTime();
        while (!remembered(client, leaver).isEmpty()) {
          assertThat(System.nanoTime() - deleted).as("in time").isLessThan(PATIENCE.toNanos());
          Thread.sleep(200);
        }
        System.err.printf(
            "a tenant was deleted: forgotten after %d ms%n",
            (System.nanoTime() - deleted) / 1_000_000);
        supply.finish();
        new Outcome(client, ACME).requireThatOf(supply);
        assertThat(engine.isAlive()).as("the engine lives").isTrue();
        try (var admin = Admin.create(client)) {
          assertThat(admin.listTopics().names().get())
              .as("topics")
              .noneMatch(it -> it.contains(leaver.name()));
        }
      } finally {
        engine.destroyForcibly().waitFor();
      }
    }
  }

  /** The keys of all that the engine's changelogs still hold of a tenant. */
  private static Set<String> remembered(Map<String, Object> client, Tenant tenant) {
    var keys = new TreeSet<String>();
    for (String part : Store.PARTS) {
      String changelog = EngineProcess.NAME + "-" + part + "-changelog";
      for (var it : Readings.all(client, changelog)) {
        if (it.value() == null) {
          keys.remove(part + it.key());
        } else if (it.key().startsWith(tenant.name() + NetworkKey.END)) {
          keys.add(part + it.key());
        }
      }
    }
    return keys;
  }

  private Process fork(Map<String, Object> client, String name) throws Exception {
    return EngineProcess.fork(
        client.get("bootstrap.servers").toString(), folder.resolve(name), TIMEOUTS);
  }

  private static void create(Map<String, Object> client, Tenant tenant) {
    try (var topics = new Topics(client)) {
      topics.create(tenant);
    }
  }

  /** A publisher that waits for a broker, as collectors do. */
  private static Map<String, Object> patient(Map<String, Object> client) {
    var settings = new HashMap<>(client);
    settings.put("delivery.timeout.ms", 180_000);
    settings.put("max.block.ms", 180_000);
    return settings;
  }

  private static long millisUntilCommitted(Outcome outcome, long facts) throws Exception {
    long started = System.nanoTime();
    outcome.awaitCommitted(facts);
    return (System.nanoTime() - started) / 1_000_000;
  }

  /** Waits until so many engines have partitions of facts; ms. */
  private static long awaitShares(Map<String, Object> client, int engines) throws Exception {
    long started = System.nanoTime();
    try (var admin = Admin.create(client)) {
      while (working(admin) < engines) {
        assertThat(System.nanoTime() - started).as("in time").isLessThan(PATIENCE.toNanos());
        Thread.sleep(50);
      }
    }
    return (System.nanoTime() - started) / 1_000_000;
  }

  private static long working(Admin admin) throws Exception {
    try {
      Collection<MemberDescription> members =
          admin
              .describeConsumerGroups(List.of(EngineProcess.NAME))
              .all()
              .get()
              .get(EngineProcess.NAME)
              .members();
      return members.stream().filter(it -> !it.assignment().topicPartitions().isEmpty()).count();
    } catch (ExecutionException e) {
      // Nobody has joined it yet.
      return 0;
    }
  }

  /**
   * @param clientId null for all that have no limit of their own
   * @param bytesPerSecond null for none
   */
  private static void limit(Admin admin, String clientId, Double bytesPerSecond) throws Exception {
    var entity = new HashMap<String, String>();
    entity.put(ClientQuotaEntity.CLIENT_ID, clientId);
    var op = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
    admin
        .alterClientQuotas(
            List.of(new ClientQuotaAlteration(new ClientQuotaEntity(entity), List.of(op))))
        .all()
        .get();
  }

  private static void fill(Path ballast) throws Exception {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[64 * 1024];
      while (true) {
        out.write(block);
      }
    } catch (java.io.IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean mount(Path folder) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder.toString());
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(run("kill", "-" + name, String.valueOf(process.pid()))).isTrue();
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
