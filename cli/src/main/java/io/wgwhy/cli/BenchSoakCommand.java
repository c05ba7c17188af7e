package io.wgwhy.cli;

import io.wgwhy.cli.bench.Fleet;
import io.wgwhy.cli.bench.Soak;
import io.wgwhy.cli.bench.Soaked;
import io.wgwhy.engine.stream.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy bench soak}: whether an engine's memory levels off. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Watch an engine's memory while tenants and tunnels come and go.",
    description = {
      "",
      "Tenants are made, publish for some minutes, and are deleted; with each sample some tunnels"
          + " are given to others. A collection now and then shows what is left. Broker and"
          + " publisher share this process.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  WGWHY_JAVA_OPTS=-Xmx1g wgwhy bench soak --csv soak.csv",
      "  wgwhy bench soak --minutes 5 --life 1 --json",
      "",
      "Exit codes: 0 level, 1 more at the end than in the middle, 2 bad usage."
    })
final class BenchSoakCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "For how long. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--tenants",
      paramLabel = "COUNT",
      defaultValue = "6",
      description = "So many at a time. Default: ${DEFAULT-VALUE}.")
  private int tenants;

  @Option(
      names = "--life",
      paramLabel = "MINUTES",
      defaultValue = "3",
      description = "Of each of them. Default: ${DEFAULT-VALUE}.")
  private double life;

  @Option(
      names = "--look",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How often a collection shows what is left. Default: ${DEFAULT-VALUE}.")
  private int look;

  @Option(
      names = "--networks",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Of each tenant. Default: ${DEFAULT-VALUE}.")
  private int networks;

  @Option(
      names = "--tunnels",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "In each network. Default: ${DEFAULT-VALUE}.")
  private int tunnels;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How often hosts look. Default: ${DEFAULT-VALUE}.")
  private int every;

  @Option(
      names = "--renewed",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description = "Of the tunnels, given to others with each sample. Default: ${DEFAULT-VALUE}.")
  private int renewed;

  @Option(names = "--csv", paramLabel = "FILE", description = "Where to write what was seen.")
  private @Nullable Path csv;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Stdio stdio;

  BenchSoakCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    KafkaOptions.quiet();
    var fleet = new Fleet.Shape(networks, tunnels, 1, every, 20, 39, 5, 5);
    var load = new Soak.Load(seconds(minutes), tenants, seconds(life), look, fleet, renewed);
    try (TemporaryFolder folder = TemporaryFolder.create("wgwhy-soak");
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path().resolve("broker"))) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      Soaked soaked = new Soak(client, folder.path(), load, stdio::tell).run();
      if (csv != null) {
        Files.writeString(csv, soaked.csv());
      }
      stdio.out().print(json ? BenchCommand.write(soaked) : soaked.print());
      stdio.out().flush();
      return soaked.isLevel() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
    }
  }

  private void check() {
    boolean tooFew = tenants < 1 || networks < 1 || tunnels < 1 || every < 1 || look < 1;
    if (tooFew || seconds(life) < 1 || renewed < 0 || renewed > 100) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "all numbers must be at least 1, --life a second, and --renewed 0 to 100 of 100");
    }
    if (seconds(minutes) < Soaked.LEAST_LOOKS * (long) (look + every)) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "--minutes is too short to tell whether anything levels off: that takes "
              + Soaked.LEAST_LOOKS
              + " looks, or take them more often with --look");
    }
    if (csv != null) {
      OutputFile.demand(csv, "--csv");
    }
  }

  private static long seconds(double ofMinutes) {
    return Math.round(ofMinutes * 60);
  }
}
