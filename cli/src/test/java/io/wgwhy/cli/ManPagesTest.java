package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    ManPages.main(new String[] {folder.toString()});
  }

  @Test
  void every_command_has_a_page_and_the_agent_has_its_own() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .contains("wgwhy.1", "wgwhy-diagnose.1", "wgwhy-alert-silence.1", "wgwhy-rules-lint.1")
          .contains("wgwhy-collect.1", "wgwhy-lab-break.1", "wgwhy.bash", "wgwhy-collect.bash");
    }
  }

  @Test
  void a_page_has_what_help_says() throws Exception {
    String page = Files.readString(folder.resolve("wgwhy-alert-silence.1"));
    assertThat(page)
        .contains(".SH NAME\nwgwhy\\-alert\\-silence \\- Tell nobody")
        .contains(".SH SYNOPSIS\nwgwhy alert silence ")
        .contains(".TP\n\\fB\\-\\-host\\fR \\fINAME\\fR\nFindings about tunnels")
        .contains(".SH EXAMPLES\n.RS 2\n.nf\nwgwhy alert silence \\-\\-host srv")
        .contains(".SH EXIT STATUS\n0 done, 2 bad usage");
    assertThat(Files.readString(folder.resolve("wgwhy.1")))
        .contains(".SH COMMANDS\n.TP\n\\fBwgwhy\\-diagnose(1)\\fR");
  }

  /** A line that begins with a dot is a request; of others man(7) would make nothing. */
  @Test
  void no_text_is_taken_for_a_request() throws Exception {
    List<String> known = List.of(".TH ", ".SH ", ".TP", ".PP", ".RS 2", ".RE", ".nf", ".fi");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path page : files.filter(it -> it.toString().endsWith(".1")).toList()) {
        assertThat(Files.readAllLines(page))
            .as(page.toString())
            .allSatisfy(
                line ->
                    assertThat(
                            !(line.startsWith(".") || line.startsWith("'"))
                                || known.stream().anyMatch(line::startsWith))
                        .as(line)
                        .isTrue());
      }
    }
  }
}
