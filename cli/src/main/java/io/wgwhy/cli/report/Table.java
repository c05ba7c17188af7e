package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import java.util.ArrayList;
import java.util.List;

/** Rows whose cells stand below each other, with a sign before each that says how it went. */
public final class Table {
  private final Look look;
  private final List<String> head;
  private final List<Row> rows = new ArrayList<>();

  private record Row(boolean good, List<String> cells) {}

  public Table(Look look, List<String> head) {
    this.look = look;
    this.head = List.copyOf(head);
  }

  /** Adds a row, a cell for each column. */
  public void row(boolean good, List<String> cells) {
    rows.add(new Row(good, cells.stream().map(look::clean).toList()));
  }

  /** The table, each line ended. */
  public String print() {
    StringBuilder text = new StringBuilder();
    text.append("  ").append(look.paint(Ink.BOLD, line(head))).append('\n');
    for (Row row : rows) {
      Sign sign = row.good() ? Sign.FINE : Sign.FAULT;
      text.append(look.paint(row.good() ? Ink.GOOD : Ink.BAD, look.sign(sign)));
      text.append(' ').append(line(row.cells())).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      line.append(FindingLine.padded(cells.get(column), width(column))).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = Wrap.length(head.get(column));
    for (Row row : rows) {
      widest = Math.max(widest, Wrap.length(row.cells().get(column)));
    }
    return widest;
  }
}
