package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.demo.Demo;
import io.wgwhy.cli.demo.Summary;
import io.wgwhy.cli.report.FindingLine;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.EmbeddedBroker;
import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy demo}: the whole system on an embedded broker, within a minute. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show the whole system at work: incidents of three tenants, found and resolved live.",
    description = {
      "",
      "Starts a broker and an engine in this process and plays recordings of real tunnels that were"
          + " really broken, eight times as fast, through the same topics that collectors use. After"
          + " each incident its hosts publish what they would see after the repair. Ends by itself"
          + " and leaves nothing behind. With --bootstrap-server it plays to a broker and an engine"
          + " that are there, once, for tenants of its own.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy demo",
      "  wgwhy demo --json | jq .incidents",
      "  wgwhy demo --bootstrap-server kafka:9092     for an engine that runs elsewhere",
      "",
      "Exit codes: 0 found all that was broken and nothing else, 1 did not."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int SESSIONS = 50;
  private static final int THREADS = 2;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--json", description = "Print the summary as JSON, and nothing else.")
  private boolean json;

  private final Stdio stdio;

  DemoCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaOptions.quiet();
    Summary summary = kafka.isGiven() ? playTo(kafka.reach()) : playHere();
    stdio.out().print(json ? write(summary) : "\n" + summary.print(stdio.look()));
    stdio.out().flush();
    return summary.allFound() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  /** Somebody else's broker and engine. */
  private Summary playTo(Map<String, Object> client) {
    FindingLine lines = new FindingLine(stdio.look());
    Demo demo = new Demo(client, it -> print(it, lines), stdio::tell);
    demo.createTenants();
    stdio.tell("playing seven recordings of real tunnels, eight times as fast ...");
    return demo.play();
  }

  private Summary playHere() throws IOException, InterruptedException {
    Summary summary;
    try (TemporaryFolder folder = TemporaryFolder.create("wgwhy-demo")) {
      stdio.tell("starting a broker and an engine ...");
      try (EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        FindingLine lines = new FindingLine(stdio.look());
        Demo demo = new Demo(client, it -> print(it, lines), stdio::tell);
        demo.createTenants();
        RuleBook rules = RuleBook.builtIn();
        Opening opening = (tenant, network) -> new NetworkSession(tenant, network, rules);
        Engine.Size size =
            new Engine.Size("wgwhy-demo", folder.path().resolve("engine"), THREADS, SESSIONS);
        try (Topics topics = new Topics(client);
            Engine engine = Engine.start(client, opening, topics::createOutputs, size)) {
          while (!engine.isRunning()) {
            Thread.sleep(50);
          }
          stdio.tell("playing seven recordings of real tunnels, eight times as fast ...");
          summary = demo.play();
          stdio.tell("stopping ...");
        }
      }
    }
    return summary;
  }

  private void print(Published published, FindingLine lines) {
    String line = lines.of(published.tenant().name(), published.finding());
    if (!json && line != null) {
      stdio.out().println(line);
      stdio.out().flush();
    }
  }

  private static String write(Summary summary) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the summary cannot be written as JSON", e);
    }
  }
}
