package io.wgwhy.cli.demo;

import io.wgwhy.cli.report.Look;
import io.wgwhy.cli.report.Table;
import io.wgwhy.facts.finding.Finding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was found, beside what was broken. */
public record Summary(List<Line> incidents, boolean allFound, boolean allResolved) {

  /**
   * One incident.
   *
   * @param broken the causes that would be right; empty when nothing was broken
   * @param found the cause that was named; null when none was
   * @param right whether that is what was broken
   * @param resolved whether the finding was resolved after the repair
   */
  public record Line(
      String tenant,
      String network,
      String recording,
      List<String> broken,
      @Nullable String found,
      @Nullable String confidence,
      boolean right,
      boolean resolved) {}

  static Summary of(List<Stage> stages) {
    List<Line> lines = stages.stream().map(Summary::line).toList();
    return new Summary(
        lines, lines.stream().allMatch(Line::right), lines.stream().allMatch(Line::resolved));
  }

  private static Line line(Stage stage) {
    Incident incident = stage.incident();
    Finding verdict = stage.verdict();
    return new Line(
        incident.tenant().name(),
        incident.network(),
        incident.recording(),
        incident.causes(),
        verdict == null ? null : verdict.cause(),
        verdict == null ? null : verdict.confidence().name().toLowerCase(Locale.ROOT),
        stage.isRight(),
        stage.isResolved());
  }

  /** For people. */
  public String print(Look look) {
    Table table = new Table(look, List.of("network", "was broken", "was found", "", "then"));
    for (Line line : incidents) {
      boolean well = line.broken().isEmpty();
      table.row(
          line.right() && line.resolved(),
          List.of(
              line.tenant() + "/" + line.network(),
              well ? "nothing" : String.join(" or ", line.broken()),
              line.found() == null ? "nothing" : line.found(),
              line.confidence() == null ? "" : line.confidence(),
              line.found() == null ? "" : line.resolved() ? "resolved" : "still open"));
    }
    long right = incidents.stream().filter(Line::right).count();
    return table.print() + "\n" + right + " of " + incidents.size() + " right.\n";
  }
}
