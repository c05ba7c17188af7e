package io.wgwhy.rules.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of rules before it is parsed: what could mean something else to a later reader than to the
 * first is refused, and what could exhaust the parser.
 */
public final class SourceText {
  /** 20 times the longest file of the built-in pack. */
  private static final int LONGEST = 256 * 1024;

  /** Of brackets; the built-in rules need three. */
  private static final int DEEPEST = 12;

  /** Texts and comments, in which letters of all languages may stand. */
  private static final Pattern SPOKEN =
      Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern BACKSLASH = Pattern.compile("\\\\(?!\")");
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029&&[^\n\r\t]]");
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]");

  private final String text;
  private final String code;

  SourceText(String text) {
    this.text = text;
    this.code =
        SPOKEN
            .matcher(text)
            .replaceAll(it -> Matcher.quoteReplacement(it.group().replaceAll("[^\n]", " ")));
  }

  /**
   * Checks the characters of a file.
   *
   * @return whether it may be parsed
   */
  public static boolean check(String text, Reporter reporter) {
    return new SourceText(text).check(reporter);
  }

  private boolean check(Reporter reporter) {
    if (text.length() > LONGEST) {
      reporter.problem(
          0, 0, "the file has " + text.length() + " characters: " + LONGEST + " are the most");
      return false;
    }
    boolean good = none(INVISIBLE, text, "a character that nobody sees: take it out", reporter);
    good &= none(BACKSLASH, text, "no backslashes: only \\\" inside of a text", reporter);
    good &=
        none(
            NOT_ASCII,
            code,
            "a letter that is not ASCII, outside of texts: type it anew",
            reporter);
    good &= shallow(reporter);
    return good;
  }

  private boolean none(Pattern pattern, String where, String says, Reporter reporter) {
    Matcher found = pattern.matcher(where);
    if (!found.find()) {
      return true;
    }
    String which = " (U+%04X)".formatted(found.group().codePointAt(0));
    reporter.problem(line(found.start()), column(found.start()), says + which);
    return false;
  }

  private boolean shallow(Reporter reporter) {
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      char sign = code.charAt(i);
      if (sign == '(' || sign == '[' || sign == '{') {
        if (++depth > DEEPEST) {
          reporter.problem(
              line(i), column(i), "brackets in brackets: " + DEEPEST + " are the most");
          return false;
        }
      } else if (sign == ')' || sign == ']' || sign == '}') {
        depth--;
      }
    }
    return true;
  }

  /** How the file is written. */
  Skeleton skeleton() {
    return Skeleton.of(code);
  }

  /** Whether nothing stands there any more. */
  boolean isEnd(int offset) {
    return offset >= code.length();
  }

  /** The place of a character. */
  Place place(int offset) {
    return new Place(line(offset), column(offset));
  }

  /** A place in the file. */
  record Place(int line, int column) {}

  /** Where a word stands first, from a line on, outside of comments. */
  Place find(String word, int fromLine) {
    String bound = "(?<![\\w$.])" + Pattern.quote(word) + "(?!\\w)";
    return search(Pattern.compile(bound), commentless(), fromLine)
        .or(() -> search(Pattern.compile(Pattern.quote(word)), text, fromLine))
        .orElse(new Place(Math.max(fromLine, 0), 0));
  }

  private Optional<Place> search(Pattern word, String in, int fromLine) {
    Matcher found = word.matcher(in);
    int from = start(fromLine);
    return from <= in.length() && found.find(from)
        ? Optional.of(new Place(line(found.start()), column(found.start())))
        : Optional.empty();
  }

  private String commentless() {
    return SPOKEN
        .matcher(text)
        .replaceAll(
            it ->
                Matcher.quoteReplacement(
                    it.group().startsWith("\"")
                        ? it.group()
                        : it.group().replaceAll("[^\n]", " ")));
  }

  private int start(int line) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', offset);
      if (next < 0) {
        return offset;
      }
      offset = next + 1;
    }
    return offset;
  }

  private int line(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(it -> it == '\n').count();
  }

  private int column(int offset) {
    return offset - text.lastIndexOf('\n', Math.max(0, offset - 1) - (offset == 0 ? 1 : 0));
  }
}
