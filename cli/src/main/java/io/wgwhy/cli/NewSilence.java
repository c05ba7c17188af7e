package io.wgwhy.cli;

import io.wgwhy.connectors.sink.dispatch.Silence;
import io.wgwhy.connectors.sink.dispatch.Silences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.UUID;

/** A silence that somebody has asked for, on its way into the file of silences. */
final class NewSilence {
  private static final int ID_LENGTH = 8;

  private NewSilence() {}

  /** A name for one. */
  static String id() {
    return UUID.randomUUID().toString().substring(0, ID_LENGTH);
  }

  /** Writes it, prints its id, and says so if nobody but the writer may be able to read it. */
  static void write(Path file, Silence silence, Stdio stdio) throws IOException {
    boolean there = Files.exists(file);
    Silences.write(file, silence);
    stdio.out().println(silence.id());
    if (!there) {
      checkReader(file, stdio);
    }
  }

  /** Whoever tells of findings has to read it, and that is who its folder was made for. */
  private static void checkReader(Path file, Stdio stdio) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    UserPrincipal reader = Files.getOwner(folder);
    if (!Files.getOwner(file).equals(reader)) {
      stdio.tell(
          "it holds once wgwhy alert can read "
              + file
              + ": if that runs as "
              + reader.getName()
              + ", chown "
              + reader.getName()
              + " "
              + file);
    }
  }
}
