package io.wgwhy.connectors.collect.output;

import org.jspecify.annotations.Nullable;

/** Numbers as tools print them; what is none, or too large for its place, is unknown: null. */
public final class Numbers {
  private Numbers() {}

  /** A whole number of at least zero, in digits only: {@code 42}. */
  public static @Nullable Long count(@Nullable String text) {
    if (text == null
        || text.isEmpty()
        || text.length() > 19
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  /** A count from zero to {@code largest}. */
  public static @Nullable Integer upTo(int largest, @Nullable String text) {
    Long value = count(text);
    return value == null || value > largest ? null : Integer.valueOf(value.intValue());
  }

  /** A port, from 0 (any, or none) to 65535. */
  public static @Nullable Integer port(@Nullable String text) {
    return upTo(65535, text);
  }

  /** A firewall mark, {@code off}, {@code 0xca6c} or decimal. */
  public static @Nullable Integer mark(String text) {
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

  /** A whole number with or without a sign, decimal or not: {@code -5}, {@code 0xca6c}. */
  public static @Nullable Long whole(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Long.decode(text.matches("0\\d+") ? text.replaceFirst("^0+(?=\\d)", "") : text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** The same, where it fits an int. */
  public static @Nullable Integer small(@Nullable String text) {
    Long number = whole(text);
    return number == null || number != number.intValue()
        ? null
        : Integer.valueOf(number.intValue());
  }

  /**
   * A count with a suffix, {@code 987K} (iptables(8): without {@code -x} counts are rounded, in
   * powers of 1000).
   */
  public static @Nullable Long rounded(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int power = "KMGT".indexOf(text.charAt(text.length() - 1)) + 1;
    Long number = whole(power == 0 ? text : text.substring(0, text.length() - 1));
    if (number == null) {
      return null;
    }
    return number * (long) Math.pow(1000, power);
  }
}
