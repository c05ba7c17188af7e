package io.wgwhy.cli;

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
}
