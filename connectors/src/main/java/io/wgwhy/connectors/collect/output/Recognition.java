package io.wgwhy.connectors.collect.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of which parsers are asked whether it is their command's output.
 *
 * <p>A command is known by how its lines begin: patterns may take their time with the rest, and
 * with blank lines, which one would do for.
 */
public final class Recognition {
  private final String clean;

  private Recognition(String clean) {
    this.clean = clean;
  }

  /** Of a text as it was printed or pasted. */
  public static Recognition of(String text) {
    List<String> lines = new ArrayList<>();
    boolean gap = false;
    for (String line : TextLines.of(text)) {
      boolean blank = line.isBlank();
      if (!blank || !gap) {
        lines.add(blank ? "" : line);
      }
      gap = blank;
    }
    return new Recognition(String.join("\n", lines));
  }

  /** Whether the parser knows it; false, too, where its patterns give the text up. */
  public boolean by(Parser parser) {
    try {
      return parser.recognises(clean);
    } catch (StackOverflowError hostile) {
      // A pattern met a line that nobody writes.
      return false;
    }
  }
}
