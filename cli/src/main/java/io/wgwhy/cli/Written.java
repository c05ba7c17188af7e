package io.wgwhy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A page that goes to a file, or to stdout where none is named. */
final class Written {
  private Written() {}

  static void to(@Nullable Path file, String page, Stdio stdio) {
    if (file == null) {
      stdio.out().print(page);
      return;
    }
    try {
      Files.writeString(file, page);
    } catch (IOException unwritable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write " + file + ": " + unwritable.getMessage());
    }
  }
}
