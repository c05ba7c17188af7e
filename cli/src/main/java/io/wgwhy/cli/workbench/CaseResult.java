package io.wgwhy.cli.workbench;

import java.nio.file.Path;
import java.util.List;

/**
 * How a case came out.
 *
 * @param name the cause's folder and the file
 * @param failures what is not as the case has it; empty when it passed
 * @param seconds of CPU time that it took; its share, where cases are played together
 */
public record CaseResult(String name, Path file, List<String> failures, double seconds) {

  /** Whether all is as the case has it. */
  public boolean passed() {
    return failures.isEmpty();
  }
}
