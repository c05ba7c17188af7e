package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FindingsCommandTest {
  private static final Tenant ACME = new Tenant("acme");

  @Test
  void once_shows_what_is_open_and_ends_with_1(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
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
          assertThat(once(server, "--tenant", "globex").exit()).isZero();
        }
      }
    }
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
