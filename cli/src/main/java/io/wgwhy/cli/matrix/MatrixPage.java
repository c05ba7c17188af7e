package io.wgwhy.cli.matrix;

import io.wgwhy.cli.matrix.Matrix.Row;
import io.wgwhy.cli.matrix.Matrix.Vantage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The confusion matrix as a page, Markdown. */
public final class MatrixPage {
  private final Matrix matrix;
  private final StringBuilder page = new StringBuilder();

  private MatrixPage(Matrix matrix) {
    this.matrix = matrix;
  }

  /** The page. */
  public static String of(Matrix matrix) {
    MatrixPage page = new MatrixPage(matrix);
    page.head();
    page.summary();
    page.recordings();
    page.confusion();
    return page.page.toString();
  }

  private void head() {
    line("# What is found, beside what was broken");
    line("");
    line("Made by `./wgwhy matrix -o PAGE FOLDER`; a test compares it with what is found today.");
    line(
        "Each recording is of a real tunnel, really broken; the truth is `NAME.truth.json` beside");
    line("it.");
    line("");
    line("✓ the right cause is the first that is named · 2, 3, … its place among the candidates");
    line("(the finding, then its alternatives) · ✗ it is not among them · ‼ confirmed, and wrong:");
    line("that must never be · – nothing is said.");
    line("");
  }

  private void summary() {
    List<Row> broken = broken();
    row("", Stream.of(Vantage.values()).map(Vantage::words).toList());
    row("---", Stream.of(Vantage.values()).map(any -> "---").toList());
    row(
        "the right cause first, of " + broken.size() + " broken",
        each(it -> count(broken, it, (view, truth) -> view.place(truth) == 1)));
    row(
        "among the first " + View.READ,
        each(
            it ->
                count(
                    broken,
                    it,
                    (view, truth) -> view.place(truth) > 0 && view.place(truth) <= View.READ)));
    row(
        "confirmed, and right",
        each(
            it ->
                count(
                    broken,
                    it,
                    (view, truth) ->
                        view.first().endsWith("(confirmed)") && view.place(truth) == 1)));
    row(
        "confirmed, and wrong, of all " + matrix.rows().size(),
        each(
            it ->
                count(
                    matrix.rows(), it, (view, truth) -> !view.wronglyConfirmed(truth).isEmpty())));
    List<Row> healthy = matrix.rows().stream().filter(it -> !it.truth().broken()).toList();
    row(
        "silent, of " + healthy.size() + " healthy",
        each(it -> count(healthy, it, (view, truth) -> view.silent())));
    line("");
  }

  private void recordings() {
    line("## Each recording");
    line("");
    row("recording", Stream.concat(Stream.of("broken"), words()).toList());
    row("---", Stream.concat(Stream.of("---"), words().map(any -> "---")).toList());
    for (Row it : matrix.rows()) {
      String truth =
          it.truth().broken() ? String.join(" or ", it.truth().causes()) : "nothing: healthy";
      row(
          it.recording(),
          Stream.concat(
                  Stream.of(truth),
                  Stream.of(Vantage.values()).map(from -> cell(it.view(from), it.truth())))
              .toList());
    }
    line("");
  }

  private static String cell(View view, Truth truth) {
    if (view.findings().isEmpty()) {
      return truth.broken() ? "✗ –" : "–";
    }
    int place = view.place(truth);
    String sign =
        !view.wronglyConfirmed(truth).isEmpty()
            ? "‼"
            : !truth.broken() ? "✗" : place == 1 ? "✓" : place == 0 ? "✗" : place + ".";
    return sign + " " + view.first();
  }

  /** What is taken for what: each true cause, and what is named first. */
  private void confusion() {
    line("## What is taken for what");
    line("");
    row("broken", words().map(it -> "named first, from " + it).toList());
    row("---", words().map(any -> "---").toList());
    Map<String, List<Row>> byTruth =
        broken().stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.truth().causes().get(0), TreeMap::new, Collectors.toList()));
    byTruth.forEach((cause, rows) -> row(cause, each(from -> counts(rows, from))));
  }

  private static String counts(List<Row> rows, Vantage from) {
    Map<String, Long> counts =
        rows.stream()
            .map(it -> it.view(from).candidates().stream().findFirst().orElse("–"))
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(it -> it.getKey() + (it.getValue() > 1 ? " × " + it.getValue() : ""))
        .collect(Collectors.joining(", "));
  }

  private interface Asked {
    boolean holds(View view, Truth truth);
  }

  private interface Told {
    String of(Vantage from);
  }

  private static String count(List<Row> rows, Vantage from, Asked asked) {
    return String.valueOf(
        rows.stream().filter(it -> asked.holds(it.view(from), it.truth())).count());
  }

  private static List<String> each(Told told) {
    return Stream.of(Vantage.values()).map(told::of).toList();
  }

  private static Stream<String> words() {
    return Stream.of(Vantage.values()).map(Vantage::words);
  }

  private List<Row> broken() {
    return matrix.rows().stream().filter(it -> it.truth().broken()).toList();
  }

  private void row(String first, List<String> cells) {
    line("| " + first + " | " + String.join(" | ", cells) + " |");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
