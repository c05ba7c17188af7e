package io.wgwhy.connectors.collect;

import org.jspecify.annotations.Nullable;

/** Numbers as tools print them; null for what is none. */
final class Numbers {
  private Numbers() {}

  /** {@code 42}, {@code 0xca6c}. */
  static @Nullable Long whole(@Nullable String text) {
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
  static @Nullable Integer small(@Nullable String text) {
    Long number = whole(text);
    return number == null || number != number.intValue()
        ? null
        : Integer.valueOf(number.intValue());
  }

  /** A port number. */
  static @Nullable Integer port(@Nullable String text) {
    Integer number = small(text);
    return number == null || number < 0 || number > 65535 ? null : number;
  }

  /**
   * A count with a suffix, {@code 987K} (iptables(8): without {@code -x} counts are rounded, in
   * powers of 1000).
   */
  static @Nullable Long rounded(String text) {
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
