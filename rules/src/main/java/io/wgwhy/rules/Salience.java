package io.wgwhy.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the diagnostic order into rules: the first cause fires first. Reckoned from band and place
 * alone, so that packs compiled at different times fall into one order.
 */
final class Salience {
  /** The symptoms come before all causes. */
  static final int VOCABULARY = 1_000_000;

  static final int BANDS = 100;
  static final int PLACES = 1000;

  /** What matters of DRL for finding where a rule's head ends: texts, comments and four words. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|//[^\n]*|/\\*.*?\\*/|\\b(?:rule|when|then|end)\\b",
          Pattern.DOTALL);

  private enum Part {
    OUTSIDE,
    HEAD,
    WHEN,
    THEN
  }

  private Salience() {}

  /**
   * The salience of a cause's rules.
   *
   * @param nth counts the causes that have band and place in common, from 0
   */
  static int of(int band, int place, int nth) {
    return -((band * PLACES + place) * PLACES + Math.min(nth, PLACES - 1));
  }

  /** The same rules with their salience; each stays on its line. */
  static String written(int salience, String drl) {
    StringBuilder out = new StringBuilder();
    Part part = Part.OUTSIDE;
    Matcher token = TOKEN.matcher(drl);
    while (token.find()) {
      String word = token.group();
      String before = "";
      if (part == Part.OUTSIDE && word.equals("rule")) {
        part = Part.HEAD;
      } else if (part == Part.HEAD && (word.equals("when") || word.equals("then"))) {
        before = "salience " + salience + " ";
        part = word.equals("when") ? Part.WHEN : Part.THEN;
      } else if (part == Part.WHEN && word.equals("then")) {
        part = Part.THEN;
      } else if (part == Part.THEN && word.equals("end")) {
        part = Part.OUTSIDE;
      }
      token.appendReplacement(out, Matcher.quoteReplacement(before + word));
    }
    return token.appendTail(out).toString();
  }
}
