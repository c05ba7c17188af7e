package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCommandTest {
  @TempDir Path folder;

  @Test
  void what_is_found_stands_beside_what_was_broken() throws IOException {
    copy("srv-fw-nft-policy-drop");

    Ran ran = Ran.wgwhy("matrix", folder.toString());

    assertThat(ran.out())
        .contains(
            "| srv-fw-nft-policy-drop | udp-port-blocked-by-host-firewall |"
                + " ✓ udp-port-blocked-by-host-firewall (confirmed) |");
  }

  @Test
  void a_cause_that_is_confirmed_and_wrong_cannot_be_overlooked() throws IOException {
    copy("srv-fw-nft-policy-drop");
    Files.writeString(
        folder.resolve("srv-fw-nft-policy-drop.truth.json"),
        "{\"broken\": true, \"causes\": [\"mtu-too-large\"]}");

    Ran ran = Ran.wgwhy("matrix", folder.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("| ‼ udp-port-blocked-by-host-firewall (confirmed) |");
  }

  @Test
  void healthy_tunnels_of_which_nothing_is_said_are_as_they_should_be() throws IOException {
    copy("healthy-active");
    Path page = folder.resolve("page.md");

    Ran ran = Ran.wgwhy("matrix", "-o", page.toString(), folder.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(page).content().contains("| healthy-active | nothing: healthy | – | – | – |");
  }

  @Test
  void a_folder_without_truths_is_bad_usage() {
    Ran ran = Ran.wgwhy("matrix", folder.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("truth.json");
    assertThat(Ran.wgwhy("matrix", folder.resolve("none").toString()).err())
        .contains("no such folder");
  }

  @Test
  void a_page_that_cannot_be_written_is_told_before_the_work() throws IOException {
    Files.writeString(folder.resolve("bad.jsonl"), "");
    Files.writeString(folder.resolve("bad.truth.json"), "no JSON: who reads it fails");

    Ran ran =
        Ran.wgwhy("matrix", "-o", folder.resolve("none/page.md").toString(), folder.toString());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("there is no folder", "-o");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void nothing_is_left_where_no_page_was_made() {
    Path page = folder.resolve("page.md");

    assertThat(Ran.wgwhy("matrix", "-o", page.toString(), folder.toString()).exit()).isEqualTo(2);
    assertThat(page).doesNotExist();
  }

  private void copy(String recording) throws IOException {
    for (String ending : new String[] {".jsonl", ".truth.json"}) {
      Files.copy(
          Samples.RECORDINGS.resolve(recording + ending), folder.resolve(recording + ending));
    }
  }
}
