package io.wgwhy.connectors.collect.output;

import java.util.List;

/**
 * The lines of an output that is made for people. None of these commands prints lines of thousands
 * of characters; whoever sends them wants patterns to take their time.
 */
public final class TextLines {
  private static final int LONGEST = 2000;

  private TextLines() {}

  /** The lines in order, long ones cut; line n of the output is element n - 1. */
  public static List<String> of(String output) {
    return OutputLines.of(output).stream()
        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line)
        .toList();
  }
}
