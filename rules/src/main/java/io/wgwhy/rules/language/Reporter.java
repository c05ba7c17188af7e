package io.wgwhy.rules.language;

import org.jspecify.annotations.Nullable;

/** Takes what is wrong with a file of rules. */
@FunctionalInterface
public interface Reporter {

  /**
   * Takes one problem.
   *
   * @param line from 1; 0 when it is about the whole file
   * @param column from 1; 0 when it is about the whole line
   * @param says what is wrong, and what to do
   * @param written the word that stands there; null when it is not about a word
   * @param meant what it may have been meant to be; null when nothing comes near
   */
  void problem(int line, int column, String says, @Nullable String written, @Nullable String meant);

  /** Takes a problem that is not about a word. */
  default void problem(int line, int column, String says) {
    problem(line, column, says, null, null);
  }
}
