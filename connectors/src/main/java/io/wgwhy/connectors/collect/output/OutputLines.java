package io.wgwhy.connectors.collect.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of an output, without what terminals and editors leave in a paste. */
public final class OutputLines {
  /** Colours and cursor movements (ECMA-48), and control characters other than the tab. */
  private static final Pattern TERMINAL =
      Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|[\\x00-\\x08\\x0b-\\x1f\\x7f\\ufeff]");

  /** No command prints a longer line for people to read. What follows is no line of it. */
  private static final int LONGEST = 1 << 18;

  private OutputLines() {}

  /** The lines in order; line n of the output is element n - 1. */
  public static List<String> of(String output) {
    List<String> lines = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      String cut = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
      lines.add(isText(cut) ? cut : TERMINAL.matcher(plain(cut)).replaceAll(""));
    }
    return lines;
  }

  /** As nearly all lines are; and who looks what an output is asks some eighty times. */
  private static boolean isText(String line) {
    for (int i = 0; i < line.length(); i++) {
      char it = line.charAt(i);
      if (it != '\t' && (it < ' ' || it > '~')) {
        return false;
      }
    }
    return true;
  }

  /** What editors make of blanks and quotes; no command prints them so. */
  private static String plain(String line) {
    return line.replace('\u00a0', ' ')
        .replace('\u2018', '\'')
        .replace('\u2019', '\'')
        .replace('\u201c', '"')
        .replace('\u201d', '"');
  }
}
