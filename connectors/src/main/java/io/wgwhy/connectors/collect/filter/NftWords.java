package io.wgwhy.connectors.collect.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a line of nft, read one after the other; behind the last one they are empty. */
final class NftWords {
  private static final Pattern WORD = Pattern.compile("\"[^\"]*+\"?|[{}]|,|[^\\s{},\"]++");

  private final List<String> words = new ArrayList<>();
  private int at;

  NftWords(String text) {
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
  }

  boolean atEnd() {
    return at >= words.size();
  }

  /** The next word, which stays the next. */
  String peek() {
    return atEnd() ? "" : words.get(at);
  }

  boolean peekIs(String word) {
    return peek().equals(word);
  }

  boolean peekMatches(String pattern) {
    return !atEnd() && peek().matches(pattern);
  }

  String next() {
    return atEnd() ? "" : words.get(at++);
  }

  /** The next word without quotes. */
  String unquoted() {
    return next().replaceAll("^\"|\"$", "");
  }

  void skip(int count) {
    at += count;
  }

  void back() {
    at--;
  }

  /** Skips the words up to one that matches. */
  void skipTo(String pattern) {
    while (!atEnd() && !peek().matches(pattern)) {
      at++;
    }
  }
}
