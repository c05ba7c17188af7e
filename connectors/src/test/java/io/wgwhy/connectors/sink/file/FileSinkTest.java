package io.wgwhy.connectors.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Again;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.connectors.sink.Sink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  @TempDir Path folder;

  @Test
  void each_notice_is_a_line_and_half_a_line_of_somebody_else_spoils_none() throws Exception {
    Path file = Files.writeString(folder.resolve("alerts.jsonl"), "{\"id\": \"half");
    try (Sink sink = new FileSettings(file).open()) {
      assertThat(sink.deliver(List.of(Notices.opened("f1"), Notices.resolved("f1"))))
          .isEqualTo(Delivery.delivered());
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .startsWith("{\"id\":\"" + Notices.opened("f1").id() + "\",\"event\":\"opened\"")
        .contains(Notices.RUN);
    assertThat(lines.get(2)).contains("\"event\":\"resolved\"");
  }

  @Test
  void a_file_that_was_moved_away_is_begun_anew() throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    try (Sink sink = new FileSettings(file).open()) {
      sink.deliver(List.of(Notices.opened("f1")));
      Files.move(file, folder.resolve("alerts.1"));
      sink.deliver(List.of(Notices.opened("f2")));
      assertThat(Files.readAllLines(file)).hasSize(1);
    }
  }

  @Test
  void it_is_not_for_everybody_to_read_unless_somebody_made_it_so() throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    Path open = Files.createFile(folder.resolve("open.jsonl"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    for (Path it : List.of(file, open)) {
      try (Sink sink = new FileSettings(it).open()) {
        sink.deliver(List.of(Notices.opened("f1")));
      }
    }
    assertThat(Files.getPosixFilePermissions(file))
        .isSubsetOf(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void a_full_disk_is_waited_for() throws Exception {
    try (Sink sink = new FileSettings(Path.of("/dev/full")).open()) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isInstanceOf(Again.class);
    }
  }

  @Test
  void a_folder_that_is_missing_is_told_at_once() {
    FileSettings settings = new FileSettings(folder.resolve("none/alerts.jsonl"));
    assertThatThrownBy(settings::open).isInstanceOf(BadSetting.class);
  }
}
