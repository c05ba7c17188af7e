package io.wgwhy.cli.publish;

import io.wgwhy.cli.workbench.Backtest;
import io.wgwhy.cli.workbench.Comparison;
import io.wgwhy.connectors.kafka.FactReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What rules would have said of the facts that topics still hold. */
public final class TopicBacktest {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final long TELL_EVERY = Duration.ofSeconds(2).toNanos();

  private TopicBacktest() {}

  /**
   * Plays all that was there when it began.
   *
   * @param tell of how far it came, every few seconds
   */
  public static Backtest.Outcome run(
      String pack, Books before, Books now, FactReader reader, Consumer<String> tell) {
    long begin = CPU.getCurrentThreadCpuTime();
    long toldAt = System.nanoTime();
    try (Comparison comparison = new Comparison(before::of, now::of)) {
      boolean all = false;
      while (!all) {
        List<FactReader.Arrived> arrived = reader.poll(WAIT);
        arrived.forEach(it -> comparison.accept(it.tenant().name(), it.network(), it.fact()));
        all = reader.isCaughtUp();
        if (System.nanoTime() - toldAt > TELL_EVERY) {
          toldAt = System.nanoTime();
          double cpu = (CPU.getCurrentThreadCpuTime() - begin) / 1e9;
          tell.accept(
              String.format(
                  Locale.ROOT,
                  "%d facts played, %d left, %.0f times real time",
                  comparison.facts(),
                  reader.remaining(),
                  comparison.seconds() / Math.max(cpu, 0.001)));
        }
      }
      comparison.conclude();
      double cpu = (CPU.getCurrentThreadCpuTime() - begin) / 1e9;
      Map<String, String> unread =
          reader.refused() == 0
              ? Map.of()
              : Map.of("records", reader.refused() + " were no facts, and were passed over");
      return new Backtest.Outcome(
          pack, comparison.rows(), unread, comparison.seconds(), comparison.facts(), cpu);
    }
  }
}
