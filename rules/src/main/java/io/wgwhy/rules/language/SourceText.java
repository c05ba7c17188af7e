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

  /** Four times the longest line of the built-in pack. */
  private static final int LONGEST_LINE = 1000;

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
    return isShort(text, reporter) && new SourceText(text).check(reporter);
  }

  /** Before anything looks into it: patterns go as deep as a text is long. */
  private static boolean isShort(String text, Reporter reporter) {
    if (text.length() > LONGEST) {
      reporter.problem(
          0, 0, "the file has " + text.length() + " characters: " + LONGEST + " are the most");
      return false;
    }
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].length() > LONGEST_LINE) {
        String says = "the line has %d characters: %d are the most; divide it";
        reporter.problem(i + 1, 0, says.formatted(lines[i].length(), LONGEST_LINE));
        return false;
      }
    }
    // One at the end of a line would lead a text on into the next.
    return none(BACKSLASH, text, text, "no backslashes: only \\\" inside of a text", reporter);
  }

  private boolean check(Reporter reporter) {
    boolean good =
        none(INVISIBLE, text, text, "a character that nobody sees: take it out", reporter);
    good &=
        none(
            NOT_ASCII,
            code,
            text,
            "a letter that is not ASCII, outside of texts: type it anew",
            reporter);
    good &= shallow(reporter);
    return good;
  }

  private static boolean none(
      Pattern pattern, String where, String text, String says, Reporter reporter) {
    Matcher found = pattern.matcher(where);
    if (!found.find()) {
      return true;
    }
    String which = " (U+%04X)".formatted(found.group().codePointAt(0));
    reporter.problem(line(text, found.start()), column(text, found.start()), says + which);
    return false;
  }

  private boolean shallow(Reporter reporter) {
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      char sign = code.charAt(i);
      if (sign == '(' || sign == '[' || sign == '{') {
        if (++depth > DEEPEST) {
          reporter.problem(
              line(text, i), column(text, i), "brackets in brackets: " + DEEPEST + " are the most");
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
    return new Place(line(text, offset), column(text, offset));
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
        ? Optional.of(new Place(line(text, found.start()), column(text, found.start())))
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

  private static int line(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(it -> it == '\n').count();
  }

  private static int column(String text, int offset) {
    return offset - text.lastIndexOf('\n', Math.max(0, offset - 1) - (offset == 0 ? 1 : 0));
  }
}
