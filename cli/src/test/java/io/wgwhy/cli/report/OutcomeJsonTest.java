package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.engine.session.UnexplainedTunnel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answer for programs. */
class OutcomeJsonTest {
  private static JsonNode json(List<UnexplainedTunnel> unexplained) throws IOException {
    NetworkOutcome network =
        new NetworkOutcome(
            "acme", "office", List.of(), List.of(), List.of(), unexplained, List.of());
    Outcome outcome = new Outcome(List.of(network), List.of(), true, 0);
    return JsonMapper.builder().build().readTree(OutcomeJson.of(outcome, Look.PLAIN));
  }

  @Test
  void a_tunnel_that_no_known_cause_explains_is_no_healthy_one() throws IOException {
    JsonNode answer =
        json(List.of(new UnexplainedTunnel(Findings.BOTH_ENDS, List.of("nothing-beyond"))));

    assertThat(answer.path("findings")).isEmpty();
    assertThat(answer.path("healthy")).isEmpty();
    JsonNode tunnel = answer.path("unexplained").path(0);
    assertThat(tunnel.path("tenant").asText()).isEqualTo("acme");
    assertThat(tunnel.path("network").asText()).isEqualTo("office");
    assertThat(tunnel.path("subject").isObject()).isTrue();
    assertThat(tunnel.path("symptoms").path(0).asText()).isEqualTo("nothing-beyond");
  }

  @Test
  void where_all_is_explained_nothing_is_said_of_it() throws IOException {
    assertThat(json(List.of()).has("unexplained")).isFalse();
  }
}
