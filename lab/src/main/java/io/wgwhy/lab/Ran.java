package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param at when it was started, seconds since the epoch
 * @param command program and arguments
 * @param exit its exit code; 124 when it was ended because it took too long, as timeout(1) has it
 * @param output what it printed, both streams
 */
public record Ran(double at, List<String> command, int exit, String output) {
  private static final int TOO_LONG = 124;
  private static final long LONGEST_SECONDS = 400;

  /** Runs a command on this machine and waits for its end. No shell: arguments stay arguments. */
  static Ran run(List<String> command) {
    double at = System.currentTimeMillis() / 1000.0;
    Path printed = null;
    try {
      // Into a file: a daemon that the command leaves behind would hold a pipe open for ever.
      printed = Files.createTempFile("wgwhy-lab-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(printed.toFile())
              .start();
      int exit = TOO_LONG;
      if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        exit = process.exitValue();
      } else {
        process.destroyForcibly();
      }
      return new Ran(at, command, exit, Files.readString(printed, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + command.get(0));
    } finally {
      if (printed != null) {
        Folder.delete(printed);
      }
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
