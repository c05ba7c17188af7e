package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param at when it was started, seconds since the epoch
 * @param command program and arguments
 * @param exit its exit code; 124 when it was ended because it took too long, see timeout(1)
 * @param output what it printed, both streams
 */
public record Ran(double at, List<String> command, int exit, String output) {
  /** Longer than any ping of the catalogue. */
  private static final String LONGEST_SECONDS = "400";

  /** Runs a command on this machine and waits for its end. No shell: arguments stay arguments. */
  static Ran run(List<String> command) {
    double at = System.currentTimeMillis() / 1000.0;
    List<String> limited = new ArrayList<>(List.of("timeout", "-k", "5", LONGEST_SECONDS));
    limited.addAll(command);
    try {
      Process process =
          new ProcessBuilder(limited)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      byte[] printed = process.getInputStream().readAllBytes();
      return new Ran(at, command, process.waitFor(), new String(printed, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + command.get(0));
    }
  }

  /** Itself. Throws {@link LabException} with the command and what it printed when it failed. */
  Ran orFail() {
    if (exit != 0) {
      throw new LabException(String.join(" ", command) + " ended with " + exit + ":\n" + output);
    }
    return this;
  }
}
