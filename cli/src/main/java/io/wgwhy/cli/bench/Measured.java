package io.wgwhy.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What was measured, on which machine. */
public record Measured(
    Bench.Load load,
    long facts,
    List<Round> rounds,
    long bareFactsPerSecond,
    long engineFactsPerSecond,
    double ratio,
    double bareCpuMicrosPerFact,
    double engineCpuMicrosPerFact,
    Latency.Percentiles latencyMillis,
    Machine machine) {

  /** One round: facts per second, and microseconds of CPU that each takes, the broker's too. */
  public record Round(long bare, long engine, double bareCpuMicros, double engineCpuMicros) {
    String print() {
      return String.format(
          Locale.ROOT,
          "bare %,d facts/s, engine %,d facts/s, ratio %.2f; CPU of a fact %.2f and %.2f us",
          bare,
          engine,
          (double) engine / bare,
          bareCpuMicros,
          engineCpuMicros);
    }
  }

  /** Where it ran: broker, engine, publisher and bare consumer together. */
  public record Machine(int cores, long heapMegabytes, String java, String os) {
    static Machine here() {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory() >> 20,
          System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    String print() {
      return String.format(
          Locale.ROOT,
          "machine          %d cores, heap %,d MB, %s, %s%n",
          cores,
          heapMegabytes,
          java,
          os);
    }
  }

  static Measured of(Bench.Load load, long facts, List<Round> rounds, Latency.Percentiles latency) {
    List<Long> bare = rounds.stream().map(Round::bare).sorted().toList();
    List<Long> engine = rounds.stream().map(Round::engine).sorted().toList();
    double bareCpu = median(rounds.stream().mapToDouble(Round::bareCpuMicros));
    double engineCpu = median(rounds.stream().mapToDouble(Round::engineCpuMicros));
    long bareMedian = bare.get(bare.size() / 2);
    long engineMedian = engine.get(engine.size() / 2);
    return new Measured(
        load,
        facts,
        rounds,
        bareMedian,
        engineMedian,
        Math.round(100.0 * engineMedian / bareMedian) / 100.0,
        bareCpu,
        engineCpu,
        latency,
        Machine.here());
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return Math.round(sorted[sorted.length / 2] * 100) / 100.0;
  }

  /** For people. */
  public String print() {
    long slowest = rounds.stream().mapToLong(Round::engine).min().orElse(0);
    long fastest = rounds.stream().mapToLong(Round::engine).max().orElse(0);
    Fleet.Shape fleet = load.fleet();
    Latency.Percentiles took = latencyMillis;
    StringBuilder all =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                facts            %,d (%,d networks of %,d tunnels, %d tenants; of 100 tunnels %d idle, %d roaming, %d failing)
                bare consumer    %,d facts/s: polls and parses
                engine           %,d facts/s: with rules, durable; %,d to %,d in %d rounds, %d threads
                ratio            %.2f
                CPU of a fact    %.2f us to poll and parse, %.2f us with rules, durable; the broker's part in both
                fact to finding  %s
                """,
                facts,
                fleet.networks(),
                fleet.tunnels(),
                fleet.tenants(),
                fleet.idle(),
                fleet.roaming(),
                fleet.failing(),
                bareFactsPerSecond,
                engineFactsPerSecond,
                slowest,
                fastest,
                rounds.size(),
                load.threads(),
                ratio,
                bareCpuMicrosPerFact,
                engineCpuMicrosPerFact,
                took.print()));
    took.histogram()
        .forEach(
            (millis, count) -> {
              if (took.findings() > 0) {
                double part = 100.0 * count / took.findings();
                all.append(String.format(Locale.ROOT, "  within %,5d ms %6.2f %%%n", millis, part));
              }
            });
    return all.append(machine.print()).toString();
  }
}
