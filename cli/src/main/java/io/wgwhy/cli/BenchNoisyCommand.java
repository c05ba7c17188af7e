package io.wgwhy.cli;

import io.wgwhy.cli.bench.Fleet;
import io.wgwhy.cli.bench.Noise;
import io.wgwhy.cli.bench.Noticed;
import io.wgwhy.engine.stream.EmbeddedBroker;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy bench noisy}: what a tenant notices of another one that floods. */
@Command(
    name = "noisy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure what a tenant notices of another one that floods.",
    description = {
      "",
      "From fact to finding of a quiet tenant, alone and beside one that publishes as fast as it"
          + " can, on a broker that keeps them apart and holds each to its quota. Takes two minutes.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  WGWHY_JAVA_OPTS='-Xmx3g -XX:+UseParallelGC' wgwhy bench noisy",
      "  wgwhy bench noisy --rate 2000 --quota 256 --json",
      "",
      "Exit codes: 0 measured, 2 bad usage."
    })
final class BenchNoisyCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Option(
      names = "--rate",
      paramLabel = "FACTS",
      defaultValue = "5000",
      description = "Of the quiet one, per second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--quota",
      paramLabel = "KIB/S",
      defaultValue = "1024",
      description = "Of the noisy one; a new tenant's is ${DEFAULT-VALUE}.")
  private int quota;

  @Option(
      names = "--networks",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "Of each. Default: ${DEFAULT-VALUE}.")
  private int networks;

  @Option(
      names = "--tunnels",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "In each network, a tenth breaks now and then. Default: ${DEFAULT-VALUE}.")
  private int tunnels;

  @Option(
      names = "--seconds",
      paramLabel = "COUNT",
      defaultValue = "30",
      description = "That count, alone and beside. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Stdio stdio;

  BenchNoisyCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1 || rate < 1 || quota < 1 || networks < 1 || tunnels < 10) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "all numbers must be at least 1, and --tunnels at least 10");
    }
    KafkaOptions.quiet();
    var fleet = new Fleet.Shape(networks, tunnels, 1, 5, 20, 30, 0, 10);
    try (TemporaryFolder folder = TemporaryFolder.create("wgwhy-noisy");
        EmbeddedBroker broker = EmbeddedBroker.startSecured(folder.path().resolve("broker"))) {
      Noticed noticed =
          new Noise(
                  broker.client(),
                  folder.path(),
                  new Noise.Load(fleet, rate, quota * 1024L, seconds),
                  stdio::tell)
              .run();
      stdio.out().print(json ? BenchCommand.write(noticed) : noticed.print());
      stdio.out().flush();
    }
    return Exit.NOTHING_WRONG;
  }
}
