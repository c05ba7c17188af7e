package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.bench.Bench;
import io.wgwhy.cli.bench.Fleet;
import io.wgwhy.cli.bench.Measured;
import io.wgwhy.cli.bench.Scaled;
import io.wgwhy.engine.stream.EmbeddedBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy bench}: how fast the engine is here, beside a consumer that only reads. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure the engine on this machine, beside a consumer that only reads.",
    description = {
      "",
      "Broker, publisher, engine and consumer share this process. Choose the heap and the garbage"
          + " collector with WGWHY_JAVA_OPTS; -XX:+UseParallelGC suits throughput best.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  WGWHY_JAVA_OPTS='-Xms6g -Xmx6g -Xmn4g -XX:+UseParallelGC' wgwhy bench",
      "  wgwhy bench --networks 4 --tunnels 1000 --json",
      "  wgwhy bench --rate 20000 --every 10 --idle 30 --roaming 5",
      "  WGWHY_JAVA_OPTS='-Xmx8g -XX:+UseParallelGC' wgwhy bench --scale 1000,10000,100000",
      "",
      "Exit codes: 0 measured, 2 bad usage."
    })
final class BenchCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Option(
      paramLabel = "COUNT",
      names = "--facts",
      defaultValue = "2000000",
      description = "How many; less than 2,000,000 measures the start. Default: ${DEFAULT-VALUE}.")
  private long facts;

  @Option(
      paramLabel = "COUNT",
      names = "--networks",
      defaultValue = "40",
      description = "Default: ${DEFAULT-VALUE}.")
  private int networks;

  @Option(
      paramLabel = "COUNT",
      names = "--tunnels",
      defaultValue = "100",
      description = "In each network. Default: ${DEFAULT-VALUE}.")
  private int tunnels;

  @Option(
      paramLabel = "COUNT",
      names = "--tenants",
      defaultValue = "1",
      description = "Who share the networks, a few have most. Default: ${DEFAULT-VALUE}.")
  private int tenants;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How often hosts look, by their own time. Default: ${DEFAULT-VALUE}.")
  private int every;

  @Option(
      names = "--observed",
      paramLabel = "PERCENT",
      defaultValue = "20",
      description = "Of the clients, with a collector of their own. Default: ${DEFAULT-VALUE}.")
  private int observed;

  @Option(
      names = "--idle",
      paramLabel = "PERCENT",
      defaultValue = "39",
      description = "Of the tunnels, which carry nothing. Default: ${DEFAULT-VALUE}.")
  private int idle;

  @Option(
      names = "--roaming",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description = "Of the tunnels, elsewhere every five minutes. Default: ${DEFAULT-VALUE}.")
  private int roaming;

  @Option(
      names = "--failing",
      paramLabel = "PERCENT",
      defaultValue = "1",
      description = "Of the tunnels, broken for 2 minutes in 10. Default: ${DEFAULT-VALUE}.")
  private int failing;

  @Option(
      names = "--rate",
      paramLabel = "FACTS",
      description = "Per second, when latency is measured. Default: half of what was reached.")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "For how long latency is measured. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--scale",
      paramLabel = "TUNNELS",
      split = ",",
      description = "Instead, measure fleets of these sizes, with --tunnels in each network.")
  private List<Integer> scale = List.of();

  @Option(
      paramLabel = "COUNT",
      names = "--threads",
      defaultValue = "2",
      description = "Of the engine. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      paramLabel = "COUNT",
      names = "--rounds",
      defaultValue = "5",
      description = "That count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-ups",
      paramLabel = "ROUNDS",
      defaultValue = "8",
      description = "Before them, until all is compiled. Default: ${DEFAULT-VALUE}.")
  private int warmUps;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Stdio stdio;

  BenchCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  static CommandLine tree(Stdio stdio) {
    return new CommandLine(new BenchCommand(stdio))
        .addSubcommand(new BenchBesideCommand(stdio))
        .addSubcommand(new BenchNoisyCommand(stdio))
        .addSubcommand(new BenchSoakCommand(stdio));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    KafkaOptions.quiet();
    try (TemporaryFolder folder = TemporaryFolder.create("wgwhy-bench");
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      Fleet.Shape fleet =
          new Fleet.Shape(networks, tunnels, tenants, every, observed, idle, roaming, failing);
      Bench.Load load = new Bench.Load(facts, fleet, threads, warmUps, rounds, rate, seconds);
      Bench bench = new Bench(client, folder.path(), load, stdio::tell);
      if (scale.isEmpty()) {
        Measured measured = bench.run();
        stdio.out().print(json ? write(measured) : measured.print());
      } else {
        Scaled scaled = bench.scale(scale);
        stdio.out().print(json ? write(scaled) : scaled.print());
      }
    }
    stdio.out().flush();
    return Exit.NOTHING_WRONG;
  }

  private void check() {
    boolean tooFew =
        facts < 1
            || networks < 1
            || tunnels < 1
            || tenants < 1
            || every < 1
            || threads < 1
            || seconds < 1;
    if (tooFew || rounds < 1 || scale.stream().anyMatch(it -> it < 1)) {
      throw new CannotGoOn(Exit.UNUSABLE, "all numbers must be at least 1");
    }
    if (warmUps < 0 || observed < 0 || idle < 0 || roaming < 0 || failing < 0 || rate < 0) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "shares, the rate and the rounds to warm up must be at least 0");
    }
    if (observed > 100 || idle + roaming + failing > 100) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "--idle, --roaming and --failing must be 100 at most together");
    }
  }

  /** As JSON, for a program. */
  static String write(Object measured) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(measured) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
  }
}
