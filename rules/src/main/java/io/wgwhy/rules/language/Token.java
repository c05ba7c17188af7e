package io.wgwhy.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word or sign of a condition.
 *
 * @param text as written
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** A property, a keyword, or a part of a constant's name. */
    WORD,
    /** {@code $id}. */
    BINDING,
    NUMBER,
    TEXT,
    SIGN,
    /** Nothing more comes. */
    END,
    /** What a condition has no use for. */
    UNKNOWN
  }

  private static final Pattern NEXT =
      Pattern.compile(
          "\\s*(?:(?<binding>\\$[A-Za-z_]\\w*)|(?<word>[A-Za-z_]\\w*)|(?<number>\\d+(?:\\.\\d+)?[lLfFdD]?)"
              + "|(?<text>\"(?:\\\\\"|[^\"\\\\])*\")|(?<sign>==|!=|!\\.|<=|>=|\\|\\||&&|[<>().,:+*-])"
              + "|(?<unknown>\\S))");

  boolean is(String sign) {
    return text.equals(sign) && (kind == Kind.SIGN || kind == Kind.WORD);
  }

  static List<Token> of(String condition) {
    List<Token> all = new ArrayList<>();
    Matcher next = NEXT.matcher(condition);
    while (next.lookingAt()) {
      for (Kind kind : Kind.values()) {
        String text = kind == Kind.END ? null : next.group(kind.name().toLowerCase(Locale.ROOT));
        if (text != null) {
          all.add(new Token(kind, text));
        }
      }
      next.region(next.end(), condition.length());
    }
    all.add(new Token(Kind.END, "the end"));
    return all;
  }
}
