package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.finding.Finding.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of single facts. */
class SaysTest {

  /** wg tries to resolve a name again and again: what was pasted meanwhile is no failure yet. */
  @Test
  void a_bring_up_that_goes_on_has_not_come_to_an_end() {
    assertThat(evidence(Answer.UNKNOWN))
        .containsExactly("wg-quick up wg0 has not come to an end: endpoint-name-unresolved");
  }

  @Test
  void a_bring_up_that_ended_has_failed() {
    assertThat(evidence(Answer.NO))
        .containsExactly("wg-quick up wg0 failed: endpoint-name-unresolved");
  }

  private static List<String> evidence(Answer succeeded) {
    BringUp bringUp =
        new BringUp(
            "cli",
            Lab.ms(0),
            "wg0",
            BringUp.Direction.UP,
            succeeded,
            BringUp.Failure.ENDPOINT_NAME_UNRESOLVED,
            "wg",
            "vpn.example.net",
            Answer.UNKNOWN);
    return Says.of(Lab.scene(), bringUp).stream().map(Evidence::says).toList();
  }
}
