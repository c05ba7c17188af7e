package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the way in which an end is set up shows, of which one moment is known. */
class SetUpCluesTest {
  private static final WgConfig CONFIG =
      Lab.config(
          "cli",
          0,
          Lab.C,
          null,
          List.of("10.66.66.2/32"),
          Lab.section(Lab.S, Lab.SERVER, 25, "10.66.66.0/24"),
          Lab.section("other", "198.51.100.9:51820", 25, "10.77.0.0/24"));

  /** All tunnels of one host, as it is seen in one moment. */
  private static List<Scene> scenes(String host, Object... seen) {
    List<Fact> all = new ArrayList<>(Lab.setUp());
    all.removeIf(it -> !it.host().equals(host));
    all.addAll(Lab.facts(seen));
    Memory memory = Lab.memory(all);
    return Pairing.of(memory).stream().map(it -> Scene.of(memory, it)).toList();
  }

  private static List<Shows> shown(Scene scene) {
    return Clues.of(scene).stream().map(Clue::shows).toList();
  }

  private static PeerSeen silentFor(int seconds) {
    return onClient().counts(5_000, 9_000).handshake(-seconds).keepalive(25);
  }

  private static List<Shows> ofServer(PeerSeen peer) {
    PeerSeen other =
        new PeerSeen("cli", "other").endpoint("198.51.100.9:51820").counts(1, 1).handshake(-5);
    return scenes("cli", peer, other, CONFIG).stream()
        .filter(it -> Lab.S.equals(it.a().peerKey()))
        .flatMap(it -> shown(it).stream())
        .toList();
  }

  @Test
  void one_of_several_peers_that_is_kept_alive_in_vain_is_a_clue() {
    assertThat(ofServer(silentFor(221))).contains(Shows.KEEPALIVES_UNANSWERED);
  }

  @Test
  void a_handshake_that_may_just_be_asked_anew_is_none() {
    assertThat(ofServer(silentFor(219))).doesNotContain(Shows.KEEPALIVES_UNANSWERED);
  }

  /** The next keepalive, and with it the next question, is due after ten minutes. */
  @Test
  void who_keeps_alive_rarely_is_heard_of_rarely() {
    assertThat(ofServer(silentFor(700).keepalive(600))).doesNotContain(Shows.KEEPALIVES_UNANSWERED);
    assertThat(ofServer(silentFor(800).keepalive(600))).contains(Shows.KEEPALIVES_UNANSWERED);
  }

  @Test
  void of_the_only_peer_the_trend_says_it_already() {
    Scene scene = scenes("cli", silentFor(221), CONFIG).get(0);
    assertThat(scene.initiatorTrend())
        .isNotNull()
        .extracting(Trend::condition)
        .isEqualTo(Trend.Condition.ASKS_IN_VAIN);
    assertThat(shown(scene)).doesNotContain(Shows.KEEPALIVES_UNANSWERED);
  }

  /** A prefix that three peers were given has the last of them: two are without. */
  @Test
  void each_peer_that_lost_its_prefix_to_another_is_told_of() {
    PeerSeen one = new PeerSeen("srv", "one").allowedNone();
    PeerSeen two = new PeerSeen("srv", "two").allowedNone();
    PeerSeen last = new PeerSeen("srv", "last").allowed("10.66.66.9/32");
    for (Scene scene : scenes("srv", one, two, last)) {
      if ("last".equals(scene.b().peerKey())) {
        assertThat(shown(scene)).doesNotContain(Shows.PREFIX_OF_TWO_PEERS);
      } else {
        assertThat(shown(scene)).as(scene.b().peerKey()).contains(Shows.PREFIX_OF_TWO_PEERS);
      }
    }
  }
}
