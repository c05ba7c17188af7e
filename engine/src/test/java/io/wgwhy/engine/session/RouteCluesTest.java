package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.Clue.Shows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What routes and addresses alone show. */
class RouteCluesTest {
  private static List<Clue> shown(Scene scene) {
    return Clues.of(scene).stream().filter(it -> it.shows() == Shows.NETWORK_ELSEWHERE).toList();
  }

  /** Split tunnels have that many: the calculators of AllowedIPs make them. */
  private static String[] thousands() {
    return IntStream.range(0, 3_000)
        .mapToObj(i -> "198." + (18 + i / 256 / 8) + "." + i / 8 % 256 + "." + i % 8 * 32 + "/27")
        .toArray(String[]::new);
  }

  private static Scene client(String[] allowed, String... more) {
    String[] routes =
        Stream.concat(
                Stream.of("0.0.0.0/0 eth0", "192.0.2.0/24 eth0"),
                Stream.concat(Stream.of(allowed).map(it -> it + " wg0"), Stream.of(more)))
            .toArray(String[]::new);
    return Lab.clientAlone(
        Lab.routes("cli", 1, routes), onClient().at(1).allowed(allowed).counts(0, 148).never());
  }

  @Test
  void a_network_of_the_tunnel_that_the_host_has_elsewhere_is_named() {
    assertThat(shown(client(new String[] {"10.66.66.0/24"}, "10.66.66.0/25 eth1")))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.seen()).isEqualTo("eth1");
              assertThat(it.wanted()).isEqualTo("10.66.66.0/24");
            });
  }

  @Test
  void neither_a_default_route_nor_a_single_address_takes_anything_away() {
    assertThat(shown(client(new String[] {"0.0.0.0/0", "10.66.66.0/24"}, "10.66.66.1/32 eth1")))
        .isEmpty();
  }

  @Test
  @Timeout(60)
  void thousands_of_allowed_ips_with_a_route_each_are_compared_with_what_is_outside_only() {
    assertThat(shown(client(thousands()))).isEmpty();
    assertThat(shown(client(thousands(), "198.18.1.0/24 eth1")))
        .singleElement()
        .satisfies(it -> assertThat(it.seen()).isEqualTo("eth1"));
  }

  /** Whoever sends so many of both wants it to take for ever. */
  @Test
  @Timeout(60)
  void thousands_on_both_sides_do_not_keep_it_busy() {
    String[] outside =
        IntStream.range(0, 3_000)
            .mapToObj(i -> "203." + i / 256 + "." + i % 256 + ".0/24 eth1")
            .toArray(String[]::new);
    assertThat(shown(client(thousands(), outside))).isEmpty();
  }
}
