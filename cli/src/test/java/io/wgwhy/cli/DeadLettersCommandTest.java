package io.wgwhy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final byte[] HOME = "home".getBytes(UTF_8);
  private static final String FACT =
      "{\"kind\":\"host-clock\",\"host\":\"srv\",\"at\":1795347129500,\"offsetMillis\":0}";

  @Tag("slow")
  @Test
  void what_was_refused_is_listed_explained_and_sent_back(@TempDir Path folder) throws Exception {
    try (TestBroker broker = TestBroker.open().start()) {
      String server = broker.bootstrapServers();
      Map<String, Object> client = Map.of("bootstrap.servers", server);
      RuleBook rules = RuleBook.builtIn();
      Engine.Size size = new Engine.Size("test", folder.resolve("engine"), 1, 10);
      try (Topics topics = new Topics(client)) {
        topics.create(ACME);
        assertThat(run(server, "list").exit()).as("when there are none").isZero();
        try (Engine engine =
            Engine.start(
                client,
                (tenant, network) -> new NetworkSession(tenant, network, rules),
                topics::createOutputs,
                size)) {
          send(client, HOME, "{nonsense");
          send(client, HOME, "{\"kind\":\"teapot\",\"host\":\"s\\u001brv\"}");
          send(client, null, FACT);
          send(client, HOME, "x".repeat(900_000));
          send(client, "a\nb".getBytes(UTF_8), FACT);
          Ran ran = awaited(server, 5);

          assertThat(ran.exit()).isEqualTo(Exit.FINDINGS);
          assertThat(run(server, "list").out())
              .contains("acme: 5 refused", "bad-key 1", "no-key 1", "not-json 1", "too-large 1")
              .contains("unknown kind teapot", "partition ", "offset ")
              .doesNotContain("\u001b");
          assertThat(run(server, "list", "--refusal", "not-json").out())
              .contains("acme: 1 refused");

          long teapot = number(ran, "unknown-kind");
          Ran shown = run(server, "show", "acme", "" + teapot);
          assertThat(shown.exit()).isZero();
          assertThat(shown.out())
              .contains("Update the engine, then replay.", "teapot", "refused again: unknown-kind")
              .doesNotContain("\u001b");
          assertThat(run(server, "show", "acme", "" + teapot, "--json").out())
              .contains("\"wouldBeTaken\":false", "\"advice\":\"Update the engine");
          assertThat(run(server, "show", "acme", "4711").exit()).isEqualTo(Exit.UNUSABLE);
          assertThat(run(server, "show", "globex", "1").err())
              .contains("no dead letters of globex");

          Ran replayed = run(server, "replay", "acme", "--all");
          assertThat(replayed.exit()).as("what is still bad stays").isEqualTo(Exit.FINDINGS);
          assertThat(replayed.err()).contains("0 published, 5 left");
        }
      }
    }
  }

  /** An older engine did not know the kind; this one does. */
  @Tag("slow")
  @Test
  void a_record_whose_reason_is_gone_is_a_fact_again() throws Exception {
    try (TestBroker broker = TestBroker.open().start()) {
      String server = broker.bootstrapServers();
      Map<String, Object> client = Map.of("bootstrap.servers", server);
      try (Topics topics = new Topics(client)) {
        topics.create(ACME);
      }
      try (var producer = producer(client)) {
        var letter = new ProducerRecord<>(ACME.deadLetters(), HOME, FACT.getBytes(UTF_8));
        letter.headers().add("reason", "not a fact: unknown kind host-clock".getBytes(UTF_8));
        letter.headers().add("refusal", "unknown-kind".getBytes(UTF_8));
        producer.send(letter).get();
      }
      Ran dry = run(server, "replay", "acme", "0", "--dry-run");
      assertThat(dry.exit()).isZero();
      assertThat(dry.err()).contains("1 would be published");
      assertThat(facts(client)).isEmpty();
      assertThat(run(server, "replay", "acme", "--refusal", "unknown-kind").exit()).isZero();
      assertThat(facts(client)).containsExactly("home HostClock");
    }
  }

  @Test
  void ends_with_3_where_there_is_no_kafka_and_with_2_when_it_does_not_know_which() {
    assertThat(Ran.wgwhy("dead-letters", "list", "--bootstrap-server", "localhost:1").exit())
        .isEqualTo(Exit.NO_KAFKA);
    assertThat(Ran.wgwhy("dead-letters", "replay", "acme").err()).contains("give numbers");
    assertThat(Ran.wgwhy("dead-letters", "replay", "acme", "1", "--all").exit())
        .isEqualTo(Exit.UNUSABLE);
    assertThat(Ran.wgwhy("dead-letters").exit()).isEqualTo(Exit.UNUSABLE);
  }

  private static List<String> facts(Map<String, Object> client) {
    return FactsOf.topic(client, ACME).stream()
        .map(it -> it.network() + " " + it.fact().getClass().getSimpleName())
        .toList();
  }

  private static long number(Ran listed, String refusal) throws Exception {
    for (String line : listed.out().lines().toList()) {
      var letter = new JsonMapper().readTree(line);
      if (letter.get("refusal").asText().equals(refusal)) {
        return letter.get("number").asLong();
      }
    }
    throw new AssertionError("none was refused for " + refusal);
  }

  private static Ran awaited(String server, int count) throws InterruptedException {
    Ran ran = run(server, "list", "--json");
    for (int i = 0; i < 120 && ran.out().lines().count() < count; i++) {
      Thread.sleep(250);
      ran = run(server, "list", "--json");
    }
    assertThat(ran.out().lines()).hasSize(count);
    return ran;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(Map<String, Object> client, byte[] key, String value) throws Exception {
    try (var producer = producer(client)) {
      producer.send(new ProducerRecord<>(ACME.facts(), key, value.getBytes(UTF_8))).get();
    }
  }

  private static Ran run(String server, String... args) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    all.addAll(List.of("--bootstrap-server", server));
    return Ran.wgwhy(all.toArray(String[]::new));
  }
}
