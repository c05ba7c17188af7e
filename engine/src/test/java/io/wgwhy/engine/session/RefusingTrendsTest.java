package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.facts.tunnel.Trend.Condition.ASKS_IN_VAIN;
import static io.wgwhy.facts.tunnel.Trend.Condition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kernel does not count what its AllowedIPs refuse. */
class RefusingTrendsTest {
  /**
   * The server sends for a minute and counts nothing as received; its interface has counted this.
   */
  private static Trend.Condition refusing(long frameErrors, PeerSeen... others) {
    List<Object> seen = new ArrayList<>(List.of(others));
    for (int s = 0; s <= 60; s += 10) {
      seen.add(
          onServer().at(s).endpoint("192.0.2.2:40000").counts(180, 92 + 128L * s).handshake(0));
      Links.Counters counted =
          new Links.Counters(0L, 0L, 0L, s == 0 ? 0L : frameErrors, 0L, 0L, 0L);
      Links.Link link = new Links.Link("wg0", Answer.YES, 1420, counted);
      seen.add(new Links("srv", Lab.ms(s), List.of(link)));
    }
    Memory memory = Lab.memory(Lab.facts(seen));
    return PeerView.of(memory.host("srv")).stream()
        .filter(it -> it.peer() != null && Lab.C.equals(it.peer().publicKey()))
        .findFirst()
        .map(it -> Trends.of("any", Role.RESPONDER, it).condition())
        .orElseThrow();
  }

  @Test
  void an_end_that_refuses_what_it_hears_does_not_ask_in_vain() {
    assertThat(refusing(40)).isEqualTo(UNKNOWN);
  }

  @Test
  void an_end_that_refuses_nothing_asks_in_vain() {
    assertThat(refusing(0)).isEqualTo(ASKS_IN_VAIN);
  }

  @Test
  void what_is_refused_may_be_of_any_peer_with_a_session() {
    PeerSeen other = new PeerSeen("srv", "D-key").at(30).counts(180, 92);
    assertThat(refusing(40, other.handshake(20))).isEqualTo(ASKS_IN_VAIN);
    assertThat(refusing(40, other.never())).isEqualTo(UNKNOWN);
  }

  @Test
  void without_wg_there_is_no_trend() {
    assertThat(Trends.of("any", Role.RESPONDER, null)).isNull();
  }
}
