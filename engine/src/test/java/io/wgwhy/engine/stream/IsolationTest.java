package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgwhy.connectors.kafka.Account;
import io.wgwhy.connectors.kafka.Credentials;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Quota;
import io.wgwhy.connectors.kafka.Tenants;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a tenant tries against another, with all that it has: both of its accounts. The outcomes are
 * the table of {@code docs/isolation.md}.
 */
@Tag("slow")
class IsolationTest {
  private static final Tenant ACME = new Tenant("acme");

  /** Whose name begins as the attacker's does. */
  private static final Tenant VICTIM = new Tenant("acme-2");

  private static final String ENGINE = "wgwhy-engine";
  private static final String MEMORY = ENGINE + "-facts-changelog";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] HOME = "home".getBytes(UTF_8);
  private static final Fact FACT = new HostClock("srv", 1_795_347_129_500L, 0);
  private static final Path PAGE = Path.of("..", "docs", "isolation.md");

  @RegisterExtension static final TestBroker broker = TestBroker.secured();
  @TempDir static Path folder;
  private static Engine engine;
  private static Topics topics;
  private static Map<String, Object> collector;
  private static Map<String, Object> reader;
  private static Map<String, Object> victim;

  private final Set<String> table = new LinkedHashSet<>();

  @BeforeAll
  static void start() throws Exception {
    topics = new Topics(broker.client());
    var size = new Engine.Size(ENGINE, folder.resolve("engine"), 1, 10);
    engine = Engine.start(broker.client(), Driver.builtIn(), topics::createOutputs, size);
    try (var tenants = new Tenants(broker.client())) {
      var ours = tenants.create(ACME, Quota.USUAL);
      collector = client(ours.get(Account.COLLECTOR));
      reader = client(ours.get(Account.READER));
      victim = client(tenants.create(VICTIM, Quota.USUAL).get(Account.COLLECTOR));
    }
    try (var publisher = new FactPublisher(victim)) {
      publisher.publish(VICTIM, "home", Recorded.named("srv-fw-nft-policy-drop").facts());
    }
    Readings.until(broker.client(), VICTIM.findings(), PATIENCE, read -> !read.isEmpty());
  }

  @AfterAll
  static void stop() {
    engine.close();
    topics.close();
  }

  @Test
  void what_one_tenant_tries_against_another_is_refused() throws Exception {
    for (var who : List.of(collector, reader)) {
      refused("publish facts as another tenant", () -> send(who, VICTIM.facts()));
      refused("publish findings as another tenant", () -> send(who, VICTIM.findings()));
      refused("publish dead letters as another tenant", () -> send(who, VICTIM.deadLetters()));
      refused("read another tenant's facts", () -> read(who, VICTIM.facts()));
      refused("read another tenant's findings", () -> read(who, VICTIM.findings()));
      refused("read another tenant's dead letters", () -> read(who, VICTIM.deadLetters()));
      refused("read the engine's memory", () -> read(who, MEMORY));
      refused("write into the engine's memory", () -> send(who, MEMORY));
      refused("use another tenant's consumer group", () -> subscribe(who, "wgwhy.acme-2.app"));
      refused("take part in the engine's group", () -> subscribe(who, ENGINE));
      refused("move the engine's offsets", () -> moveOffsets(who));
      refused("use another tenant's transactional id", () -> transact(who, "wgwhy.acme-2.tx"));
      refused("fence the engine by its transactional id", () -> transact(who, ENGINE + "-1"));
      for (AdminAttack attack : AdminAttack.ALL) {
        refused(attack.says(), () -> attack.on(who, VICTIM));
      }
    }
    refused("read facts with the collector's account", () -> read(collector, ACME.facts()));
    refused("publish facts with the reader's account", () -> send(reader, ACME.facts()));
    refused("forge findings of its own", () -> send(collector, ACME.findings()));
    refused("guess a password", () -> read(guessing("acme.reader"), ACME.facts()));
    refused("be the administrator by SCRAM", () -> read(guessing("admin"), ACME.facts()));
    System.err.println(String.join("\n", table));
    assertThat(told()).containsAll(table);
  }

  /** The control: what each account is for is not refused. */
  @Test
  void what_a_tenant_needs_it_may() throws Exception {
    send(collector, ACME.facts());
    read(reader, ACME.facts());
    read(reader, ACME.findings());
    read(reader, ACME.deadLetters());
    subscribe(reader, "wgwhy.acme.dashboard");
    try (var admin = Admin.create(reader)) {
      assertThat(admin.listTopics().names().get())
          .containsExactlyInAnyOrder(ACME.facts(), ACME.findings(), ACME.deadLetters());
    }
  }

  @Test
  void a_record_belongs_to_its_topic_whatever_it_says() throws Exception {
    String forged =
        new String(Json.bytes(FACT), UTF_8).replace("{", "{\"tenant\":\"acme-2\",\"kind\":\"x\",");
    long before = count(VICTIM.deadLetters());
    try (var producer = producer(collector)) {
      producer.send(new ProducerRecord<>(ACME.facts(), HOME, forged.getBytes(UTF_8))).get();
      producer.send(new ProducerRecord<>(ACME.facts(), HOME, new byte[900_000])).get();
    }
    assertThat(
            Readings.until(broker.client(), ACME.deadLetters(), PATIENCE, read -> read.size() >= 2))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(count(VICTIM.deadLetters())).as("of the other").isEqualTo(before);
  }

  /** 3 MB at 1 MiB/s: the broker makes it wait, and refuses nothing. */
  @Test
  void who_floods_is_slowed_down() throws Exception {
    long started = System.nanoTime();
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    try (var producer = producer(collector)) {
      for (int i = 0; i < 300; i++) {
        producer.send(new ProducerRecord<>(ACME.facts(), HOME, noise));
      }
      producer.flush();
      producer.send(new ProducerRecord<>(ACME.facts(), HOME, noise)).get();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(5));
    try (var other = new FactPublisher(victim)) {
      started = System.nanoTime();
      other.publish(VICTIM, "home", List.of(FACT));
      other.flush();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void a_new_password_ends_the_old_one_and_a_deleted_tenant_is_gone() throws Exception {
    var globex = new Tenant("globex");
    try (var tenants = new Tenants(broker.client())) {
      var first = client(tenants.create(globex, Quota.USUAL).get(Account.COLLECTOR));
      send(first, globex.facts());
      var second = client(tenants.rotate(globex, Set.of(Account.COLLECTOR)).get(Account.COLLECTOR));
      assertThatThrownBy(() -> send(first, globex.facts())).isInstanceOf(Exception.class);
      send(second, globex.facts());
      assertThat(tenants.show(globex).accounts()).containsExactlyInAnyOrder(Account.values());
      assertThat(tenants.show(globex).rights()).isEqualTo(Tenants.allRights(globex));
      assertThat(tenants.show(globex).quotas()).hasSize(2);
      assertThat(tenants.list()).contains(ACME, VICTIM, globex);

      assertThat(tenants.delete(globex)).contains(globex.facts());
      assertThatThrownBy(() -> send(second, globex.facts())).isInstanceOf(Exception.class);
      var gone = tenants.show(globex);
      assertThat(gone.accounts()).isEmpty();
      assertThat(gone.rights()).isZero();
      assertThat(gone.quotas()).isEmpty();
      assertThat(tenants.delete(globex)).isEmpty();
    }
  }

  @Test
  void the_administrators_password_is_for_its_owner_only() throws Exception {
    Path file = broker.properties();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private void refused(String attack, Callable<?> tried) {
    Throwable thrown = catchThrowable(tried::call);
    Throwable why =
        thrown instanceof ExecutionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    assertThat(why)
        .as(attack)
        .isInstanceOfAny(AuthorizationException.class, AuthenticationException.class);
    table.add(
        "| "
            + attack
            + " | "
            + (why instanceof AuthorizationException ? "refused" : "no login")
            + " |");
  }

  /** What the documentation tells. */
  private static List<String> told() throws IOException {
    return Files.readAllLines(PAGE);
  }

  private static Object send(Map<String, Object> client, String topic) throws Exception {
    try (var producer = producer(client)) {
      return producer.send(new ProducerRecord<>(topic, HOME, Json.bytes(FACT))).get();
    }
  }

  private static Object read(Map<String, Object> client, String topic) {
    try (var consumer = consumer(client, Map.of())) {
      var first = new TopicPartition(topic, 0);
      consumer.assign(List.of(first));
      consumer.seekToBeginning(List.of(first));
      return consumer.poll(Duration.ofSeconds(3));
    }
  }

  private static Object subscribe(Map<String, Object> client, String group) {
    try (var consumer = consumer(client, Map.of("group.id", group))) {
      consumer.subscribe(List.of(ACME.facts()));
      return consumer.poll(Duration.ofSeconds(3));
    }
  }

  private static Object moveOffsets(Map<String, Object> client) throws Exception {
    try (var admin = Admin.create(client)) {
      var back = Map.of(new TopicPartition(VICTIM.facts(), 0), new OffsetAndMetadata(0));
      return admin.alterConsumerGroupOffsets(ENGINE, back).all().get();
    }
  }

  private static Object transact(Map<String, Object> client, String id) {
    var settings = new HashMap<>(client);
    settings.put("transactional.id", id);
    try (var producer = producer(settings)) {
      producer.initTransactions();
      return id;
    }
  }

  /**
   * Only for the broker that asks for a login: to a listener without one this would be a client.
   */
  private static Map<String, Object> guessing(String user) {
    var settings = new HashMap<>(reader);
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, user));
    return settings;
  }

  private static Map<String, Object> client(Credentials credentials) {
    var settings = new HashMap<String, Object>(credentials.settings(/* encrypted= */ false));
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return settings;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      Map<String, Object> client, Map<String, Object> more) {
    var settings = new HashMap<>(client);
    settings.putAll(more);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static long count(String topic) throws Exception {
    try (var admin = Admin.create(broker.client())) {
      var end = Map.of(new TopicPartition(topic, 0), OffsetSpec.latest());
      return admin.listOffsets(end).partitionResult(new TopicPartition(topic, 0)).get().offset();
    }
  }
}
