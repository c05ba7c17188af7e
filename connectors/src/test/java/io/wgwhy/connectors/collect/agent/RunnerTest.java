package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real programs: small scripts in a folder that stands for the system's. */
@Timeout(20)
class RunnerTest {
  @TempDir Path folder;

  @Test
  void gives_the_exit_code_and_both_streams() throws Exception {
    program("wg", "echo out; echo err >&2; exit 3");
    assertThat(run("wg", "show")).isEqualTo(new Ran(3, "out\nerr\n"));
  }

  @Test
  void a_program_that_is_missing_is_told_as_a_shell_would() throws Exception {
    assertThat(run("wg", "show")).isEqualTo(new Ran(127, "wg: not found\n"));
  }

  @Test
  void a_program_that_cannot_be_started_is_told() throws Exception {
    Path file = program("wg", "");
    Files.writeString(file, "#!/no/such/interpreter\n");
    assertThat(run("wg", "show").exit()).isEqualTo(126);
  }

  @Test
  void one_that_hangs_is_ended_with_all_that_it_started() throws Exception {
    program("wg", "echo begun; /bin/sleep 600 & echo $! > " + folder.resolve("child") + "; wait");
    long begin = System.nanoTime();
    Ran ran = run(new Command(List.of("wg"), Duration.ofMillis(700), 1000));
    assertThat(ran).isEqualTo(new Ran(124, ""));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    String child = Files.readString(folder.resolve("child")).strip();
    for (int i = 0; i < 50 && !List.of("gone", "Z").contains(state(child)); i++) {
      Thread.sleep(100); // It is killed, and on a busy machine not dead yet.
    }
    assertThat(state(child)).isIn("gone", "Z");
  }

  /**
   * Of a reparented one nobody knows any more: whoever reads its pipe would wait for its end. Which
   * of the two comes out is Java's to say: the pipe of one that ended before anybody read from it
   * is closed there, with all that it printed read.
   */
  @Test
  void one_that_leaves_its_pipe_to_another_does_not_take_the_thread_along() throws Exception {
    Path child = folder.resolve("child");
    program("wg", "( /bin/sleep 600 & echo $! > " + child + " ); exit 0");
    try {
      long begin = System.nanoTime();
      Ran ran = run(new Command(List.of("wg"), Duration.ofMillis(700), 1000));
      assertThat(ran).isIn(new Ran(124, ""), new Ran(0, ""));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      new ProcessBuilder("kill", Files.readString(child).strip()).start().waitFor();
    }
  }

  @Test
  void one_that_has_said_all_may_go_on_until_its_limit() throws Exception {
    program("wg", "echo all; exec >&- 2>&-; /bin/sleep 3; exit 4");
    assertThat(run("wg")).isEqualTo(new Ran(4, "all\n"));
  }

  @Test
  void of_one_that_prints_too_much_nothing_is_kept() throws Exception {
    program("wg", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
    Ran ran = run(new Command(List.of("wg"), Duration.ofSeconds(10), 100_000));
    assertThat(ran).isEqualTo(new Ran(125, "wgwhy: more than 100000 bytes, not kept\n"));
  }

  @Test
  void nothing_of_our_environment_is_handed_on() throws Exception {
    program("wg", "/usr/bin/env");
    assertThat(run("wg").output().lines().map(it -> it.replaceFirst("=.*", "")))
        .isSubsetOf("PATH", "LC_ALL", "PWD", "SHLVL", "_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(touch HERE)",
        "`touch HERE`",
        ";touch HERE",
        "x\ntouch HERE",
        "|touch HERE",
        "-n",
        "'",
        "*"
      })
  void an_argument_is_never_read_by_a_shell(String hostile) throws Exception {
    program("wg", "printf '%s|' \"$@\"");
    String argument = hostile.replace("HERE", folder.resolve("pwned").toString());
    assertThat(run("wg", argument, "end").output()).isEqualTo(argument + "|end|");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void a_file_is_read_without_a_process_and_only_a_regular_one() throws Exception {
    Path file = Files.writeString(folder.resolve("wg0.conf"), "[Interface]\n");
    assertThat(run("cat", file.toString())).isEqualTo(new Ran(0, "[Interface]\n"));
    assertThat(run("cat", folder.resolve("none").toString()).output())
        .endsWith("No such file or directory\n");
    Path pipe = folder.resolve("wg1.conf");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(run("cat", pipe.toString()).output()).endsWith("not a regular file\n");
    assertThat(run("cat", folder.toString()).exit()).isEqualTo(1);
  }

  @Test
  void a_name_with_a_path_in_it_is_no_program() throws Exception {
    program("wg", "echo ran");
    Programs programs = new Programs(List.of(folder.resolve("sub")));
    Files.createDirectory(folder.resolve("sub"));
    assertThat(programs.find("wg")).isNull();
  }

  private Ran run(String... words) throws InterruptedException {
    return run(new Command(List.of(words), Duration.ofSeconds(10), 1_000_000));
  }

  private Ran run(Command command) throws InterruptedException {
    try (Runner own = new Runner(new Programs(List.of(folder)))) {
      return own.run(command);
    }
  }

  /** As proc(5) tells it; Z waits for init to take note of its end. */
  private static String state(String process) throws IOException {
    Path stat = Path.of("/proc", process, "stat");
    return Files.exists(stat)
        ? Files.readString(stat).replaceFirst("(?s).*\\) (.).*", "$1")
        : "gone";
  }

  private Path program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
