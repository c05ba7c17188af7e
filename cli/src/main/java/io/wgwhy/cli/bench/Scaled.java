package io.wgwhy.cli.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What fleets of several sizes cost, on which machine. */
public record Scaled(List<Step> steps, Measured.Machine machine) {

  /**
   * One size.
   *
   * @param factsPerSecond once all networks were met
   * @param cpuMicrosPerFact of engine and broker together
   * @param meetingSeconds until they were
   * @param bytesPerTunnel of the heap: sessions, stores and all
   * @param paced from a fact to its finding, while each host looks as often as it was asked to
   * @param restartSeconds from the start of an engine with all that remembered to its first new
   *     finding, in a process that runs; null when none came
   */
  public record Step(
      long tunnels,
      int networks,
      long factsPerSecond,
      double cpuMicrosPerFact,
      double meetingSeconds,
      long bytesPerTunnel,
      Latency.Percentiles paced,
      @Nullable Double restartSeconds) {
    String print() {
      return String.format(
          Locale.ROOT,
          "%,9d tunnels in %,5d networks: %,9d facts/s, %5.2f us of CPU each, met in %6.1f s, %,6d"
              + " bytes/tunnel, %s%n          fact to finding: %s",
          tunnels,
          networks,
          factsPerSecond,
          cpuMicrosPerFact,
          meetingSeconds,
          bytesPerTunnel,
          restartSeconds == null
              ? "no new finding after a restart"
              : "restart %.1f s".formatted(restartSeconds),
          paced.print());
    }
  }

  /** For people. */
  public String print() {
    StringBuilder all = new StringBuilder();
    steps.forEach(it -> all.append(it.print()).append('\n'));
    return all.append(machine.print()).toString();
  }
}
