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

  /**
   * The report.
   *
   * @param samples differences that are shown of each recording or network
   */
  public static String of(Backtest.Outcome outcome, int samples, Look look) {
    Page page = new Page(look);
    for (Backtest.Row row : outcome.rows()) {
      if (!row.differences().isEmpty()) {
        page.gap();
        page.line(look.paint(Ink.BOLD, look.clean(row.recording())));
        row.differences().stream().limit(samples).forEach(it -> difference(it, page));
        int more = row.differences().size() - samples;
        if (more > 0) {
          page.text(2, Ink.FAINT, more + " more; --samples shows more, --json all");
        }
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
            "%s: %d played, %d new, %d gone, %d changed",
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
            ? "from " + time(said.opened()) + " on"
            : time(said.opened()) + " to " + time(said.resolved());
    return said.cause() + " (" + said.confidence() + ", " + when + ")";
  }

  /** Since the begin: {@code 40 s}, {@code 2 d 03:04:05}. */
  private static String time(double seconds) {
    long all = Math.round(seconds);
    if (all < 3_600) {
      return all + " s";
    }
    String clock = String.format("%02d:%02d:%02d", all / 3_600 % 24, all / 60 % 60, all % 60);
    return all < 86_400 ? clock : all / 86_400 + " d " + clock;
  }
}
