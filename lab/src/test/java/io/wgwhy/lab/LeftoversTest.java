package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lab whose owner was killed leaves nothing: no namespace, no process, no file. */
@Tag("slow")
class LeftoversTest {
  /** The process that is killed. */
  static final class Owner {
    public static void main(String[] args) throws Exception {
      try (OwnFolder folder = OwnFolder.create();
          Lab lab = Lab.build(Topology.homeOffice())) {
        Files.writeString(folder.path().resolve("log"), "what a broker keeps");
        lab.apply();
        lab.serve("traffic", lab.host(Topology.CLI), List.of("ping", "-n", "-q", "10.66.66.1"));
        System.out.println(lab.folder().getFileName());
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      }
    }
  }

  @Test
  void nothing_is_left_after_a_kill() throws Exception {
    Able.orSkip();
    Process owner = start();
    String name = owner.inputReader().readLine();
    assertThat(namespaces()).anyMatch(it -> it.startsWith(name + "-"));
    List<Long> processes = processes(name);
    assertThat(processes).isNotEmpty();

    assertThat(Leftovers.sweep()).as("a lab whose owner lives").doesNotContain(name);
    Path others = Folder.of(Lab.OWNED + owner.pid() + "-0");
    assertThat(others).exists();
    owner.destroyForcibly().waitFor();
    assertThat(Leftovers.sweep()).contains(name);
    assertThat(others).doesNotExist();

    assertThat(namespaces()).noneMatch(it -> it.startsWith(name + "-"));
    assertThat(Folder.of(name)).doesNotExist();
    for (Long process : processes) {
      assertThat(isGone(process)).as("process %d", process).isTrue();
    }
  }

  @Test
  void who_is_asked_to_end_takes_everything_with_him() throws Exception {
    Able.orSkip();
    Process owner = start();
    String name = owner.inputReader().readLine();
    List<Long> processes = processes(name);
    assertThat(processes).isNotEmpty();

    owner.destroy();
    owner.waitFor();

    assertThat(namespaces()).noneMatch(it -> it.startsWith(name + "-"));
    assertThat(Folder.of(name)).doesNotExist();
    assertThat(Folder.of(Lab.OWNED + owner.pid() + "-0")).doesNotExist();
    for (Long process : processes) {
      assertThat(isGone(process)).as("process %d", process).isTrue();
    }
  }

  @Test
  void a_lab_that_is_killed_while_it_is_built_leaves_nothing() throws Exception {
    Able.orSkip();
    Process owner = start();
    Path folder = Folder.of(Lab.OWNED + owner.pid() + "-1");
    for (int i = 0; i < 500 && !namespaces().contains(folder.getFileName() + "-transit"); i++) {
      Thread.sleep(20);
    }
    owner.destroyForcibly().waitFor();
    Thread.sleep(200); // A command that it had started may end a little later.

    Leftovers.sweep();
    assertThat(namespaces()).noneMatch(it -> it.startsWith(folder.getFileName() + "-"));
    assertThat(folder).doesNotExist();
  }

  private static Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", path, Owner.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> namespaces() {
    return Ran.run(List.of("ip", "netns", "list"))
        .orFail()
        .output()
        .lines()
        .map(line -> line.split(" ")[0])
        .toList();
  }

  private static List<Long> processes(String lab) {
    return namespaces().stream()
        .filter(it -> it.startsWith(lab + "-"))
        .flatMap(it -> Ran.run(List.of("ip", "netns", "pids", it)).output().lines())
        .map(String::strip)
        .map(Long::valueOf)
        .toList();
  }

  /** Gone, or ended and not yet collected by whoever inherited it. */
  private static boolean isGone(long process) throws Exception {
    for (int i = 0; i < 50; i++) {
      Path status = Path.of("/proc", Long.toString(process), "status");
      try {
        if (!Files.exists(status) || Files.readString(status).contains("State:\tZ")) {
          return true;
        }
      } catch (IOException gone) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }
}
