package io.wgwhy.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.facts.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  @TempDir private Path folder;

  private static Observation seen(double at) {
    return new Observation(at, "cli", "ping 10.66.66.1", 0, "1 received", null, null, null);
  }

  @Test
  void who_is_interrupted_while_writing_does_not_close_it_for_others() throws Exception {
    Path file = folder.resolve("seen.jsonl");
    try (Recorder recorder = Recorder.open(file)) {
      Thread.currentThread().interrupt();
      recorder.add(seen(1));
      assertThat(Thread.interrupted()).isTrue();
      recorder.add(seen(2));
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void what_is_there_already_stays_and_only_the_owner_reads_it() throws Exception {
    Path file = folder.resolve("seen.jsonl");
    for (int i = 1; i <= 2; i++) {
      try (Recorder recorder = Recorder.open(file)) {
        recorder.add(seen(i));
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_others_can_read_is_not_appended_to() throws Exception {
    Path file = Files.writeString(folder.resolve("seen.jsonl"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Recorder.open(file))
        .isInstanceOf(Recorder.NotPrivate.class)
        .hasMessageContaining("chmod 600 " + file);
    assertThat(file).isEmptyFile();
  }

  @Test
  void a_link_is_not_followed_nor_anything_but_a_file_written_to() throws Exception {
    Path target = folder.resolve("target");
    Recorder.open(target).close();
    Path link = Files.createSymbolicLink(folder.resolve("seen.jsonl"), target);
    assertThatThrownBy(() -> Recorder.open(link)).isInstanceOf(Recorder.NotPrivate.class);
    assertThatThrownBy(() -> Recorder.open(folder)).isInstanceOf(Recorder.NotPrivate.class);
  }
}
