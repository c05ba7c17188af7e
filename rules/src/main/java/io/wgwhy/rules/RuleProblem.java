package io.wgwhy.rules;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a file of a rule pack, and what to do about it.
 *
 * @param file the file, or the folder when a file is missing
 * @param line from 1; 0 when it is about the whole file
 * @param column from 1; 0 when it is about the whole line
 * @param fix null when it needs thought
 */
public record RuleProblem(String file, int line, int column, String message, @Nullable Fix fix) {

  /** What to put in the place of a word, without thinking. */
  public record Fix(String written, String meant) {}

  RuleProblem(String file, int line, String message) {
    this(file, line, 0, message, null);
  }

  /** The same, its file named otherwise. */
  RuleProblem in(String other) {
    return new RuleProblem(other, line, column, message, fix);
  }

  /** Where it is, as compilers write it: {@code file:line:column}. */
  public String place() {
    return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
  }

  /** As compilers write it, so that editors find the place. */
  @Override
  public String toString() {
    return place() + ": " + message;
  }
}
