package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.trend;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Trend;
import org.junit.jupiter.api.Test;

/** Endpoints that move, and those that only seem to. */
class EndpointTrendsTest {
  @Test
  void an_endpoint_that_goes_to_and_fro_returned() {
    Trend trend =
        trend(
            at(0, "192.0.2.2:40000"),
            at(15, "192.0.2.3:50000"),
            at(30, "192.0.2.2:40000"),
            at(45, "192.0.2.3:50000"));
    assertThat(trend.endpointChanges()).isEqualTo(3);
    assertThat(trend.endpointReturned()).isEqualTo(Answer.YES);
  }

  @Test
  void an_endpoint_at_which_the_peer_was_heard_for_a_minute_is_steady_again() {
    PeerSeen[] returned = {
      at(0, "192.0.2.2:40000"), at(15, "192.0.2.3:50000"), at(30, "192.0.2.2:40000")
    };
    PeerSeen later = at(89, "192.0.2.2:40000");
    PeerSeen laterStill = at(90, "192.0.2.2:40000");
    PeerSeen unheard = at(90, "192.0.2.2:40000").counts(1_030, 1_030);
    assertThat(trend(returned[0], returned[1], returned[2], later).endpointReturned())
        .isEqualTo(Answer.YES);
    assertThat(trend(returned[0], returned[1], returned[2], laterStill).endpointReturned())
        .isEqualTo(Answer.NO);
    assertThat(trend(returned[0], returned[1], returned[2], unheard).endpointReturned())
        .isEqualTo(Answer.YES);
  }

  @Test
  void an_endpoint_that_moves_once_did_not_return() {
    Trend trend =
        trend(at(0, "192.0.2.2:40000"), at(15, "192.0.2.3:50000"), at(30, "192.0.2.3:50000"));
    assertThat(trend.endpointChanges()).isEqualTo(1);
    assertThat(trend.endpointReturned()).isEqualTo(Answer.NO);
  }

  private static PeerSeen at(int second, String endpoint) {
    return onServer()
        .at(second)
        .endpoint(endpoint)
        .counts(1_000 + second, 1_000 + second)
        .handshake(0);
  }

  @Test
  void the_first_handshake_seen_is_one() {
    Trend trend =
        trend(
            onClient().at(0).counts(0, 148).never(), onClient().at(5).counts(92, 180).handshake(2));
    assertThat(trend.handshakes()).isEqualTo(1);
  }
}
