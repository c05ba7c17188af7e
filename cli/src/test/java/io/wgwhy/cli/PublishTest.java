package io.wgwhy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgwhy.cli.publish.PublishedRules;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.PackFiles;
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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wgwhy rules publish | rollback | history | shadow | backtest --since}, and an engine. */
@Tag("slow")
class PublishTest {
  /** More by hand, with {@code -Dchanges=50}. */
  private static final int CHANGES = Integer.getInteger("changes", 5);

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CAUSE = "acme-old-gateway";
  private static int tenants;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Map<String, Object> client;

  @TempDir Path temp;
  private Path pack;
  private Tenant tenant;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    client = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** A tenant and a pack of its own for each test: the broker is one. */
  @BeforeEach
  void make() throws IOException {
    tenant = new Tenant("t" + ++tenants);
    pack = temp.resolve("acme");
    assertThat(Ran.wgwhy("rules", "new", "--pack", pack.toString(), CAUSE).exit()).isZero();
    try (Topics topics = new Topics(client)) {
      topics.create(tenant);
    }
  }

  @Test
  void versions_are_published_listed_and_taken_back() throws IOException {
    Ran dry = publish("-m", "first", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("would be published");
    assertThat(rules("history", "acme").exit()).isEqualTo(Exit.UNUSABLE);

    assertThat(publish("-m", "first").out()).contains(tenant + "/acme version 1 (");
    assertThat(publish("-m", "the same").out()).contains("version 1 says the same already");
    edit("title: \"", "title: \"In short, ");
    Ran second = publish("-m", "in short", "--by", "ann");
    assertThat(second.err()).contains("changed  50-own/acme-old-gateway/acme-old-gateway.md");
    Ran rolled = rules("rollback", "acme", "-m", "too short");
    assertThat(rolled.out()).contains("version 3 (");

    JsonNode history = JSON.readTree(rules("history", "acme", "--json").out()).get("versions");
    assertThat(history).hasSize(3);
    assertThat(history.get(0).get("rollbackOf").asInt()).isEqualTo(1);
    assertThat(history.get(0).get("applies").asBoolean()).isTrue();
    assertThat(history.get(0).get("version")).isEqualTo(history.get(2).get("version"));
    assertThat(history.get(1).get("publishedBy").asText()).isEqualTo("ann");
    assertThat(history.get(1).get("message").asText()).isEqualTo("in short");
    assertThat(rules("history", "acme").out()).contains("too short (again version 1)");

    Path got = temp.resolve("got/acme");
    assertThat(rules("history", "acme", "--get", "2", "--into", got.toString()).exit()).isZero();
    assertThat(PackFiles.version(got)).isEqualTo(history.get(1).get("version").asText());

    assertThat(rules("rollback", "acme", "--to", "9", "-m", "x").err()).contains("no version 9");
    assertThat(rules("rollback", "acme", "--to", "none", "-m", "gone").out()).contains("withdrawn");
    assertThat(rules("rollback", "acme", "--to", "none", "-m", "x").err()).contains("already");
    assertThat(rules("history").out()).contains("✗ " + tenant + "/acme");
    assertThat(Ran.wgwhy("rules", "history", "nobody", "--bootstrap-server", server()).exit())
        .isEqualTo(Exit.UNUSABLE);
  }

  @Test
  void what_is_not_right_is_refused_and_nothing_is_published() throws IOException {
    Path fires = pack.resolve("50-own/acme-old-gateway/fires-example.yaml");
    String good = Files.readString(fires);
    Files.writeString(fires, good.replace("192.0.2.10", "192.0.2.99"));
    Ran failing = publish("-m", "x");
    assertThat(failing.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(failing.err()).contains("expected first", "not all of its cases pass");
    Files.writeString(fires, good);

    Path overlay = pack.resolve("overlay.yaml");
    Files.writeString(overlay, "mtu-to-large: {disable: true, reason: x}\n");
    assertThat(publish("-m", "x").err()).contains("overlay.yaml:1: there is no cause mtu-to-large");
    Files.delete(overlay);

    Path drl = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.drl");
    Files.writeString(drl, Files.readString(drl).replace("address ==", "adress =="));
    assertThat(publish("-m", "x").err())
        .contains("acme-old-gateway.drl:14:", "Did you mean address?", "nothing is published");
    for (Ran tried :
        List.of(
            rules("shadow", pack.toString(), "--for=1s"),
            rules("backtest", pack.toString(), "--since=1d"))) {
      assertThat(tried.err())
          .as("who only tries it out has nothing to publish")
          .contains("acme-old-gateway.drl:14:", "the pack is refused: ")
          .doesNotContain("nothing is published");
    }
    assertThat(publish("-m", " ").err()).contains("--message says why");
    assertThat(rules("history", "acme").exit()).isEqualTo(Exit.UNUSABLE);
  }

  /** By its own rules, whoever else has others; restarted, too. */
  @Test
  void an_engine_takes_what_is_published_for_its_tenant_alone() throws Exception {
    Tenant other = new Tenant(tenant + "-other");
    try (Topics topics = new Topics(client)) {
      topics.create(other);
    }
    List<Fact> facts = facts();
    Files.writeString(
        pack.resolve("overlay.yaml"),
        "udp-port-blocked-by-host-firewall: {severity: warning, reason: the lab}\n");
    try (Running engine = new Running(folder.resolve(tenant.name()), "e" + tenant)) {
      send(tenant, facts);
      send(other, facts);
      awaitFinding(tenant, it -> it.cause().equals("udp-port-blocked-by-host-firewall"));
      hit();
      assertThat(publish("-m", "ours").exit()).isZero();
      awaitFinding(tenant, it -> it.cause().equals(CAUSE));
      awaitFinding(tenant, it -> it.severity().name().equals("WARNING"));
      assertThat(engine.rules.rules(other.name())).isNotEqualTo(engine.rules.rules(tenant.name()));
    }
    assertThat(open(other).values())
        .isNotEmpty()
        .noneMatch(it -> it.cause().equals(CAUSE) || it.severity().name().equals("WARNING"));
    try (Running again = new Running(folder.resolve(tenant.name()), "e" + tenant)) {
      assertThat(again.rules.book(tenant.name()).cause(CAUSE)).isNotNull();
      String version =
          open(tenant).values().stream()
              .filter(it -> it.cause().equals(CAUSE))
              .findFirst()
              .orElseThrow()
              .rule()
              .version();
      assertThat(version).isEqualTo(PackFiles.version(pack));
      assertThat(rules("rollback", "acme", "--to", "none", "-m", "enough").exit()).isZero();
      // Its session is not in memory: it is judged by other rules once its hosts say something.
      send(tenant, facts.subList(facts.size() - 1, facts.size()));
      awaitFinding(tenant, it -> it.cause().equals(CAUSE) && it.resolvedAt() != null);
    }
  }

  /** Nobody is to blame but its author; what was good goes on. */
  @Test
  void a_version_that_does_not_load_is_refused_and_the_one_before_goes_on() throws Exception {
    hit();
    assertThat(publish("-m", "good").exit()).isZero();
    try (Running engine = new Running(folder.resolve(tenant.name()), "e" + tenant)) {
      // A transaction is over for its writer a moment before it is for readers.
      for (int i = 0; i < 100 && engine.rules.book(tenant.name()).cause(CAUSE) == null; i++) {
        Thread.sleep(100);
      }
      String good = engine.rules.rules(tenant.name());
      Map<String, String> texts = new TreeMap<>(PackFiles.texts(pack));
      texts.replaceAll((name, text) -> name.endsWith(".drl") ? text + "\nrule nonsense" : text);
      new RuleShelf(client)
          .publish(
              now ->
                  new PublishedPack(
                      "acme", tenant.name(), 2, "x", "mallory", Instant.now(), "!", null, texts));
      for (int i = 0; i < 100 && engine.failed("refused") == 0; i++) {
        Thread.sleep(200);
      }
      assertThat(engine.failed("refused")).isEqualTo(1);
      assertThat(engine.rules.rules(tenant.name())).isEqualTo(good);
      send(tenant, facts()); // An engine has no partitions before there are facts.
      awaitFinding(tenant, it -> it.cause().equals("rule-pack-refused"));
      assertThat(engine.rules.book(tenant.name()).cause(CAUSE)).isNotNull();
      assertThat(rules("rollback", "acme", "-m", "it is broken").exit()).isZero();
      awaitFinding(tenant, it -> it.cause().equals("rule-pack-refused") && it.resolvedAt() != null);
    }
  }

  @Test
  void rules_change_again_and_again_under_load_and_no_fact_is_lost() throws Exception {
    hit();
    List<Fact> facts = facts();
    long sent = 0;
    Map<String, String> titles = new HashMap<>();
    try (Running engine = new Running(folder.resolve(tenant.name()), "e" + tenant)) {
      for (int change = 1; change <= CHANGES; change++) {
        Map<String, String> texts = new TreeMap<>(PackFiles.texts(pack));
        String title = "Version " + change + " says it.";
        texts.replaceAll(
            (name, text) ->
                name.endsWith(".md") ? text.replaceFirst("title: .*", "title: " + title) : text);
        String version = version(texts);
        titles.put(title, version);
        int number = change;
        new RuleShelf(client)
            .publish(
                now ->
                    new PublishedPack(
                        "acme",
                        tenant.name(),
                        number,
                        version,
                        "",
                        Instant.now(),
                        "",
                        null,
                        texts));
        for (int network = 0; network < 20; network++) {
          sent += send(tenant, "n" + network, facts);
        }
      }
      String last = "Version " + CHANGES + " says it.";
      awaitFinding(tenant, it -> it.title().equals(last) && it.network().equals("n19"));
      for (int i = 0; i < 300 && engine.processed(tenant) < sent; i++) {
        Thread.sleep(100);
      }
      assertThat(engine.processed(tenant)).isEqualTo(sent);
      System.out.printf(
          "%d changes of rules, %d facts: longest pause %.0f ms, sessions changed %.0f times%n",
          CHANGES, sent, engine.longestPause(), engine.taken());
      assertThat(engine.taken()).isPositive();
    }
    for (Finding finding : all(tenant)) {
      if (finding.cause().equals(CAUSE)) {
        assertThat(finding.rule().version()).isEqualTo(titles.get(finding.title()));
      }
    }
  }

  @Test
  void the_past_and_the_present_are_judged_without_alerting() throws Exception {
    send(tenant, facts());
    hit();

    Ran past = rules("backtest", pack.toString(), "--since", "1h");
    assertThat(past.exit()).as(past.err()).isEqualTo(Exit.FINDINGS);
    assertThat(past.out())
        .contains(tenant + "/home", "new     " + CAUSE, "acme: 1 played, 1 new, 0 gone")
        .contains("times real time");
    assertThat(rules("backtest", pack.toString(), "--since", "yesterday").err())
        .contains("is no length of time");
    assertThat(Ran.wgwhy("rules", "backtest", pack.toString()).err()).contains("say --recordings");

    Ran now = rules("shadow", pack.toString(), "--for", "3s");
    assertThat(now.exit()).as(now.err()).isEqualTo(Exit.FINDINGS);
    assertThat(now.out()).contains("would open", CAUSE, tenant + ": would open 1");
    assertThat(now.err()).contains("looking on");
    assertThat(all(tenant)).as("nothing is published").isEmpty();
  }

  /** An engine with published rules. */
  private static final class Running implements AutoCloseable {
    private final SimpleMeterRegistry figures = new SimpleMeterRegistry();
    private final PublishedRules rules;
    private final Topics topics = new Topics(client);
    private final Engine engine;

    Running(Path folder, String name) {
      Figures counted = new Figures(figures);
      rules = PublishedRules.follow(client, counted);
      engine =
          Engine.start(
              client, rules, topics::createOutputs, new Engine.Size(name, folder, 2, 50), counted);
    }

    double failed(String why) {
      var found = figures.find("wgwhy.rules.failed").tag("why", why).counter();
      return found == null ? 0 : found.count();
    }

    double processed(Tenant tenant) {
      var found = figures.find("wgwhy.facts.processed").tag("tenant", tenant.name()).counter();
      return found == null ? 0 : found.count();
    }

    double longestPause() {
      return figures.get("wgwhy.rules.pause").timer().max(TimeUnit.MILLISECONDS);
    }

    double taken() {
      return figures.get("wgwhy.rules.taken").counter().count();
    }

    @Override
    public void close() {
      engine.close();
      rules.close();
      topics.close();
    }
  }

  /** From now on the pack's cause is what the recording shows. */
  private void hit() throws IOException {
    Path drl = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.drl");
    String text = Files.readString(drl);
    Files.writeString(drl, text.replace("192.0.2.10", "203.0.113.10"));
    for (String name : List.of("fires-example.yaml", "silent-example.yaml")) {
      Path file = drl.resolveSibling(name);
      Files.writeString(file, Files.readString(file).replace("192.0.2.10", "203.0.113.10"));
    }
  }

  private void edit(String from, String to) throws IOException {
    Path page = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.md");
    Files.writeString(page, Files.readString(page).replaceFirst(from, to));
  }

  private static String version(Map<String, String> texts) {
    try (var unpacked = io.wgwhy.rules.UnpackedPack.of("acme", texts)) {
      return PackFiles.version(unpacked.folder());
    }
  }

  private static List<Fact> facts() {
    return Recorded.named("srv-fw-nft-policy-drop").observations().stream()
        .flatMap(it -> Delivered.facts(Delivered.parsers(), it).stream())
        .toList();
  }

  private static long send(Tenant tenant, List<Fact> facts) {
    return send(tenant, "home", facts);
  }

  private static long send(Tenant tenant, String network, List<Fact> facts) {
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

  private static void awaitFinding(Tenant tenant, java.util.function.Predicate<Finding> wanted)
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

  private static List<Finding> all(Tenant tenant) {
    List<Finding> all = new ArrayList<>();
    try (FindingReader reader = new FindingReader(client, Set.of(tenant))) {
      do {
        reader.poll(Duration.ofMillis(200)).forEach(it -> all.add(it.finding()));
      } while (!reader.isCaughtUp());
    }
    return all;
  }

  private static Map<String, Finding> open(Tenant tenant) {
    Map<String, Finding> open = new TreeMap<>();
    all(tenant).forEach(it -> open.put(it.id(), it));
    open.values().removeIf(it -> it.resolvedAt() != null);
    return open;
  }

  private Ran publish(String... more) {
    List<String> all = new ArrayList<>(List.of("publish", pack.toString()));
    all.addAll(List.of(more));
    return rules(all.toArray(String[]::new));
  }

  private Ran rules(String... more) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(more));
    all.addAll(List.of("--tenant", tenant.name(), "--bootstrap-server", server()));
    return Ran.wgwhy(all.toArray(String[]::new));
  }

  private static String server() {
    return broker.bootstrapServers();
  }
}
