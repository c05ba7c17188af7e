package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandTest {
  private static final long MIB = 1 << 20;

  @Test
  void as_many_networks_are_kept_ready_as_the_heap_has_room_for_at_64_kb_each() {
    assertThat(EngineCommand.sessions(512 * MIB)).isEqualTo(1024);
    assertThat(EngineCommand.sessions(4096 * MIB)).isEqualTo(8192);
    assertThat(1024L * Topics.PARTITIONS * 64 * 1024).as("all of the heap").isEqualTo(512 * MIB);
  }

  @Test
  void fewer_than_500_would_be_rebuilt_again_and_again() {
    assertThat(EngineCommand.sessions(250 * MIB)).isEqualTo(500);
    assertThat(EngineCommand.sessions(251 * MIB)).isEqualTo(502);
    assertThat(EngineCommand.sessions(64 * MIB)).isEqualTo(500);
    assertThat(EngineCommand.sessions(0)).isEqualTo(500);
  }

  @Test
  void a_heap_without_a_bound_is_none() {
    assertThat(EngineCommand.sessions(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  /** A process of its own: it is ended by SIGTERM, as systemd and containers do it. */
  @Tag("slow")
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(120)
  @Test
  void an_engine_that_is_stopped_leaves_no_temporary_folder_behind(@TempDir Path temporary)
      throws Exception {
    try (TestBroker broker = TestBroker.open().start()) {
      Process engine = engine(temporary, broker.bootstrapServers());
      try {
        assertThat(engine.inputReader().readLine()).isEqualTo(broker.bootstrapServers());
        assertThat(folders(temporary)).as("while it runs").hasSize(1);
        engine.destroy();
        assertThat(engine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.exitValue()).isZero();
        assertThat(folders(temporary)).isEmpty();
      } finally {
        engine.destroyForcibly();
      }
    }
  }

  private static Process engine(Path temporary, String server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "engine",
            "--bootstrap-server",
            server)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<Path> folders(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(it -> it.getFileName().toString().startsWith("wgwhy-engine")).toList();
    }
  }
}
