package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.engine.stream.TestBroker;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TenantCommandTest {

  @Tag("slow")
  @Test
  void a_tenant_comes_is_seen_and_goes() throws Exception {
    try (TestBroker broker = TestBroker.secured().start()) {
      Path admin = broker.properties();
      assertThat(tenant(admin, "list").out()).isEmpty();

      Ran created = tenant(admin, "create", "acme", "--in", "256");
      assertThat(created.exit()).isZero();
      assertThat(created.out())
          .contains("bootstrap-server = " + broker.bootstrapServers(), "tenant = acme")
          .contains("username=\"acme.collector\"", "username=\"acme.reader\"");
      publish(printed(created.out(), broker.bootstrapServers()));

      assertThat(tenant(admin, "create", "acme").exit()).as("it is there").isEqualTo(2);
      assertThat(tenant(admin, "list").out()).contains("acme", "acme.reader", "5 of 5", "256");
      assertThat(json(tenant(admin, "show", "acme", "--json")).get("well").asBoolean()).isTrue();

      JsonNode rotated = json(tenant(admin, "rotate", "acme", "--account", "collector", "--json"));
      assertThat(rotated.get("accounts")).hasSize(1);
      JsonNode collector = rotated.get("accounts").get("collector");
      assertThat(collector.get("user").asText()).isEqualTo("acme.collector");
      assertThat(created.out()).doesNotContain(collector.get("password").asText());

      assertThat(tenant(admin, "delete", "acme").err()).contains("say --yes");
      assertThat(tenant(admin, "delete", "acme", "--yes").out()).contains("wgwhy.acme.facts");
      assertThat(tenant(admin, "show", "acme").exit()).isEqualTo(Exit.UNUSABLE);
      assertThat(tenant(admin, "rotate", "acme").err()).contains("there is no tenant acme");
    }
  }

  @Tag("slow")
  @Test
  void where_nobody_is_kept_apart_it_says_so() {
    try (TestBroker broker = TestBroker.open().start()) {
      String server = broker.bootstrapServers();
      Ran ran = Ran.wgwhy("tenant", "create", "acme", "--bootstrap-server", server);
      assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
      assertThat(ran.err()).contains("no authorizer", "--secure");
      assertThat(Ran.wgwhy("tenant", "list", "--bootstrap-server", server).out()).isEmpty();
      assertThat(
              Ran.wgwhy("tenant", "create", "acme", "--topics-only", "--bootstrap-server", server)
                  .out())
          .contains("tenant = acme")
          .doesNotContain("password");
      assertThat(Ran.wgwhy("tenant", "list", "--bootstrap-server", server).exit()).isZero();
    }
  }

  @Test
  void names_that_could_be_mistaken_are_refused_before_anything_is_done() {
    for (String name : List.of("a.b", "Acme", "a-", "a/b", "x".repeat(64), "wgwhy.acme")) {
      Ran ran = Ran.wgwhy("tenant", "create", name, "--bootstrap-server", "localhost:1");
      assertThat(ran.exit()).as(name).isEqualTo(Exit.UNUSABLE);
      assertThat(ran.err()).contains("cannot name a tenant");
    }
    assertThat(Ran.wgwhy("tenant").exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(Ran.wgwhy("engine", "--secure").err()).contains("--embedded");
  }

  /** The settings of the first account in what was printed. */
  private static Map<String, Object> printed(String text, String server) throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(text.substring(0, text.indexOf("# For wgwhy findings"))));
    Map<String, Object> client = new HashMap<>();
    for (String name : List.of("security.protocol", "sasl.mechanism", "sasl.jaas.config")) {
      client.put(name, properties.getProperty(name));
    }
    client.put("bootstrap.servers", server);
    HarmlessSettings.check(client);
    return client;
  }

  private static void publish(Map<String, Object> client) {
    try (FactPublisher publisher = new FactPublisher(client)) {
      publisher.publish(new Tenant("acme"), "home", List.of(new HostClock("srv", 17_000, 0)));
      publisher.flush();
    }
  }

  private static JsonNode json(Ran ran) throws Exception {
    return new JsonMapper().readTree(ran.out());
  }

  private static Ran tenant(Path admin, String... args) {
    assertThat(Files.exists(admin)).isTrue();
    List<String> all = new ArrayList<>(List.of("tenant"));
    all.addAll(List.of(args));
    all.addAll(List.of("--properties", admin.toString()));
    return Ran.wgwhy(all.toArray(String[]::new));
  }
}
