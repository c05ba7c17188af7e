package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import java.util.ArrayList;
import java.util.List;

/** The lines of a report as they come into being. */
final class Page {
  private final Look look;
  private final List<String> lines = new ArrayList<>();

  Page(Look look) {
    this.look = look;
  }

  Look look() {
    return look;
  }

  /** A line as it is, painted already. */
  void line(String text) {
    lines.add(text.stripTrailing());
  }

  /** One blank line, however often it is asked for. */
  void gap() {
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
      lines.add("");
    }
  }

  void heading(String text) {
    gap();
    line("  " + look.paint(Ink.BOLD, text));
  }

  /** Text that begins at {@code indent} and stays there. */
  void text(int indent, Ink ink, String text) {
    text(" ".repeat(indent), Ink.NONE, ink, text);
  }

  /** Text after a label; its further lines begin where the first does. */
  void text(String label, Ink labelInk, Ink ink, String text) {
    int indent = Wrap.length(label);
    String before = look.paint(labelInk, label);
    for (String line : Wrap.lines(look.clean(text), look.width() - indent)) {
      line(before + look.paint(ink, line));
      before = " ".repeat(indent);
    }
  }

  /**
   * A command, ready to paste: alone on its line, never wrapped. What has several lines begins at
   * the left edge, so that a here-document stays one.
   */
  void command(String command) {
    List<String> all = command.stripTrailing().lines().toList();
    String indent = all.size() > 1 ? "" : "      ";
    all.forEach(it -> line(indent + look.paint(Ink.COMMAND, look.clean(it))));
  }

  /** Everything so far. */
  String print() {
    String text = String.join("\n", lines).stripTrailing();
    return text.isEmpty() ? "" : text + "\n";
  }
}
