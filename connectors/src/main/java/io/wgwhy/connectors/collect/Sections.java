package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.wg.WgLogParser;
import io.wgwhy.connectors.collect.wg.WgQuickParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text without commands, split into the outputs of commands by what the parsers recognise: as a
 * whole, else by paragraph, else by line.
 */
final class Sections {
  /**
   * @param parser who recognises it; null when nobody does
   * @param firstLine where it begins, from 1
   */
  record Section(@Nullable Parser parser, int firstLine, String text) {}

  /** So many paragraphs and lines are shown to all parsers; nobody pastes more. */
  private static final int MOST_LOOKS = 5_000;

  /** A section that may go on. */
  private static final class Draft {
    final @Nullable Parser parser;
    final int firstLine;
    final StringBuilder text = new StringBuilder();
    int lines;

    Draft(@Nullable Parser parser, int firstLine) {
      this.parser = parser;
      this.firstLine = firstLine;
    }

    void add(int line, List<String> more) {
      while (firstLine + lines < line) {
        text.append('\n');
        lines++;
      }
      more.forEach(it -> text.append(it).append('\n'));
      lines += more.size();
    }

    Section section() {
      return new Section(parser, firstLine, text.toString());
    }
  }

  private final List<Draft> found = new ArrayList<>();
  private int looks;

  private Sections() {}

  /** The sections in order; blank lines between them belong to none. */
  static List<Section> of(String text) {
    List<Parser> whole = Registry.recognising(text);
    List<String> lines = text.lines().toList();
    if (whole.size() == 1 && own(whole.get(0), lines) == lines.size()) {
      return List.of(new Section(whole.get(0), 1, text));
    }
    Sections sections = new Sections();
    int start = 0;
    for (int at = 0; at <= lines.size(); at++) {
      if (at == lines.size() || lines.get(at).isBlank()) {
        sections.paragraph(lines.subList(start, at), start + 1);
        start = at + 1;
      }
    }
    return sections.found.stream().map(Draft::section).toList();
  }

  private List<Parser> recognising(String text) {
    return ++looks > MOST_LOOKS ? List.of() : Registry.recognising(text);
  }

  /**
   * How many of the lines are a parser's own: a paragraph that only another one knows was pasted
   * below without anything between. Logs hold anything.
   */
  static int own(Parser parser, List<String> lines) {
    if (parser instanceof WgLogParser || parser instanceof WgQuickParser) {
      return lines.size();
    }
    int start = 0;
    int looks = 0;
    for (int at = 0; at <= lines.size() && looks < MOST_LOOKS; at++) {
      if (at == lines.size() || lines.get(at).isBlank()) {
        looks++;
        String paragraph = String.join("\n", lines.subList(start, at));
        List<Parser> knowing = start == 0 ? List.of() : Registry.recognising(paragraph);
        if (knowing.size() == 1 && knowing.get(0) != parser) {
          return start;
        }
        start = at + 1;
      }
    }
    return lines.size();
  }

  private void paragraph(List<String> lines, int firstLine) {
    if (lines.isEmpty()) {
      return;
    }
    List<Parser> parsers = recognising(String.join("\n", lines) + "\n");
    if (parsers.size() == 1) {
      add(parsers.get(0), firstLine, lines);
      return;
    }
    // A line that nobody knows continues what came before it in the paragraph.
    Parser current = null;
    int start = 0;
    for (int at = 0; at <= lines.size(); at++) {
      List<Parser> own = at == lines.size() ? List.of() : recognising(lines.get(at));
      boolean turns = !own.isEmpty() && (current == null || !own.contains(current));
      if (at == lines.size() || turns) {
        if (at > start) {
          add(current, firstLine + start, lines.subList(start, at));
        }
        start = at;
        current = own.isEmpty() ? null : own.get(0);
      }
    }
  }

  /** Neighbours of one kind are one output: wg show has blank lines between its peers. */
  private void add(@Nullable Parser parser, int firstLine, List<String> lines) {
    Draft last = found.isEmpty() ? null : found.get(found.size() - 1);
    if (last == null || last.parser != parser) {
      last = new Draft(parser, firstLine);
      found.add(last);
    }
    last.add(firstLine, lines);
  }
}
