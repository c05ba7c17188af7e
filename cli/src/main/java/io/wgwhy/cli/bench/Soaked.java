package io.wgwhy.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What was left after collections while tenants came and went, on which machine. */
public record Soaked(Soak.Load load, List<Sample> samples, Measured.Machine machine) {
  /** More than chance makes of it, less than any leak would in so many lives. */
  private static final double LEVEL = 1.1;

  /** Of the run that is left out: until all is met, and compiled. */
  private static final int BEGINNING = 3;

  /**
   * One look.
   *
   * @param heapKib in use after a collection: engine, publisher and broker
   * @param otherKib classes, compiled code
   * @param tenants that the engine counts
   * @param made so many tenants by then
   * @param rememberedKib of all tenants, in the stores
   * @param facts published by then
   */
  public record Sample(
      long seconds,
      long heapKib,
      long otherKib,
      long sessions,
      int tenants,
      int made,
      long rememberedKib,
      long openFindings,
      int threads,
      long facts) {
    String print() {
      return String.format(
          Locale.ROOT,
          "%5d s: heap %,d KiB, other %,d KiB, %d sessions, %d tenants of %d, %,d KiB remembered,"
              + " %d findings open, %d threads, %,d facts",
          seconds,
          heapKib,
          otherKib,
          sessions,
          tenants,
          made,
          rememberedKib,
          openFindings,
          threads,
          facts);
    }

    private String csv() {
      return String.format(
          Locale.ROOT,
          "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d%n",
          seconds,
          heapKib,
          otherKib,
          sessions,
          tenants,
          made,
          rememberedKib,
          openFindings,
          threads,
          facts);
    }
  }

  /** For a spreadsheet, or a plot. */
  public String csv() {
    StringBuilder all =
        new StringBuilder(
            "seconds,heapKib,otherKib,sessions,tenants,made,rememberedKib,openFindings,threads,facts\n");
    samples.forEach(it -> all.append(it.csv()));
    return all.toString();
  }

  /** Whether nothing was more at the end than after the beginning. */
  public boolean isLevel() {
    return isLevel(Sample::heapKib)
        && isLevel(Sample::otherKib)
        && isLevel(Sample::sessions)
        && isLevel(Sample::rememberedKib)
        && isLevel(Sample::threads);
  }

  private boolean isLevel(ToLongFunction<Sample> figure) {
    return growth(figure) <= LEVEL;
  }

  /** The mean of the last third by that of the second. */
  private double growth(ToLongFunction<Sample> figure) {
    int third = samples.size() / BEGINNING;
    double middle = mean(figure, third, 2 * third);
    return middle == 0 ? 1 : mean(figure, 2 * third, samples.size()) / middle;
  }

  private double mean(ToLongFunction<Sample> figure, int from, int to) {
    return samples.subList(from, to).stream().mapToLong(figure).average().orElse(0);
  }

  /** For people. */
  public String print() {
    return String.format(
            Locale.ROOT,
            """
            %d minutes, %d tenants made, %d at a time; the last third by the second:
            heap after a collection  %.2f
            classes, compiled code   %.2f
            sessions                 %.2f
            remembered               %.2f
            threads                  %.2f
            """,
            load.minutes(),
            samples.isEmpty() ? 0 : samples.get(samples.size() - 1).made(),
            load.tenants(),
            growth(Sample::heapKib),
            growth(Sample::otherKib),
            growth(Sample::sessions),
            growth(Sample::rememberedKib),
            growth(Sample::threads))
        + machine.print();
  }
}
