package io.wgwhy.connectors.collect;

import org.jspecify.annotations.Nullable;

/** Digits as commands print them: what is no number, or too large for its place, is unknown. */
final class Digits {
  private Digits() {}

  /** A whole number of at least zero; null when it is none. */
  static @Nullable Long count(String text) {
    if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  /** A whole number from zero to {@code largest}; null when it is none. */
  static @Nullable Integer upTo(int largest, String text) {
    Long value = count(text);
    return value == null || value > largest ? null : Integer.valueOf(value.intValue());
  }

  /** A UDP port; null when it is none. */
  static @Nullable Integer port(String text) {
    return upTo(65535, text);
  }

  /** A firewall mark, {@code off}, {@code 0xca6c} or decimal; null when it is none. */
  static @Nullable Integer mark(String text) {
    if (text.equals("off")) {
      return 0;
    }
    if (!text.startsWith("0x")) {
      return upTo(Integer.MAX_VALUE, text);
    }
    try {
      return Integer.valueOf(text.substring(2), 16);
    } catch (NumberFormatException noMark) {
      return null;
    }
  }
}
