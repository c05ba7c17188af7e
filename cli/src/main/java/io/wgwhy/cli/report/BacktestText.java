package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.cli.workbench.Backtest;
import io.wgwhy.cli.workbench.Backtest.Difference;
import io.wgwhy.cli.workbench.Backtest.Said;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What rules would have said, beside what is said today, for people. */
public final class BacktestText {
  private BacktestText() {}

  /** The report. */
  public static String of(Backtest.Outcome outcome, Look look) {
    Page page = new Page(look);
    for (Backtest.Row row : outcome.rows()) {
      if (!row.differences().isEmpty()) {
        page.gap();
        page.line(look.paint(Ink.BOLD, look.clean(row.recording())));
        row.differences().forEach(it -> difference(it, page));
      }
    }
    outcome.unread().forEach((file, why) -> page.text(2, Ink.DOUBT, file + ": " + why));
    page.gap();
    Map<String, Integer> counts = new TreeMap<>();
    outcome.rows().stream()
        .flatMap(it -> it.differences().stream())
        .forEach(it -> counts.merge(kind(it), 1, Integer::sum));
    page.text(
        0,
        Ink.NONE,
        String.format(
            Locale.ROOT,
            "%s: %d recordings, %d new, %d gone, %d changed",
            outcome.pack(),
            outcome.rows().size(),
            counts.getOrDefault("new", 0),
            counts.getOrDefault("gone", 0),
            counts.getOrDefault("changed", 0)));
    page.text(
        0,
        Ink.FAINT,
        String.format(
            Locale.ROOT,
            "%d facts of %.0f s, judged in %.1f s: %.0f times real time",
            outcome.facts(),
            outcome.dataSeconds(),
            outcome.cpuSeconds(),
            outcome.speed()));
    return page.print();
  }

  private static String kind(Difference it) {
    return it.before() == null ? "new" : it.now() == null ? "gone" : "changed";
  }

  private static void difference(Difference it, Page page) {
    Look look = page.look();
    String kind = kind(it);
    Ink ink = kind.equals("new") ? Ink.BAD : kind.equals("gone") ? Ink.GOOD : Ink.DOUBT;
    String says =
        it.before() == null
            ? words(it.now())
            : it.now() == null
                ? words(it.before())
                : words(it.before()) + " " + look.sign(Sign.TO) + " " + words(it.now());
    page.text("  " + FindingLine.padded(kind, 8), ink, Ink.NONE, says);
  }

  private static String words(@Nullable Said said) {
    if (said == null) {
      return "";
    }
    String when =
        said.resolved() == null
            ? String.format(Locale.ROOT, "from %.0f s on", said.opened())
            : String.format(Locale.ROOT, "%.0f s to %.0f s", said.opened(), said.resolved());
    return said.cause() + " (" + said.confidence() + ", " + when + ")";
  }
}
