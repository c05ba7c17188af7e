package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a publisher to the findings topic, over a real broker. */
@Tag("slow")
class WholeWayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** No key of anybody: planted, to see where it turns up. */
  private static final String CANARY = "OAcanaryCanaryCanaryCanaryCanaryCanaryCanE=";

  private static final String PUBLIC_KEY = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

  @RegisterExtension static final TestBroker broker = TestBroker.open();
  @TempDir static Path folder;
  private static Map<String, Object> client;
  private static Process engine;

  @BeforeAll
  static void start() throws IOException {
    client = Map.of("bootstrap.servers", broker.bootstrapServers());
    engine = EngineProcess.fork(broker.bootstrapServers(), folder.resolve("engine"));
  }

  @AfterAll
  static void stop() throws Exception {
    engine.destroy();
    engine.waitFor();
  }

  @Test
  void a_tenant_that_comes_later_and_has_no_output_topics_is_served() throws Exception {
    var late = new Tenant("late");
    try (var admin = Admin.create(client);
        var publisher = new FactPublisher(client)) {
      var facts = new NewTopic(late.facts(), Optional.of(Topics.PARTITIONS), Optional.empty());
      // With the sender's times Kafka would delete a recording that is a week old.
      facts.configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(facts)).all().get();
      publisher.publish(late, "home", Recorded.named("srv-fw-nft-policy-drop").facts());
      // Nobody but the engine makes them.
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!admin.listTopics().names().get().contains(late.deadLetters())) {
        assertThat(System.nanoTime()).as("made in time").isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(read(late.findings(), 1)).isNotEmpty();
    }
  }

  /** Where it loses facts, nobody else would say so. */
  @Test
  void a_topic_that_carries_its_senders_times_is_told_of_and_no_other() throws Exception {
    var careless = new Tenant("careless");
    create(new Tenant("careful"));
    try (var admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(careless.facts(), 8, (short) 1))).all().get();
    }
    String told = careless.facts() + " carries its senders' times";
    String log = "";
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!log.contains(told)) {
      assertThat(System.nanoTime()).as("told in time").isLessThan(end);
      Thread.sleep(100);
      log = Files.readString(EngineProcess.log(folder.resolve("engine")));
    }
    assertThat(log.lines().filter(it -> it.contains("senders' times"))).hasSize(1);
  }

  @Test
  void hostile_records_become_dead_letters_and_their_neighbours_are_diagnosed() {
    var tenant = new Tenant("attacked");
    create(tenant);
    List<Fact> facts = Recorded.named("upstream-drop").facts();
    int half = facts.size() / 2;
    try (var publisher = new FactPublisher(client)) {
      publisher.publish(tenant, "home", facts.subList(0, half));
      publisher.flush();
      sendRaw(tenant, "home", "{nonsense".getBytes(UTF_8));
      sendRaw(tenant, "home", "{\"kind\":\"teapot\"}".getBytes(UTF_8));
      sendRaw(tenant, "home", new byte[900_000]);
      sendRaw(tenant, "home", "[".repeat(100_000).getBytes(UTF_8));
      sendRaw(tenant, null, "{}".getBytes(UTF_8));
      publisher.publish(tenant, "home", facts.subList(half, facts.size()));
    }
    assertThat(read(tenant.findings(), 1)).isNotEmpty();
    assertThat(read(tenant.deadLetters(), 5))
        .hasSize(5)
        .allSatisfy(
            it -> {
              assertThat(it.headers().lastHeader("reason").value()).isNotEmpty();
              assertThat(it.headers().lastHeader("topic").value())
                  .isEqualTo(tenant.facts().getBytes(UTF_8));
              assertThat(it.headers().lastHeader("offset").value()).isNotEmpty();
            });
  }

  @Test
  void private_and_preshared_keys_are_on_no_topic_and_in_no_log() throws Exception {
    var tenant = new Tenant("secretive");
    create(tenant);
    List<Fact> facts = new Parsers(Secrets.withTenantKey(new byte[32])).parse(dump()).facts();
    assertThat(facts).as("what the dump says").hasSizeGreaterThan(2);
    try (var publisher = new FactPublisher(client)) {
      publisher.publish(tenant, "home", facts);
      publisher.publish(tenant, "home", Recorded.named("psk-different").facts());
    }
    assertThat(read(tenant.findings(), 1)).isNotEmpty();
    // The memory's changelog too is written by now: findings are committed with it.
    List<String> everything = everything();
    assertThat(everything).as("the search works").anyMatch(it -> it.contains(PUBLIC_KEY));
    assertThat(everything).noneMatch(it -> it.contains(CANARY.substring(0, 20)));
  }

  /** Of "wg show all dump": the private key first, and a preshared key. */
  private static Observation dump() {
    String dump =
        "wg0\t%1$s\t%2$s\t51820\toff\n"
            + "wg0\tTrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=\t%1$s\t203.0.113.7:51820\t"
            + "10.0.0.2/32\t0\t0\t148\t25\n";
    return new Observation(
        1795347129.5,
        "srv",
        "wg show all dump",
        0,
        dump.formatted(CANARY, PUBLIC_KEY),
        null,
        null,
        null);
  }

  /** Keys, headers and values of all topics, those of Kafka too, and all that the engine wrote. */
  private static List<String> everything() throws Exception {
    var found = new ArrayList<String>();
    found.add(Files.readString(EngineProcess.log(folder.resolve("engine"))));
    try (var admin = Admin.create(client);
        var consumer =
            new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      var partitions =
          names.stream()
              .flatMap(it -> consumer.partitionsFor(it).stream())
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = new HashMap<>(consumer.endOffsets(partitions));
      while (!ends.isEmpty()) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          found.add(text(record.key()) + text(record.value()));
          record.headers().forEach(it -> found.add(it.key() + text(it.value())));
        }
        ends.entrySet().removeIf(it -> consumer.position(it.getKey()) >= it.getValue());
      }
    }
    return found;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, ISO_8859_1);
  }

  private static void create(Tenant tenant) {
    try (var topics = new Topics(client)) {
      topics.create(tenant);
    }
  }

  private static void sendRaw(Tenant tenant, String key, byte[] value) {
    try (var producer =
        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(tenant.facts(), key, value));
    }
  }

  private static List<ConsumerRecord<String, String>> read(String topic, int count) {
    return Readings.until(broker.bootstrapServers(), topic, PATIENCE, r -> r.size() >= count);
  }
}
