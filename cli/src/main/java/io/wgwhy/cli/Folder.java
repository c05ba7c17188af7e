package io.wgwhy.cli;

import io.wgwhy.rules.PackFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that somebody names, and that is to be there. */
final class Folder {
  private Folder() {}

  static Path demand(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CannotGoOn(Exit.UNUSABLE, "no such folder: " + folder);
    }
    return folder;
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
