package io.wgwhy.rules.language;

import java.util.List;

/** Goes through the words and signs of a condition. */
final class Cursor {
  private final List<Token> tokens;
  private int next;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The one after the next. */
  Token peekFurther() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /** Takes the sign if it is the next; whether it was. */
  boolean takes(String sign) {
    boolean is = peek().is(sign);
    if (is) {
      take();
    }
    return is;
  }

  void expect(String sign) throws Refused {
    if (!takes(sign)) {
      throw refused(peek(), sign + " is missing before " + peek().text());
    }
  }

  static Refused refused(Token token, String says) {
    return new Refused(token.text(), "\"" + token.text() + "\" is not used here: " + says);
  }
}
