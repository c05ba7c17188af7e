package io.wgwhy.cli.report;

/**
 * Makes characters visible that a terminal would obey: control characters, and the invisible ones
 * that turn the direction of text. Host names and outputs come from anywhere.
 */
final class Clean {
  private Clean() {}

  static String of(String text, boolean unicode) {
    if (text.codePoints().allMatch(it -> isHarmless(it, unicode))) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            it -> {
              if (isHarmless(it, unicode)) {
                clean.appendCodePoint(it);
              } else if (it < 0x100) {
                clean.append(String.format("\\x%02x", it));
              } else {
                clean.append(String.format("\\u%04x", it));
              }
            });
    return clean.toString();
  }

  /**
   * The same of JSON, which stays the same to who reads it: there is nothing of it in its syntax.
   */
  static String json(String text) {
    if (text.codePoints().allMatch(it -> it == '\n' || isHarmless(it, true))) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            it -> {
              if (it == '\n' || isHarmless(it, true)) {
                clean.appendCodePoint(it);
              } else {
                for (char part : Character.toChars(it)) {
                  clean.append(String.format("\\u%04x", (int) part));
                }
              }
            });
    return clean.toString();
  }

  private static boolean isHarmless(int character, boolean unicode) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return unicode
        && switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
