package io.wgwhy.cli;

import io.wgwhy.rules.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that somebody names, and that is to be there, or to be made. */
final class Folder {
  private Folder() {}

  static Path demand(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CannotGoOn(Exit.UNUSABLE, "no such folder: " + folder);
    }
    return folder;
  }

  /**
   * One that is to be written into; made where it is not there.
   *
   * @param option that names it
   */
  static void make(Path folder, String option) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "cannot make the folder " + folder + ": choose another with " + option);
    }
    if (!Files.isWritable(folder)) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "cannot write to " + folder + ": choose another with " + option);
    }
  }

  /** One with a rule pack in it, be it right or wrong: else each file would be a problem. */
  static Path demandPack(Path folder) {
    if (!PackFiles.isPack(demand(folder))) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          folder
              + " is no rule pack: that is a folder with <n>-<band>/<cause>/<cause>.drl in it, or"
              + " overlay.yaml. Make one with: wgwhy rules new --pack NAME CAUSE");
    }
    return folder;
  }
}
