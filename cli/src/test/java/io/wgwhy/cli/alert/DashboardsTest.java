package io.wgwhy.cli.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.cli.Recorded;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.engine.watch.Health;
import io.wgwhy.engine.watch.WatchServer;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Grafana dashboards ask for is there: each of their queries is put to the real Prometheus
 * that watches an engine at work and the real Alertmanager.
 */
@Tag("slow")
@Timeout(180)
class DashboardsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DASHBOARDS =
      Path.of("..", "deploy", "compose", "grafana", "dashboards");
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), *(\\w+)\\)");

  @RegisterExtension static final TestBroker BROKER = TestBroker.open();
  @TempDir Path folder;

  @Test
  void every_query_of_every_dashboard_has_data() throws Exception {
    Map<String, Object> client = BROKER.client();
    Tenant acme = new Tenant("acme");
    RuleBook rules = RuleBook.builtIn();
    try (Topics topics = new Topics(client);
        RealAlertmanager alertmanager = RealAlertmanager.in(folder.resolve("am"));
        WatchServer watch = WatchServer.start(anyPort(), new AtWork());
        Engine engine =
            Engine.start(
                client,
                (tenant, network) -> new NetworkSession(tenant, network, rules),
                topics::createOutputs,
                new Engine.Size("test", folder.resolve("engine"), 1, 10),
                watch.figures());
        RealPrometheus prometheus =
            RealPrometheus.start(
                folder.resolve("prometheus"),
                Map.of(
                    "engine", "127.0.0.1:" + watch.port(),
                    "alertmanager", "127.0.0.1:" + alertmanager.port))) {
      watch.beforeEach(() -> watch.figures().lag(engine.lag()));
      alertmanager.start();
      topics.create(acme);
      // Rates need a look before and one after.
      while (prometheus.query("up{job=\"engine\"} == 1").isEmpty()) {
        Thread.sleep(200);
      }
      try (FactPublisher publisher = new FactPublisher(client)) {
        Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
        for (var observation : Recorded.named("srv-fw-nft-policy-drop").observations()) {
          publisher.publish(acme, "home", parsers.parse(observation).facts());
        }
      }
      refuse(client, acme);
      try (Tellers tellers = Tellers.start(client, settings(alertmanager))) {
        Set<String> queries = queries();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(14);
        for (String query : queries) {
          awaitData(prometheus, query);
        }
        assertThat(tellers.isBroken()).isFalse();
      }
      Matcher variable = LABEL_VALUES.matcher(everything());
      while (variable.find()) {
        assertThat(prometheus.labelValues(variable.group(1), variable.group(2)).toString())
            .contains("\"acme\"");
      }
    }
  }

  /** A query, and behind a bar the labels that its legend needs. */
  private static Set<String> queries() throws IOException {
    Set<String> queries = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode panel : JSON.readTree(file.toFile()).get("panels")) {
          for (JsonNode target : panel.path("targets")) {
            Matcher label = LABEL.matcher(target.path("legendFormat").asText());
            String expression = target.get("expr").asText().replace("$tenant", ".*");
            queries.add(expression + (label.find() ? "|" + label.group(1) : ""));
          }
        }
      }
    }
    return queries;
  }

  private static String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static void awaitData(RealPrometheus prometheus, String query) throws Exception {
    int bar = query.lastIndexOf('|');
    String label = bar < 0 ? "" : query.substring(bar + 1);
    String expression = bar < 0 ? query : query.substring(0, bar);
    for (int i = 0; i < 300; i++) {
      for (JsonNode series : prometheus.query(expression)) {
        boolean isNumber = Double.isFinite(series.at("/value/1").asDouble(Double.NaN));
        if (isNumber && (label.isEmpty() || series.at("/metric/" + label).isTextual())) {
          return;
        }
      }
      Thread.sleep(200);
    }
    throw new AssertionError("no data for " + query);
  }

  private static void refuse(Map<String, Object> client, Tenant tenant) throws Exception {
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] home = "home".getBytes(UTF_8);
      producer.send(new ProducerRecord<>(tenant.facts(), home, "{no".getBytes(UTF_8))).get();
    }
  }

  private AlertSettings settings(RealAlertmanager alertmanager) throws IOException {
    return SettingsFile.read(
        Files.writeString(
            folder.resolve("alert.yaml"),
            "receivers: [{alertmanager: {url: '%s'}}]".formatted(alertmanager.url())));
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static final class AtWork implements Health {
    @Override
    public String state() {
      return "running";
    }

    @Override
    public boolean isAlive() {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }
}
