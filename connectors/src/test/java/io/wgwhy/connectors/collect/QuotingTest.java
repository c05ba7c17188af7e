package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
  private static final String SHOW =
      """
      interface: wg0
        listening port: 51820

      peer: oJXyD5OVZQz5OAuO2yJKaySKHpJOj9CuLhqUkqMwXxg=
        endpoint: 203.0.113.1:51820
      """;

  private static String each(String before) {
    return SHOW.replaceAll("(?m)^(?=.)", before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"> ", ">> ", "> > ", " > ", "    ", "\t", ">     "})
  void a_quoted_or_indented_text_is_read_as_it_was(String before) {
    assertThat(Quoting.removed(each(before))).isEqualTo(SHOW);
  }

  @Test
  void who_wrote_it_may_stand_above() {
    assertThat(Quoting.removed("On Tuesday somebody wrote:\n" + each("> "))).endsWith(SHOW);
  }

  @Test
  void numbers_before_lines_go() {
    List<String> lines = SHOW.lines().toList();
    StringBuilder numbered = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      numbered.append("%5d | %s%n".formatted(i + 1, lines.get(i)));
    }
    assertThat(Quoting.removed(numbered.toString())).isEqualTo(SHOW);
  }

  @Test
  void numbers_with_blanks_behind_them_go_where_each_is_the_next() {
    List<String> lines = SHOW.lines().toList();
    StringBuilder numbered = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      numbered.append("%2d  %s%n".formatted(i + 1, lines.get(i)));
    }
    assertThat(Quoting.removed(numbered.toString())).isEqualTo(SHOW);
  }

  @Test
  void a_web_page_s_words_for_brackets_become_brackets() {
    assertThat(Quoting.removed("10:00 IP 1.2.3.4.5 &gt; 4.3.2.1.9: &lt;UP&gt; a &amp;&amp; b"))
        .isEqualTo("10:00 IP 1.2.3.4.5 > 4.3.2.1.9: <UP> a && b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1: lo: <LOOPBACK>\n2: eth0: <UP>\n3: wg0: <UP>\n",
        "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n",
        " 1  192.168.1.1  0.4 ms\n 2  192.0.2.1  9 ms\n 3  * * *\n",
        "1  8412  504K REJECT all  --  *  *\n2  0  0 ACCEPT all\n3  1  1 DROP all\n",
        "3: eth0: <UP>\n    inet 10.0.0.1/24\n    inet 10.0.0.2/24\n    inet 10.0.0.3/24\n",
      })
  void what_commands_write_themselves_stays(String output) {
    assertThat(Quoting.removed(output)).isEqualTo(output);
  }
}
