package io.wgwhy.rules;

/**
 * What is wrong with a file of a rule pack, and what to do about it.
 *
 * @param file the file, or the folder when a file is missing
 * @param line from 1; 0 when it is about the whole file
 */
public record RuleProblem(String file, int line, String message) {

  /** As compilers write it, so that editors find the place. */
  @Override
  public String toString() {
    return (line > 0 ? file + ":" + line : file) + ": " + message;
  }
}
