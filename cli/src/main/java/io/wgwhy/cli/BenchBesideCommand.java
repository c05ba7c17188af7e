package io.wgwhy.cli;

import io.wgwhy.cli.bench.beside.BesideRun;
import io.wgwhy.cli.bench.beside.Compared;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy bench beside}: the fleet that Prometheus and an engine watch side by side. */
@Command(
    name = "beside",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Be a fleet that Prometheus and an engine watch side by side.",
    description = {
      "",
      "Serves an exporter for each host, publishes what a collector there would, breaks three"
          + " things, and tells what both said and cost. Both must run already:"
          + " deploy/beside-prometheus/run starts them, and this.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  deploy/beside-prometheus/run                 all of it; takes eight minutes",
      "  deploy/beside-prometheus/run --gateways 100 --tunnels 100 --json",
      "",
      "Exit codes: 0 measured, 2 bad usage, 3 cannot reach Kafka."
    })
final class BenchBesideCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      paramLabel = "COUNT",
      names = "--gateways",
      defaultValue = "20",
      description = "Default: ${DEFAULT-VALUE}.")
  private int gateways;

  @Option(
      paramLabel = "COUNT",
      names = "--tunnels",
      defaultValue = "50",
      description = "Of each gateway; every fifth client is watched. Default: ${DEFAULT-VALUE}.")
  private int tunnels;

  @Option(
      names = "--exporters",
      paramLabel = "PORT",
      required = true,
      description = "Where exporters are served, and alerts are taken, on loopback.")
  private int port;

  @Option(
      names = "--calm",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Without a fault: costs are counted. Default: ${DEFAULT-VALUE}.")
  private long calm;

  @Option(
      names = "--trouble",
      paramLabel = "SECONDS",
      defaultValue = "360",
      description = "After the faults. Default: ${DEFAULT-VALUE}.")
  private long trouble;

  @Option(
      names = "--prometheus",
      paramLabel = "PID",
      required = true,
      split = ",",
      description = "The processes of Prometheus and Alertmanager.")
  private List<Long> prometheus = List.of();

  @Option(
      names = "--engine",
      paramLabel = "PID",
      required = true,
      split = ",",
      description = "The processes of the engine and its broker.")
  private List<Long> engine = List.of();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final Stdio stdio;

  BenchBesideCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (gateways < 3 || tunnels < 10 || calm < 1 || trouble < 1) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "it takes 3 gateways of 10 tunnels at least: each incident has its own");
    }
    KafkaOptions.quiet();
    var load = new BesideRun.Load(gateways, tunnels, port, calm, trouble, prometheus, engine);
    Compared compared = new BesideRun(kafka.reach(), load, stdio::tell).run();
    stdio.out().print(json ? BenchCommand.write(compared) : compared.print());
    stdio.out().flush();
    return Exit.NOTHING_WRONG;
  }
}
