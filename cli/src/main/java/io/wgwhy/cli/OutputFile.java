package io.wgwhy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that long work ends in: that it cannot be written is told before the work begins. */
final class OutputFile {
  private OutputFile() {}

  /**
   * What is in it stays, and nothing is left where nothing was.
   *
   * @param option that names it
   */
  static void demand(Path file, String option) {
    boolean there = Files.exists(file);
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!there) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "cannot write to " + file + ": " + why(file) + "; choose another with " + option);
    }
  }

  private static String why(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return folder == null || Files.isDirectory(folder)
        ? "it is not permitted"
        : "there is no folder " + folder;
  }
}
