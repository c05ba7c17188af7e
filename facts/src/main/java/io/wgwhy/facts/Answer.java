package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/** A yes or a no that may not be known. */
public enum Answer {
  YES,
  NO,
  /** Not looked at, not readable, or too old to count. */
  UNKNOWN;

  /** The answer for a value that may be missing: null is {@link #UNKNOWN}. */
  public static Answer of(@Nullable Boolean value) {
    return value == null ? UNKNOWN : value ? YES : NO;
  }

  public boolean yes() {
    return this == YES;
  }

  public boolean no() {
    return this == NO;
  }

  public boolean unknown() {
    return this == UNKNOWN;
  }

  /** YES when either is, NO when both are. */
  public Answer or(Answer other) {
    return this == YES || other == YES ? YES : this == NO && other == NO ? NO : UNKNOWN;
  }

  /** NO when either is, YES when both are. */
  public Answer and(Answer other) {
    return this == NO || other == NO ? NO : this == YES && other == YES ? YES : UNKNOWN;
  }

  public Answer not() {
    return this == YES ? NO : this == NO ? YES : UNKNOWN;
  }
}
