package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.bench.Bench;
import io.wgwhy.cli.bench.Measured;
import io.wgwhy.engine.stream.EmbeddedBroker;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
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
      "  WGWHY_JAVA_OPTS='-Xmx3g -XX:+UseParallelGC' wgwhy bench",
      "  wgwhy bench --networks 4 --tunnels 1000 --json",
      "",
      "Exit codes: 0 measured, 2 bad usage."
    })
final class BenchCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Option(
      names = "--facts",
      defaultValue = "2000000",
      description = "How many; less than 2,000,000 measures the start. Default: ${DEFAULT-VALUE}.")
  private long facts;

  @Option(names = "--networks", defaultValue = "40", description = "Default: ${DEFAULT-VALUE}.")
  private int networks;

  @Option(
      names = "--tunnels",
      defaultValue = "100",
      description = "In each network. Default: ${DEFAULT-VALUE}.")
  private int tunnels;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Of the engine. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "After one to warm up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Stdio stdio;

  BenchCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (facts < 1 || networks < 1 || tunnels < 1 || threads < 1 || rounds < 1) {
      throw new CannotGoOn(Exit.UNUSABLE, "all numbers must be at least 1");
    }
    KafkaOptions.quiet();
    Measured measured;
    try (TemporaryFolder folder = TemporaryFolder.create("wgwhy-bench");
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      Bench.Load load = new Bench.Load(facts, networks, tunnels, threads, rounds);
      measured = new Bench(client, folder.path(), load, this::tell).run();
    }
    stdio.out().print(json ? write(measured) : measured.print());
    stdio.out().flush();
    return Exit.NOTHING_WRONG;
  }

  private void tell(String says) {
    stdio.err().println("wgwhy: " + says);
    stdio.err().flush();
  }

  private static String write(Measured measured) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(measured) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
  }
}
