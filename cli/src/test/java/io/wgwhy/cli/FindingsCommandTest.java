package io.wgwhy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FindingsCommandTest {
  private static final Tenant GLOBEX = new Tenant("globex");
  private static final Tenant ACME = new Tenant("acme");

  @Test
  void once_shows_what_is_open_and_ends_with_1(@TempDir Path folder) throws Exception {
    try (TestBroker broker = TestBroker.open().start()) {
      String server = broker.bootstrapServers();
      assertThat(once(server).exit()).as("before there is a tenant").isZero();
      Map<String, Object> client = Map.of("bootstrap.servers", server);
      RuleBook rules = RuleBook.builtIn();
      Engine.Size size = new Engine.Size("test", folder.resolve("engine"), 1, 10);
      try (Topics topics = new Topics(client);
          FactPublisher publisher = new FactPublisher(client)) {
        topics.create(ACME);
        Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
        for (var observation : Recorded.named("srv-fw-nft-policy-drop").observations()) {
          publisher.publish(ACME, "home", parsers.parse(observation).facts());
        }
        try (Engine engine =
            Engine.start(
                client,
                (tenant, network) -> new NetworkSession(tenant, network, rules),
                topics::createOutputs,
                size)) {
          Ran ran = once(server);
          for (int i = 0; i < 60 && ran.exit() == 0; i++) {
            Thread.sleep(500);
            ran = once(server);
          }
          assertThat(ran.exit()).isEqualTo(Exit.FINDINGS);
          assertThat(ran.out()).contains("opened", "acme/home", "firewall drops");
          assertThat(once(server, "--json").out()).startsWith("{\"id\":");
          Ran misspelt = once(server, "--tenant", "acmee");
          assertThat(misspelt.exit()).isEqualTo(Exit.UNUSABLE);
          assertThat(misspelt.err()).contains("no topic of findings of the tenant acmee");
          topics.create(GLOBEX);
          topics.createOutputs(GLOBEX);
          assertThat(once(server, "--tenant", "globex").exit()).isZero();
          filters(server);
          shapes(server);
          acknowledging(server, folder);
          ambiguity(client, server);
        }
      }
    }
  }

  private static void filters(String server) {
    for (String[] firing :
        new String[][] {
          {"--host", "srv"},
          {"--network", "home"},
          {"--cause", "udp-port-blocked-by-host-firewall"},
          {"--severity", "critical"},
          {"--state", "open"},
          {"--state", "all"}
        }) {
      assertThat(once(server, firing).exit()).as(String.join(" ", firing)).isEqualTo(1);
    }
    for (String[] silent :
        new String[][] {
          {"--host", "other"},
          {"--network", "office"},
          {"--cause", "wrong-port"},
          {"--state", "resolved"},
          {"--host", "srv", "--network", "office"}
        }) {
      assertThat(once(server, silent).exit()).as(String.join(" ", silent)).isZero();
      assertThat(once(server, silent).out()).isEmpty();
    }
    assertThat(once(server, "--severity", "bad").exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(once(server, "--csv", "--json").exit()).isEqualTo(Exit.UNUSABLE);
  }

  private static void shapes(String server) {
    List<String> csv = once(server, "--csv").out().lines().toList();
    assertThat(csv.get(0)).startsWith("id,tenant,network,state,severity,confidence,cause,tunnel");
    assertThat(csv.get(1)).contains(",acme,home,open,critical,confirmed,");
    String id = csv.get(1).substring(0, csv.get(1).indexOf(','));
    assertThat(once(server, "--table").out())
        .contains(id.substring(0, 8), "acme/home", "critical", "cli wg0 → srv wg0");
    assertThat(once(server, "--watch").out()).startsWith("\u001b[H\u001b[J").contains("acme/home");

    Ran history = once(server, "--history", id.substring(0, 10));
    assertThat(history.exit()).isEqualTo(Exit.FINDINGS);
    assertThat(history.out()).contains("the first that is known", "Repair", "ufw allow 51820/udp");
    Ran lines = once(server, "--history", id.substring(0, 10), "--json");
    assertThat(lines.exit()).isEqualTo(Exit.FINDINGS);
    assertThat(lines.out().lines())
        .isNotEmpty()
        .allMatch(it -> it.startsWith("{") && it.contains("\"publishedAt\":\""));
    assertThat(once(server, "--history", id, "--csv").err()).contains("--history ID stands alone");
    assertThat(once(server, "--history", "no-such").err()).contains("no finding has an id");
  }

  private static void acknowledging(String server, Path folder) throws Exception {
    String config =
        Files.writeString(
                folder.resolve("alert.yaml"),
                """
                silences: %1$s/silences.jsonl
                receivers: [{file: {path: %1$s/alerts.jsonl}}]
                """
                    .formatted(folder))
            .toString();
    String csv = once(server, "--csv", "--config", config).out().lines().toList().get(1);
    String id = csv.substring(0, csv.indexOf(','));
    assertThat(csv).as("not yet").endsWith(",");
    assertThat(once(server, "--acknowledge", id).err()).contains("say with --config");
    assertThat(once(server, "--because", "a whim").err()).contains("belongs to --acknowledge");
    assertThat(once(server, "--acknowledge", "no-such", "--config", config).err())
        .contains("no finding has an id");

    Ran ran =
        once(
            server,
            "--acknowledge",
            id.substring(0, 8),
            "--because",
            "Ada is on it",
            "--config",
            config);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("acknowledged until it is resolved", "firewall drops");
    String says = "acknowledged: Ada is on it";
    for (String shape : List.of("--table", "--csv", "--watch")) {
      assertThat(once(server, shape, "--config", config).out()).as(shape).contains(says);
    }
    assertThat(once(server, "--config", config).out()).contains("[" + says + "]");
    assertThat(once(server, "--history", id, "--config", config).out()).contains(says);
    assertThat(once(server, "--json", "--config", config).out())
        .contains(
            "\"quiet\":{\"id\":\"" + ran.out().strip(),
            "\"finding\":\"" + id + "\"",
            "\"because\":\"Ada is on it\"");
    assertThat(once(server, "--table").out()).as("another host").doesNotContain("acknowledged");

    Ran.wgwhy("alert", "silence", "--end", ran.out().strip(), "--config", config);
    assertThat(once(server, "--table", "--config", config).out()).doesNotContain("acknowledged");
  }

  /** Two tenants may have a finding of one id. */
  private static void ambiguity(Map<String, Object> client, String server) {
    String finding = once(server, "--json").out().lines().findFirst().orElseThrow();
    String id = finding.substring(finding.indexOf(':') + 2, finding.indexOf("\","));
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(GLOBEX.findings(), id.getBytes(UTF_8), finding.getBytes(UTF_8)));
    }
    Ran ran = once(server, "--history", id);
    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).contains("several findings", "acme/" + id, "globex/" + id);
    assertThat(once(server, "--history", id, "--tenant", "globex").exit()).isEqualTo(1);
  }

  @Test
  void ends_with_3_where_there_is_no_kafka() {
    Ran ran = Ran.wgwhy("findings", "--once", "--bootstrap-server", "localhost:1");
    assertThat(ran.exit()).isEqualTo(Exit.NO_KAFKA);
    assertThat(ran.err()).contains("cannot reach Kafka at localhost:1", "wgwhy engine --embedded");
  }

  private static Ran once(String server, String... more) {
    String[] args = new String[4 + more.length];
    args[0] = "findings";
    args[1] = "--once";
    args[2] = "--bootstrap-server";
    args[3] = server;
    System.arraycopy(more, 0, args, 4, more.length);
    return Ran.wgwhy(args);
  }
}
