package io.wgwhy.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardFindingsTest {
  @TempDir Path folder;

  @Test
  void what_is_kept_is_not_for_everybody_to_read() throws Exception {
    Path file = folder.resolve("lane-1-findings.jsonl");
    try (HeardFindings heard = HeardFindings.keptIn(file)) {
      heard.note("broken");
    }
    assertThat(file).content().contains("\"done\":\"broken\"");
    assertThat(Files.getPosixFilePermissions(file))
        .isSubsetOf(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void what_an_earlier_run_kept_is_gone() throws Exception {
    Path file = Files.writeString(folder.resolve("lane-1-findings.jsonl"), "long ".repeat(99));
    try (HeardFindings heard = HeardFindings.keptIn(file)) {
      heard.note("healed");
    }
    assertThat(file).content().doesNotContain("long").endsWith("}\n");
  }

  @Test
  void nothing_is_kept_unless_asked_for() {
    try (HeardFindings heard = HeardFindings.keptIn(null)) {
      heard.note("broken");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
