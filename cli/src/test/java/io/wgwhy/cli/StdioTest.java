package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.Look;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StdioTest {

  /** A terminal would obey them: clear the screen, and turn the direction of text. */
  @Test
  void what_is_told_moves_no_cursor() {
    StringWriter err = new StringWriter();
    Stdio stdio =
        new Stdio(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            Look.PLAIN);
    stdio.tell("host \u001b[2J\u009b2J\u202egnp.exe, zoë");

    assertThat(err).hasToString("wgwhy: host \\x1b[2J\\x9b2J\\u202egnp.exe, zoë\n");
  }

  @Test
  void nor_does_json_and_it_says_the_same() throws Exception {
    String name = "a\u001b[2J\u009b2J\u007f\u202eb 😀 zoë \ud800";
    String json = JsonText.line(Map.of("host", name), Look.PLAIN);

    assertThat(json).doesNotContain("\u001b", "\u009b", "\u007f", "\u202e").contains("😀 zoë");
    assertThat(new ObjectMapper().readTree(json).get("host").asText()).isEqualTo(name);
  }

  @Test
  void the_locale_decides_whether_more_than_ascii_is_printed() {
    assertThat(Stdio.isUtf8(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
    assertThat(Stdio.isUtf8(Map.of("LANG", "C.utf8"))).isTrue();
    assertThat(Stdio.isUtf8(Map.of("LANG", "C.UTF-8", "LC_ALL", "C"))).isFalse();
    assertThat(Stdio.isUtf8(Map.of("LANG", "C", "LC_CTYPE", "en_US.UTF-8"))).isTrue();
    assertThat(Stdio.isUtf8(Map.of("LANG", "C.UTF-8", "LC_ALL", ""))).isTrue();
    assertThat(Stdio.isUtf8(Map.of())).isFalse();
  }
}
