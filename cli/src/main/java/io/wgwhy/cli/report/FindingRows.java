package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Findings as rows: a table for people, CSV for spreadsheets. */
public final class FindingRows {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "tenant",
          "network",
          "state",
          "severity",
          "confidence",
          "cause",
          "tunnel",
          "affected",
          "opened",
          "resolved",
          "title",
          "quiet");

  /** As much of an id as people compare. */
  private static final int ID = 8;

  /** A title that is wider pushes the others off the screen. */
  private static final int TITLE = 60;

  private FindingRows() {}

  /** The head of a CSV file (RFC 4180). */
  public static String csvHead() {
    return String.join(",", COLUMNS);
  }

  /** A line of it, without its end. */
  public static String csv(Row row) {
    List<String> cells = new ArrayList<>();
    for (String cell : cells(row, Look.PLAIN)) {
      cells.add(quoted(cell));
    }
    return String.join(",", cells);
  }

  /** A spreadsheet takes a cell that begins so for a formula, whoever wrote it. */
  private static String quoted(String cell) {
    String safe = cell.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + cell : cell;
    return safe.matches("[\\w.:/ -]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static List<String> cells(Row row, Look look) {
    Finding it = row.finding();
    return List.of(
        it.id(),
        row.tenant(),
        look.clean(it.network()),
        lower(it.state()),
        lower(it.severity()),
        lower(it.confidence()),
        it.cause(),
        Ends.of(it.subject(), look),
        String.valueOf(it.affected()),
        text(it.openedAt()),
        text(it.resolvedAt()),
        look.clean(it.title()),
        look.clean(row.quiet()));
  }

  /** A table of them; whether one is quiet has a column if one is. */
  public static String table(List<Row> rows, Look look) {
    boolean quiet = rows.stream().anyMatch(it -> !it.quiet().isEmpty());
    List<String> head =
        List.of("id", "network", "severity", "sure", "since", "tunnel", "title", "quiet");
    Table table = new Table(look, quiet ? head : head.subList(0, head.size() - 1));
    for (Row row : rows) {
      Finding it = row.finding();
      List<String> cells =
          List.of(
              it.id().substring(0, Math.min(ID, it.id().length())),
              row.tenant() + "/" + it.network(),
              lower(it.severity()),
              lower(it.confidence()),
              it.openedAt().toString().replaceAll("T(\\d\\d:\\d\\d).*", " $1"),
              Ends.of(it.subject(), look),
              Wrap.cut(look.clean(it.title()), TITLE, look.sign(Look.Sign.CUT)),
              Wrap.cut(look.clean(row.quiet()), TITLE, look.sign(Look.Sign.CUT)));
      table.row(
          it.state() == Finding.State.RESOLVED, quiet ? cells : cells.subList(0, cells.size() - 1));
    }
    return table.print();
  }

  /**
   * A finding, and whose it is.
   *
   * @param quiet why nobody is told of it; empty if everybody is
   */
  public record Row(String tenant, Finding finding, String quiet) {}

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable Instant moment) {
    return moment == null ? "" : moment.toString();
  }
}
