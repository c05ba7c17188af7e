package io.wgwhy.cli;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Span;
import java.time.Duration;

/** What people write when they try rules out. */
final class TrialOptions {
  private TrialOptions() {}

  /** A length of time: {@code 7d}. */
  static Duration span(String option, String text) {
    try {
      return Span.of(text).length();
    } catch (BadSetting wrong) {
      throw new CannotGoOn(Exit.UNUSABLE, option + " " + text + " " + wrong.getMessage());
    }
  }
}
