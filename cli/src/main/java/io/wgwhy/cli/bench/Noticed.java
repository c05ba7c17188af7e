package io.wgwhy.cli.bench;

import java.util.Locale;

/**
 * What a tenant noticed of a noisy one.
 *
 * @param wanted facts a second that the noisy one would publish if nobody held it back
 * @param got facts a second that the broker took of it
 */
public record Noticed(
    Noise.Load load,
    Latency.Percentiles alone,
    Latency.Percentiles beside,
    long wanted,
    long got,
    Measured.Machine machine) {

  /** The 99th percentile beside the noisy one, by that alone. */
  public double ratio() {
    return Math.round(100.0 * beside.p99() / Math.max(1, alone.p99())) / 100.0;
  }

  /** For people. */
  public String print() {
    return String.format(
            Locale.ROOT,
            """
            the quiet tenant   alone   p50 %d ms, p99 %d ms, at most %d ms at %,d facts/s (%,d findings)
                               beside  p50 %d ms, p99 %d ms, at most %d ms at %,d facts/s (%,d findings)
            p99 beside ÷ alone %.2f
            the noisy one      would publish %,d facts/s, %.1f times of what its quota of %,d KiB/s let in: %,d
            """,
            alone.p50(),
            alone.p99(),
            alone.max(),
            alone.factsPerSecond(),
            alone.findings(),
            beside.p50(),
            beside.p99(),
            beside.max(),
            beside.factsPerSecond(),
            beside.findings(),
            ratio(),
            wanted,
            (double) wanted / Math.max(1, got),
            load.quota() >> 10,
            got)
        + machine.print();
  }
}
