package io.wgwhy.cli.bench;

import java.util.List;
import java.util.Locale;

/** What was measured, on which machine. */
public record Measured(
    Bench.Load load,
    long facts,
    List<Round> rounds,
    long bareFactsPerSecond,
    long engineFactsPerSecond,
    double ratio,
    Latency.Percentiles latencyMillisAtHalfLoad,
    Machine machine) {

  /** One round; facts per second. */
  public record Round(long bare, long engine) {
    String print() {
      return String.format(
          Locale.ROOT,
          "bare %,d facts/s, engine %,d facts/s, ratio %.2f",
          bare,
          engine,
          (double) engine / bare);
    }
  }

  /** Where it ran: broker, engine, publisher and bare consumer together. */
  public record Machine(int cores, long heapMegabytes, String java, String os) {}

  static Measured of(Bench.Load load, long facts, List<Round> rounds, Latency.Percentiles latency) {
    List<Long> bare = rounds.stream().map(Round::bare).sorted().toList();
    List<Long> engine = rounds.stream().map(Round::engine).sorted().toList();
    long bareMedian = bare.get(bare.size() / 2);
    long engineMedian = engine.get(engine.size() / 2);
    return new Measured(
        load,
        facts,
        rounds,
        bareMedian,
        engineMedian,
        Math.round(100.0 * engineMedian / bareMedian) / 100.0,
        latency,
        new Machine(
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory() >> 20,
            System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.arch")));
  }

  /** For people. */
  public String print() {
    long slowest = rounds.stream().mapToLong(Round::engine).min().orElse(0);
    long fastest = rounds.stream().mapToLong(Round::engine).max().orElse(0);
    return String.format(
        Locale.ROOT,
        """
        facts            %,d (%,d networks of %,d tunnels, 1 %% of them broken now and then)
        bare consumer    %,d facts/s: polls and parses
        engine           %,d facts/s: with rules, durable; %,d to %,d in %d rounds, %d threads
        ratio            %.2f
        fact to finding  p50 %d ms, p99 %d ms at half that load (%,d findings)
        machine          %d cores, heap %,d MB, %s, %s
        """,
        facts,
        load.networks(),
        load.tunnels(),
        bareFactsPerSecond,
        engineFactsPerSecond,
        slowest,
        fastest,
        rounds.size(),
        load.threads(),
        ratio,
        latencyMillisAtHalfLoad.p50(),
        latencyMillisAtHalfLoad.p99(),
        latencyMillisAtHalfLoad.findings(),
        machine.cores(),
        machine.heapMegabytes(),
        machine.java(),
        machine.os());
  }
}
