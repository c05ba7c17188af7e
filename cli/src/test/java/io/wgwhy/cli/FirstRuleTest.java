package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial, to the letter, in an empty folder: each file is written, each command is run in a
 * process of its own, each output is as the page has it. {@code -Drefresh=true} writes the outputs
 * into the page.
 */
@Tag("slow")
class FirstRuleTest {
  private static final Path PAGE = Path.of("..", "docs", "first-rule.md");
  private static final String FENCE = "```";

  @TempDir Path folder;

  @Test
  void the_tutorial_works_as_it_is_written() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path work = Files.createDirectories(folder.resolve("work"));
    install(bin.resolve("wgwhy"));
    String page = Files.readString(PAGE);

    String played = play(page.lines().toList(), bin, work);
    if (Boolean.getBoolean("refresh")) {
      Files.writeString(PAGE, played);
    }

    assertThat(timeless(played)).isEqualTo(timeless(Files.readString(PAGE)));
  }

  /** The page with the outputs of today. */
  private static String play(List<String> lines, Path bin, Path work) throws Exception {
    List<String> played = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String fence = lines.get(i);
      played.add(fence);
      if (!fence.startsWith(FENCE)) {
        continue;
      }
      List<String> block = new ArrayList<>();
      while (!lines.get(++i).equals(FENCE)) {
        block.add(lines.get(i));
      }
      String[] words = fence.substring(FENCE.length()).split(" ");
      if (words[0].equals("console")) {
        for (String line : block) {
          if (line.startsWith("$ ")) {
            played.add(line);
            run(line.substring(2), bin, work).lines().forEach(played::add);
          }
        }
      } else {
        write(work.resolve(words[1]), block);
        played.addAll(block);
      }
      played.add(FENCE);
    }
    return String.join("\n", played) + "\n";
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  private static String run(String command, Path bin, Path work) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.directory(work.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static void install(Path launcher) throws IOException {
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' io.wgwhy.cli.Main \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private static String timeless(String page) {
    return page.replaceAll("\\d+\\.\\d s\\b", "… s");
  }
}
