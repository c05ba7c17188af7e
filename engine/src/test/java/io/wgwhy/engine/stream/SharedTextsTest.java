package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What hosts say over and over is kept once; what they say stays what it is. */
class SharedTextsTest {
  private static final String PEER =
      """
      {"kind":"wg-peer","host":"%s","at":1795000000000,"iface":"wg0","publicKey":"%s",\
      "ordinal":0,"presharedKey":{"present":"NO"},"hasEndpoint":"UNKNOWN"}""";

  @Test
  void a_key_is_one_text_wherever_it_was_read() throws IOException {
    var first = (WgPeer) fact(PEER.formatted("gw", "cGVlciAx"));
    var next = (WgPeer) fact(PEER.formatted("gw", "cGVlciAy"));
    var listed =
        (WgInventory)
            fact(
                """
                {"kind":"wg-inventory","host":"gw","at":1795000000000,\
                "devices":[{"name":"wg0","peers":["cGVlciAx","cGVlciAy"]}]}""");
    assertThat(next.host()).isSameAs(first.host()).isEqualTo("gw");
    assertThat(next.iface()).isSameAs(first.iface());
    assertThat(listed.devices().get(0).peers().get(0)).isSameAs(first.publicKey());
    assertThat(listed.devices().get(0).peers().get(1)).isSameAs(next.publicKey());
  }

  @Test
  void no_text_is_taken_for_another_though_they_share_a_place() throws IOException {
    Set<String> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 200_000; i++) {
      String name = i % 2 == 0 ? "host-" + i : i % 4 == 1 ? "AaAa" : "BBBB";
      String read = ((WgPeer) fact(PEER.formatted(name, "key"))).host();
      assertThat(read).isEqualTo(name);
      kept.add(read);
    }
    assertThat(kept).as("of the same hash, and so never both kept").hasSizeGreaterThan(100_002);
  }

  @Test
  void unknown_stays_unknown_and_a_long_line_is_left_alone() throws IOException {
    assertThat(((WgPeer) fact(PEER.formatted("gw", "k").replace("\"k\"", "null"))).publicKey())
        .isNull();
    String line = "x".repeat(65);
    String json = new String(Json.bytes(fact(PEER.formatted(line, line))), UTF_8);
    assertThat(json).contains(line);
    assertThat(((WgPeer) fact(json)).host())
        .isEqualTo(line)
        .isNotSameAs(((WgPeer) fact(json)).host());
  }

  private static Fact fact(String json) throws IOException {
    return Json.fact(json.getBytes(UTF_8));
  }
}
