package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder full of rubbish: each piece gets its line, the good ones among it their diagnosis. */
class BadInputTest {
  private static final List<String> RUBBISH =
      List.of(
          "binary.jsonl",
          "blank.jsonl",
          "cut.jsonl",
          "empty.jsonl",
          "essay.txt",
          "html.html",
          "nested.jsonl",
          "zeros.bin");

  @TempDir Path folder;

  @BeforeEach
  void rubbish() throws IOException {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve("binary.jsonl"), noise);
    Files.write(folder.resolve("zeros.bin"), new byte[5_000]);
    write("blank.jsonl", "\n \n\t\n");
    write("empty.jsonl", "");
    write("cut.jsonl", Files.readString(Samples.BLOCKED).substring(0, 200));
    write("essay.txt", "It does not work since Tuesday.\nPlease help.\n");
    write("html.html", "<html><body>404</body></html>\n");
    write(
        "nested.jsonl", "[".repeat(100_000) + "\n{\"at\": 1e999, \"host\": {}, \"output\": []}\n");
    Files.createDirectory(folder.resolve("a-folder-within"));
  }

  @Test
  void rubbish_alone_is_exit_code_2_with_a_line_for_each() {
    Ran ran = Ran.wgwhy("diagnose", folder.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).contains(RUBBISH).doesNotContain("Exception", "\tat ");
    assertThat(ran.err()).hasLineCount(1).contains("nothing could be read");
  }

  @Test
  void every_piece_is_listed_in_json_too() throws IOException {
    JsonNode unread =
        new ObjectMapper()
            .readTree(Ran.wgwhy("diagnose", "--json", folder.toString()).out())
            .get("unread");

    List<String> inputs = new ArrayList<>();
    unread.forEach(it -> inputs.add(Path.of(it.get("input").asText()).getFileName().toString()));
    assertThat(inputs).containsAll(RUBBISH);
    assertThat(unread)
        .allSatisfy(
            it ->
                assertThat(it.fieldNames())
                    .toIterable()
                    .containsExactly("input", "line", "host", "command", "reason"));
  }

  @Test
  void the_good_one_among_rubbish_is_diagnosed() throws IOException {
    Files.copy(Samples.BLOCKED, folder.resolve("good.jsonl"));

    Ran ran = Ran.wgwhy("diagnose", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("drops WireGuard's packets (confirmed).").contains(RUBBISH);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void good_lines_among_bad_ones_are_diagnosed() throws IOException {
    StringBuilder mixed = new StringBuilder("{\"at\": 1, \"host\":\n");
    for (String line : Files.readAllLines(Samples.BLOCKED)) {
      mixed.append(line).append("\n").append(line, 0, line.length() / 2).append("\nnull\n");
    }
    Path file = write("mixed.jsonl", mixed.toString());

    Ran ran = Ran.wgwhy("diagnose", file.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("(confirmed).", "mixed.jsonl, line 1 and");
  }

  @Test
  void what_hosts_are_called_does_not_reach_the_terminal_as_it_is() throws IOException {
    String hostile =
        Files.readString(Samples.BLOCKED)
            .replace("\"host\": \"srv\"", "\"host\": \"s\\u202er\u001b[31mv\"");
    String sneaky =
        Files.readString(Samples.BLOCKED).replace("\"host\": \"srv\"", "\"host\": \"s\\u202erv\"");

    for (String recording : List.of(hostile, sneaky)) {
      Ran ran = Ran.withInput(recording, "diagnose", "-");

      assertThat(ran.exit()).isLessThanOrEqualTo(2);
      assertThat(ran.out() + ran.err()).doesNotContain("\u202e", "\u001b");
    }
  }

  @Test
  void what_is_compressed_is_told_how_to_be_read() throws IOException {
    Path packed = folder.resolve("ok.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(Samples.BLOCKED, out);
    }

    Ran ran = Ran.wgwhy("diagnose", packed.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).contains("ok.jsonl.gz: it is compressed: unpack it first");
  }

  @Test
  void of_a_folder_what_editors_hide_there_is_left_alone() throws IOException {
    Path seen = Files.createDirectories(folder.resolve("seen"));
    Files.copy(Samples.BLOCKED, seen.resolve("blocked.jsonl"));
    Files.writeString(seen.resolve(".blocked.jsonl.swp"), "b0VIM");

    assertThat(Ran.wgwhy("diagnose", seen.toString()).out())
        .contains("(confirmed)")
        .doesNotContain(".swp");
  }

  @Test
  void a_folder_without_files_says_so() throws IOException {
    Ran ran = Ran.wgwhy("diagnose", folder.resolve("a-folder-within").toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).contains("no file in this folder");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }
}
