package io.wgwhy.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What was left after collections while tenants came and went, on which machine. */
public record Soaked(Soak.Load load, List<Sample> samples, Measured.Machine machine) {
  /** More than chance makes of it, less than any leak would in so many lives. */
  private static final double LEVEL = 1.1;

  /** Of the run that is left out: until all is met, and compiled. */
  private static final int BEGINNING = 3;

  /** Each third is to have one at least. */
  public static final int LEAST_LOOKS = 3;

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
      return COLUMNS.stream().map(it -> it.words(this)).collect(Collectors.joining());
    }

    private String csv() {
      return COLUMNS.stream()
          .map(it -> String.valueOf(it.figure().applyAsLong(this)))
          .collect(Collectors.joining(",", "", "\n"));
    }
  }

  /**
   * What is seen with each look.
   *
   * @param name in a spreadsheet
   * @param format for people
   */
  private record Column(String name, String format, ToLongFunction<Sample> figure) {
    String words(Sample sample) {
      return String.format(Locale.ROOT, format, figure.applyAsLong(sample));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("seconds", "%5d s: ", Sample::seconds),
          new Column("heapKib", "heap %,d KiB, ", Sample::heapKib),
          new Column("otherKib", "other %,d KiB, ", Sample::otherKib),
          new Column("sessions", "%d sessions, ", Sample::sessions),
          new Column("tenants", "%d tenants ", Sample::tenants),
          new Column("made", "of %d, ", Sample::made),
          new Column("rememberedKib", "%,d KiB remembered, ", Sample::rememberedKib),
          new Column("openFindings", "%d findings open, ", Sample::openFindings),
          new Column("threads", "%d threads, ", Sample::threads),
          new Column("facts", "%,d facts", Sample::facts));

  /** For a spreadsheet, or a plot. */
  public String csv() {
    String names = COLUMNS.stream().map(Column::name).collect(Collectors.joining(",", "", "\n"));
    return samples.stream().map(Sample::csv).collect(Collectors.joining("", names, ""));
  }

  /**
   * Whether nothing was more at the end than after the beginning; of too few looks none can tell.
   */
  public boolean isLevel() {
    return samples.size() >= LEAST_LOOKS
        && isLevel(Sample::heapKib)
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
            %.1f minutes, %d tenants made, %d at a time; the last third by the second:
            heap after a collection  %.2f
            classes, compiled code   %.2f
            sessions                 %.2f
            remembered               %.2f
            threads                  %.2f
            """,
            load.seconds() / 60.0,
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
