package io.wgwhy.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between words. */
final class Wrap {
  private Wrap() {}

  /** Lines of at most {@code width} characters; a word that is longer is broken, too. */
  static List<String> lines(String text, int width) {
    return lines(text, width, width);
  }

  /**
   * @param first width of the first line
   * @param rest width of the others
   */
  static List<String> lines(String text, int first, int rest) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int width = first;
    for (String next : text.strip().split("\\s+")) {
      String word = next;
      if (line.length() > 0 && length(line) + 1 + length(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
        width = rest;
      }
      while (line.length() == 0 && length(word) > width) {
        int end = word.offsetByCodePoints(0, width);
        lines.add(word.substring(0, end));
        word = word.substring(end);
        width = rest;
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  static int length(CharSequence text) {
    return (int) text.codePoints().count();
  }

  /** The text, cut to {@code width}. */
  static String cut(String text, int width, String sign) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - length(sign))) + sign;
  }
}
