package io.wgwhy.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.cli.demo.Demo;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** From the topic to the real Alertmanager, through a real broker. */
class AlertmanagerTellersTest extends TellersCase {
  /** For how long Alertmanager is away; {@code -Daway=60} for a minute. */
  private static final Duration AWAY = Duration.ofSeconds(Long.getLong("away", 3));

  @Test
  void a_finding_that_opens_is_an_active_alert_and_one_that_resolves_is_told_to_be_over()
      throws Exception {
    try (RealAlertmanager real = RealAlertmanager.in(folder.resolve("am"));
        Published topic = new Published(client)) {
      real.start();
      try (Tellers tellers = tellers("alertmanager: {url: '%s'}".formatted(real.url()))) {
        Finding finding = topic.open(name + "-f");
        await(() -> actives(real).contains(finding.id()));
        JsonNode alert = alert(real, finding.id());
        assertThat(alert.at("/labels/tenant").asText()).isEqualTo("acme");
        assertThat(alert.at("/labels/host").asText()).isEqualTo("test-server");
        assertThat(alert.at("/annotations/remedy").asText()).contains("On test-server", "  true");
        assertThat(alert.at("/generatorURL").asText())
            .isEqualTo("https://wgwhy.example.org/acme/" + finding.id());

        topic.resolve(finding);
        await(() -> !actives(real).contains(finding.id()));
        await(() -> toldOf(real, finding).size() == 2);
        assertThat(toldOf(real, finding))
            .containsExactly("firing " + finding.id(), "resolved " + finding.id());
        assertThat(tellers.isBroken()).isFalse();
      }
    }
  }

  @Test
  void while_alertmanager_is_down_nothing_is_lost_and_then_nothing_is_doubled() throws Exception {
    try (RealAlertmanager real = RealAlertmanager.in(folder.resolve("am"));
        Published topic = new Published(client)) {
      String settings = "alertmanager: {url: '%s', repeat: 1s}".formatted(real.url());
      try (Tellers tellers = tellers(settings)) {
        Finding lasting = topic.open(name + "-lasting");
        Finding over = topic.open(name + "-over");
        Thread.sleep(3_000);
        topic.resolve(over);
        real.start();
        await(() -> actives(real).contains(lasting.id()));
        await(() -> toldOf(real, lasting).size() == 1);

        // It has told the person, and has yet to note that it has.
        Thread.sleep(1_000);
        real.stop();
        topic.resolve(lasting);
        Finding late = topic.open(name + "-late");
        Thread.sleep(AWAY.toMillis());
        real.start();
        await(() -> actives(real).contains(late.id()));
        await(() -> toldOf(real, late).size() == 1);
        await(() -> toldOf(real, lasting).size() == 2);
        Thread.sleep(4_000);
        assertThat(toldOf(real, lasting))
            .containsExactly("firing " + lasting.id(), "resolved " + lasting.id());
        assertThat(toldOf(real, late)).containsExactly("firing " + late.id());
        assertThat(actives(real)).contains(late.id()).doesNotContain(over.id(), lasting.id());
        topic.resolve(late);
        await(() -> toldOf(real, late).size() == 2);
        assertThat(tellers.isBroken()).isFalse();
      }
    }
  }

  @Test
  void an_alertmanager_that_forgets_is_reminded() throws Exception {
    try (RealAlertmanager real = RealAlertmanager.in(folder.resolve("am"));
        Published topic = new Published(client)) {
      real.start();
      String settings = "alertmanager: {url: '%s', repeat: 1s}".formatted(real.url());
      try (Tellers tellers = tellers(settings)) {
        Finding finding = topic.open(name + "-f");
        await(() -> actives(real).contains(finding.id()));
        real.kill();
        real.start();
        await(() -> actives(real).contains(finding.id()));
        // It holds for four repetitions, and is repeated.
        Thread.sleep(6_000);
        assertThat(actives(real)).contains(finding.id());
        topic.resolve(finding);
        await(() -> !actives(real).contains(finding.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
    }
  }

  @Test
  void the_findings_of_a_real_engine_arrive_and_are_all_over_when_all_is_repaired()
      throws Exception {
    try (RealAlertmanager real = RealAlertmanager.in(folder.resolve("am"));
        TestBroker own = TestBroker.open().start();
        Topics topics = new Topics(Map.of("bootstrap.servers", own.bootstrapServers()))) {
      real.start();
      Map<String, Object> there = Map.of("bootstrap.servers", own.bootstrapServers());
      Map<String, Finding> last = Collections.synchronizedMap(new TreeMap<>());
      Demo demo = new Demo(there, it -> last.put(it.finding().id(), it.finding()), says -> {});
      demo.createTenants();
      RuleBook rules = RuleBook.builtIn();
      String settings = "alertmanager: {url: '%s'}".formatted(real.url());
      try (Engine engine =
              Engine.start(
                  there,
                  (tenant, network) -> new NetworkSession(tenant, network, rules),
                  topics::createOutputs,
                  new Engine.Size("test", folder.resolve("engine"), 2, 50));
          Tellers tellers = Tellers.start(there, read(settings))) {
        while (!engine.isRunning()) {
          Thread.sleep(50);
        }
        demo.play();
        assertThat(last).hasSizeGreaterThanOrEqualTo(6);
        for (Finding finding : last.values()) {
          assertThat(finding.state()).as(finding.title()).isEqualTo(Finding.State.RESOLVED);
          await(() -> toldOf(real, finding).contains("resolved " + finding.id()));
        }
        assertThat(actives(real)).isEmpty();
        assertThat(tellers.isBroken()).isFalse();
      }
    }
  }

  private static List<String> actives(RealAlertmanager real) throws Exception {
    return real.active().stream().map(it -> it.at("/labels/finding").asText()).toList();
  }

  private static JsonNode alert(RealAlertmanager real, String finding) throws Exception {
    return real.active().stream()
        .filter(it -> it.at("/labels/finding").asText().equals(finding))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> toldOf(RealAlertmanager real, Finding finding) {
    return real.told.stream().filter(it -> it.endsWith(" " + finding.id())).toList();
  }
}
