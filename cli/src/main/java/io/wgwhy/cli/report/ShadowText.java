package io.wgwhy.cli.report;

import io.wgwhy.cli.publish.Shadow;
import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.workbench.Backtest.Said;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a pack would say on live traffic, for people. */
public final class ShadowText {
  private ShadowText() {}

  /** What came or went just now, by this host's clock. */
  public static String event(Shadow.Event it, Look look) {
    Page page = new Page(look);
    Said was = it.difference().before();
    Said is = it.difference().now();
    String says =
        switch (it.kind()) {
          case WOULD_OPEN -> words(is);
          case WOULD_NOT_SAY -> words(was);
          case WOULD_CHANGE -> words(was) + " -> " + words(is);
          case SAME_AGAIN -> words(is == null ? was : is);
        };
    Ink ink =
        switch (it.kind()) {
          case WOULD_OPEN -> Ink.BAD;
          case WOULD_NOT_SAY -> Ink.DOUBT;
          case WOULD_CHANGE -> Ink.DOUBT;
          case SAME_AGAIN -> Ink.GOOD;
        };
    page.text(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + FindingLine.padded(kind(it.kind().name()), 14),
        ink,
        Ink.NONE,
        it.tenant() + "/" + it.network() + ": " + says);
    return page.print();
  }

  /** The sum by tenant. */
  public static String sum(
      String pack, long facts, Map<String, Map<String, Integer>> tenants, Look look) {
    Page page = new Page(look);
    tenants.forEach(
        (tenant, counts) ->
            page.text(
                2,
                Ink.NONE,
                tenant
                    + ": "
                    + counts.entrySet().stream()
                        .map(it -> kind(it.getKey()) + " " + it.getValue())
                        .collect(Collectors.joining(", "))));
    page.text(
        0,
        Ink.NONE,
        pack + ": " + facts + " facts, " + (tenants.isEmpty() ? "nothing differed" : "see above"));
    return page.print();
  }

  private static String kind(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String words(@Nullable Said said) {
    return said == null ? "" : said.cause() + " (" + said.confidence() + "): " + said.title();
  }
}
