package io.wgwhy.connectors.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit into a datagram is cut off, between two characters. */
class DatagramsTest {
  @ParameterizedTest
  @ValueSource(strings = {"→", "ü", "x", "\uD83D\uDD25"})
  void no_character_is_cut_in_two(String one) {
    for (int before = 0; before < 4; before++) {
      byte[] message = ("x".repeat(before) + one.repeat(3_000)).getBytes(UTF_8);

      int length = Datagrams.length(message);

      assertThat(length).isBetween(2_045, 2_048);
      assertThat(new String(message, 0, length, UTF_8)).doesNotContain("\uFFFD");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2_047, 2_048})
  void what_fits_is_sent_whole(int length) {
    assertThat(Datagrams.length(new byte[length])).isEqualTo(length);
  }
}
