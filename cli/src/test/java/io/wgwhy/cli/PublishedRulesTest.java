package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgwhy.cli.publish.PublishedRules;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.PackFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** An engine, and packs that are published while it runs. */
class PublishedRulesTest extends PublishingCase {
  /** More by hand, with {@code -Dchanges=50}. */
  private static final int CHANGES = Integer.getInteger("changes", 5);

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
      try (var restarted = PublishedRules.follow(client, new Figures(new SimpleMeterRegistry()))) {
        assertThat(restarted.rules(tenant.name())).as("after a restart, too").isEqualTo(good);
        assertThat(restarted.notices())
            .anyMatch(it -> it.title().contains("is refused; version 1 goes on"));
      }
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
      String group = "e" + tenant;
      // What is taken in may still wait for the end of its moment, remembered as such.
      for (int i = 0; i < 300 && (taken(group) < sent || engine.processed(tenant) < sent); i++) {
        Thread.sleep(100);
      }
      System.out.printf(
          "%d changes of rules, %d facts: longest pause %.0f ms, sessions changed %.0f times%n",
          CHANGES, sent, engine.longestPause(), engine.taken());
      assertThat(taken(group)).isEqualTo(sent);
      assertThat(engine.processed(tenant)).isGreaterThanOrEqualTo(sent);
      assertThat(engine.taken()).isPositive();
    }
    for (Finding finding : all(tenant)) {
      if (finding.cause().equals(CAUSE)) {
        assertThat(finding.rule().version()).isEqualTo(titles.get(finding.title()));
      }
    }
  }

  /** What the engine's transactions took in: each fact once, also when a batch was tried twice. */
  private long taken(String group) throws Exception {
    try (Admin admin = Admin.create(client)) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(it -> it.getKey().topic().equals(tenant.facts()))
          .mapToLong(it -> it.getValue().offset())
          .sum();
    }
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

  private static String version(Map<String, String> texts) {
    try (var unpacked = io.wgwhy.rules.UnpackedPack.of("acme", texts)) {
      return PackFiles.version(unpacked.folder());
    }
  }

  private static Map<String, Finding> open(Tenant tenant) {
    Map<String, Finding> open = new TreeMap<>();
    all(tenant).forEach(it -> open.put(it.id(), it));
    open.values().removeIf(it -> it.resolvedAt() != null);
    return open;
  }
}
