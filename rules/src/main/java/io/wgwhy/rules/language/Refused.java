package io.wgwhy.rules.language;

import org.jspecify.annotations.Nullable;

/** What is not a condition of ours. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private final String word;
  private final @Nullable String meant;

  Refused(String word, String says) {
    this(word, says, null);
  }

  Refused(String word, String says, @Nullable String meant) {
    super(says);
    this.word = word;
    this.meant = meant;
  }

  /** What the word may have been meant to be; null when nothing comes near. */
  @Nullable String meant() {
    return meant;
  }

  /** The word at fault, as it stands in the rule. */
  String word() {
    return word;
  }
}
