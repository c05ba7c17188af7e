package io.wgwhy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A broker; and a tenant and a pack of its own for each test, because the broker is one. */
@Tag("slow")
abstract class PublishingCase {
  static final String CAUSE = "acme-old-gateway";

  private static final JsonMapper JSON = new JsonMapper();
  private static int tenants;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  static Map<String, Object> client;

  @TempDir Path temp;
  Path pack;
  Tenant tenant;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    client = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void make() throws IOException {
    tenant = new Tenant("t" + ++tenants);
    pack = temp.resolve("acme");
    assertThat(Ran.wgwhy("rules", "new", "--pack", pack.toString(), CAUSE).exit()).isZero();
    try (Topics topics = new Topics(client)) {
      topics.create(tenant);
    }
  }

  /** From now on the pack's cause is what the recording shows. */
  void hit() throws IOException {
    Path drl = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.drl");
    String text = Files.readString(drl);
    Files.writeString(drl, text.replace("192.0.2.10", "203.0.113.10"));
    for (String name : List.of("fires-example.yaml", "silent-example.yaml")) {
      Path file = drl.resolveSibling(name);
      Files.writeString(file, Files.readString(file).replace("192.0.2.10", "203.0.113.10"));
    }
  }

  static List<Fact> facts() {
    return Recorded.named("srv-fw-nft-policy-drop").observations().stream()
        .flatMap(it -> Delivered.facts(Delivered.parsers(), it).stream())
        .toList();
  }

  static long send(Tenant tenant, List<Fact> facts) {
    return send(tenant, "home", facts);
  }

  static long send(Tenant tenant, String network, List<Fact> facts) {
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Fact fact : facts) {
        byte[] json = JSON.writeValueAsBytes(fact);
        producer.send(new ProducerRecord<>(tenant.facts(), network.getBytes(UTF_8), json));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return facts.size();
  }

  static void awaitFinding(Tenant tenant, java.util.function.Predicate<Finding> wanted)
      throws InterruptedException {
    try (FindingReader reader = new FindingReader(client, Set.of(tenant))) {
      List<String> seen = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (System.nanoTime() < end) {
        for (var it : reader.poll(Duration.ofMillis(200))) {
          if (wanted.test(it.finding())) {
            return;
          }
          seen.add(it.finding().cause() + " " + it.finding().state());
        }
      }
      throw new AssertionError("not among " + seen);
    }
  }

  static List<Finding> all(Tenant tenant) {
    List<Finding> all = new ArrayList<>();
    try (FindingReader reader = new FindingReader(client, Set.of(tenant))) {
      do {
        reader.poll(Duration.ofMillis(200)).forEach(it -> all.add(it.finding()));
      } while (!reader.isCaughtUp());
    }
    return all;
  }

  Ran publish(String... more) {
    List<String> all = new ArrayList<>(List.of("publish", pack.toString()));
    all.addAll(List.of(more));
    return rules(all.toArray(String[]::new));
  }

  Ran rules(String... more) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(more));
    all.addAll(List.of("--tenant", tenant.name(), "--bootstrap-server", server()));
    return Ran.wgwhy(all.toArray(String[]::new));
  }

  static String server() {
    return broker.bootstrapServers();
  }
}
