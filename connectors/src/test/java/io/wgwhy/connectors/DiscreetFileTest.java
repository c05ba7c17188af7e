package io.wgwhy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscreetFileTest {
  @TempDir Path folder;

  @Test
  void what_is_made_here_is_not_for_everybody_and_each_line_is_added() throws Exception {
    Path file = folder.resolve("silences.jsonl");
    DiscreetFile.append(file, "one\n");
    DiscreetFile.append(file, "zoë\n");
    assertThat(file).hasContent("one\nzoë\n");
    assertThat(Files.getPosixFilePermissions(file))
        .isSubsetOf(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void what_somebody_else_made_stays_as_he_made_it() throws Exception {
    Path file = Files.writeString(folder.resolve("silences.jsonl"), "one\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    DiscreetFile.append(file, "two\n");
    assertThat(file).hasContent("one\ntwo\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r--");
  }
}
