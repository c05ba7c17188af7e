package io.wgwhy.connectors.collect.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one command printed when it was run several times, one output below the other: each tells of
 * its own target.
 */
public final class Runs {
  private Runs() {}

  /**
   * The lines of each run; what stands before the first beginning belongs to it.
   *
   * @param begins whether a line is the first of a run
   */
  public static List<List<String>> of(String output, Predicate<String> begins) {
    List<List<String>> runs = new ArrayList<>();
    List<String> run = new ArrayList<>();
    boolean begun = false;
    for (String line : TextLines.of(output)) {
      boolean first = begins.test(line);
      if (first && begun) {
        runs.add(run);
        run = new ArrayList<>();
      }
      begun |= first;
      run.add(line);
    }
    runs.add(run);
    return runs;
  }
}
