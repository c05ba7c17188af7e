package io.wgwhy.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.WgPeer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pasted outputs: whose they are, and when they were printed. */
class PastesTest {
  private static final String DUMP =
      """
      wg0\t(hidden)\tEpRHpdMrJ6CnBKRY41wTsAieCgTQ0gej6RZPpMefmRU=\t51820\toff
      wg0\t2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=\t(none)\t192.0.2.1:51820\t10.0.0.2/32\t1000\t92\t148\toff
      """;

  private final List<UnreadInput> unread = new ArrayList<>();

  @Test
  void they_were_not_printed_before_the_newest_handshake_in_them() {
    assertThat(age(pastes("wg", null, DUMP).read(400_000, false, unread::add))).isZero();
  }

  @Test
  void a_handshake_after_a_known_time_stays_in_the_future() {
    assertThat(age(pastes("wg", null, DUMP).read(400_000, true, unread::add))).isEqualTo(-600);
  }

  @Test
  void they_belong_to_the_host_that_was_said_then_to_the_prompts_then_to_the_file() {
    String prompted = "root@gate:~# wg show all dump\n" + DUMP;

    assertThat(host(pastes("wg", "server", prompted))).isEqualTo("server");
    assertThat(host(pastes("wg", null, prompted))).isEqualTo("gate");
    assertThat(host(pastes("wg", null, DUMP))).isEqualTo("wg");
  }

  @Test
  void what_nobody_knows_is_told_with_its_line_in_the_file() {
    pastes("wg", null, "root@gate:~# wg show all dump\n" + DUMP + "rubbish\n")
        .read(2_000_000, false, unread::add);

    assertThat(unread).extracting(UnreadInput::line).containsExactly(4);
  }

  private String host(Pastes pastes) {
    return pastes.read(2_000_000, false, unread::add).moments().get(0).host();
  }

  private static Long age(Track track) {
    return track.moments().stream()
        .flatMap(it -> it.facts().stream())
        .filter(WgPeer.class::isInstance)
        .map(it -> ((WgPeer) it).handshakeAge())
        .findFirst()
        .orElseThrow();
  }

  private static Pastes pastes(String stem, String host, String text) {
    Pastes pastes = new Pastes(new ObservationReader(new Parsers(Secrets.withoutTenantKey())));
    pastes.add(new Source(stem, stem, host, InputStream::nullInputStream), text);
    return pastes;
  }
}
