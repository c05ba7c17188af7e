package io.wgwhy.rules.language;

import org.jspecify.annotations.Nullable;

/**
 * What one side of a comparison is.
 *
 * @param type null when it is not known
 * @param property null when it is something else
 * @param binding null when it is something else
 * @param constant null when it is something else
 * @param nullable whether it is a property that may be null
 */
record Side(
    @Nullable Class<?> type,
    @Nullable String property,
    @Nullable String binding,
    @Nullable String constant,
    boolean nullable) {

  Side(
      @Nullable Class<?> type,
      @Nullable String property,
      @Nullable String binding,
      @Nullable String constant) {
    this(type, property, binding, constant, false);
  }
}
