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
          "title");

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
  public static String csv(String tenant, Finding finding) {
    List<String> cells = new ArrayList<>();
    for (String cell : cells(tenant, finding, Look.PLAIN)) {
      cells.add(quoted(cell));
    }
    return String.join(",", cells);
  }

  /** A spreadsheet takes a cell that begins so for a formula, whoever wrote it. */
  private static String quoted(String cell) {
    String safe = cell.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + cell : cell;
    return safe.matches("[\\w.:/ -]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static List<String> cells(String tenant, Finding it, Look look) {
    return List.of(
        it.id(),
        tenant,
        look.clean(it.network()),
        lower(it.state()),
        lower(it.severity()),
        lower(it.confidence()),
        it.cause(),
        Ends.of(it.subject(), look),
        String.valueOf(it.affected()),
        text(it.openedAt()),
        text(it.resolvedAt()),
        look.clean(it.title()));
  }

  /** A table of them. */
  public static String table(List<Row> rows, Look look) {
    Table table =
        new Table(look, List.of("id", "network", "severity", "sure", "since", "tunnel", "title"));
    for (Row row : rows) {
      Finding it = row.finding();
      table.row(
          it.state() == Finding.State.RESOLVED,
          List.of(
              it.id().substring(0, Math.min(ID, it.id().length())),
              row.tenant() + "/" + it.network(),
              lower(it.severity()),
              lower(it.confidence()),
              it.openedAt().toString().replaceAll("T(\\d\\d:\\d\\d).*", " $1"),
              Ends.of(it.subject(), look),
              Wrap.cut(look.clean(it.title()), TITLE, look.sign(Look.Sign.CUT))));
    }
    return table.print();
  }

  /** A finding, and whose it is. */
  public record Row(String tenant, Finding finding) {}

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable Instant moment) {
    return moment == null ? "" : moment.toString();
  }
}
