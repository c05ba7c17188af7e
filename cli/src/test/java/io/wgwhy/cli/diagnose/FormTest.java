package io.wgwhy.cli.diagnose;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTest {

  @Test
  void a_recording_is_what_begins_like_observations() {
    assertThat(form("{\"at\": 1, \"host\": \"a\"", "x.txt")).isEqualTo(Form.RECORDING);
    assertThat(form("\n garbage\n{ \"host\" : \"a\"", "x")).isEqualTo(Form.RECORDING);
  }

  @Test
  void json_of_other_programs_is_text() {
    assertThat(form("{\"nftables\": []}", "x")).isEqualTo(Form.TEXT);
    assertThat(form("[{\"ifindex\": 1}]", "x")).isEqualTo(Form.TEXT);
  }

  @Test
  void a_name_is_believed_when_the_content_says_nothing() {
    assertThat(form("{ cut", "x.jsonl")).isEqualTo(Form.RECORDING);
  }

  @Test
  void coloured_output_is_text_and_zeros_are_not() {
    assertThat(form("\u001b[32minterface\u001b[0m: wg0\n", "x")).isEqualTo(Form.TEXT);
    assertThat(form("interface: wg0\0\n", "x")).isEqualTo(Form.BINARY);
  }

  @Test
  void what_a_windows_shell_writes_is_text() {
    assertThat(Form.of("\ufeffinterface: wg0\r\n".getBytes(UTF_16LE), "x")).isEqualTo(Form.TEXT);
  }

  @Test
  void blanks_alone_are_nothing() {
    assertThat(form("", "x.jsonl")).isEqualTo(Form.EMPTY);
    assertThat(form(" \r\n\n", "x")).isEqualTo(Form.EMPTY);
  }

  private static Form form(String text, String name) {
    return Form.of(text.getBytes(UTF_8), name);
  }
}
