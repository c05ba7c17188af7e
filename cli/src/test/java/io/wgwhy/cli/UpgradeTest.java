package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an older engine left in Kafka, this one goes on with. Its state is a backup that it made in
 * the midst of an incident, one for each release, in {@code src/test/resources/upgrade}; and a
 * backup is what a new cluster is made of.
 */
@Tag("slow")
@Timeout(180)
class UpgradeTest {
  private static final Path STATES = Path.of("src", "test", "resources", "upgrade");
  private static final Tenant ACME = new Tenant("acme");
  private static final String INCIDENT = "nat-timeout-same-port";

  /** The observations before this one stand in the backup: something is open then. */
  private static final int MIDST = 115;

  @TempDir Path folder;

  @Test
  void a_finding_that_an_older_engine_opened_is_resolved_by_this_one() throws Exception {
    for (Path state : states()) {
      try (TestBroker broker = TestBroker.open().start()) {
        Ran restored = wgwhy(broker, "restore", state.toString());
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(wgwhy(broker, "restore", state.toString()).err())
            .as("twice")
            .contains("there are records already", "wgwhy.acme.findings");

        Map<String, Finding> before = until(broker, it -> !it.isEmpty());
        assertThat(before.values())
            .as("open in " + state)
            .anyMatch(it -> it.state() == Finding.State.OPEN);
        try (Topics topics = new Topics(broker.client());
            Engine engine = engine(broker, topics)) {
          topics.create(ACME);
          publish(broker, observations().subList(MIDST, observations().size()));
          Map<String, Finding> after =
              until(
                  broker,
                  all ->
                      all.values().stream().allMatch(it -> it.state() == Finding.State.RESOLVED));
          assertThat(after.values())
              .as("all is over, of " + state)
              .allMatch(it -> it.state() == Finding.State.RESOLVED);
          assertThat(after.keySet()).containsAll(before.keySet());
          before.forEach((id, it) -> assertThat(after.get(id).openedAt()).isEqualTo(it.openedAt()));
        }
      }
    }
  }

  @Test
  void a_backup_that_is_not_whole_is_refused_before_anything_is_written() throws Exception {
    Path state = states().get(0);
    assertThat(Ran.wgwhy("restore", "--check", state.toString()).err()).contains("it is whole");
    byte[] bytes = Files.readAllBytes(state);
    Path half = folder.resolve("half");
    Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Ran ran = Ran.wgwhy("restore", "--check", half.toString());
    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).contains("not whole");
    Path other = Files.writeString(folder.resolve("other"), "[]");
    assertThat(Ran.wgwhy("restore", "--check", other.toString()).err()).contains("no backup");
    Ran none = Ran.wgwhy("restore", "--check", folder.resolve("none").toString());
    assertThat(none.exit()).isEqualTo(Exit.UNUSABLE);
  }

  /** Makes the state of a release: {@code -Dupgrade=0.1.0 -Dit.test=UpgradeTest}. */
  @Test
  @EnabledIfSystemProperty(named = "upgrade", matches = ".+")
  void write() throws Exception {
    try (TestBroker broker = TestBroker.open().start();
        Topics topics = new Topics(broker.client())) {
      topics.create(ACME);
      try (Engine engine = engine(broker, topics)) {
        publish(broker, observations().subList(0, MIDST));
        until(broker, it -> !it.isEmpty());
        Thread.sleep(3_000); // all of it
      }
      Path state = STATES.resolve(System.getProperty("upgrade") + ".backup");
      Files.createDirectories(STATES);
      Ran ran = wgwhy(broker, "backup", "--name", "test", state.toString());
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.err()).contains("records of");
    }
  }

  private static List<Path> states() throws Exception {
    try (var files = Files.list(STATES)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).isNotEmpty();
      return all;
    }
  }

  private static List<Observation> observations() {
    return Recorded.named(INCIDENT).observations();
  }

  private static void publish(TestBroker broker, List<Observation> observations) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    try (FactPublisher publisher = new FactPublisher(broker.client())) {
      observations.forEach(it -> publisher.publish(ACME, "home", parsers.parse(it).facts()));
    }
  }

  private Engine engine(TestBroker broker, Topics topics) {
    RuleBook rules = RuleBook.builtIn();
    return Engine.start(
        broker.client(),
        (tenant, network) -> new NetworkSession(tenant, network, rules),
        topics::createOutputs,
        new Engine.Size("test", folder.resolve("engine"), 1, 10));
  }

  /** The last that was said of each finding. */
  private static Map<String, Finding> until(
      TestBroker broker, Predicate<Map<String, Finding>> enough) {
    Map<String, Finding> last = new TreeMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try (FindingReader reader = new FindingReader(broker.client(), Set.of(ACME))) {
      do {
        reader
            .poll(Duration.ofMillis(200))
            .forEach(it -> last.put(it.finding().id(), it.finding()));
      } while (!(reader.isCaughtUp() && enough.test(last)) && System.nanoTime() < end);
    }
    return last;
  }

  private static Ran wgwhy(TestBroker broker, String... args) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--bootstrap-server";
    all[args.length + 1] = broker.bootstrapServers();
    return Ran.wgwhy(all);
  }
}
