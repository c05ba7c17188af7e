package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StdioTest {

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
