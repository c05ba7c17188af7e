package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CluesTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  private static final Fact FORWARDING_OFF =
      new Sysctls("server", 1_000, Map.of("net.ipv4.ip_forward", 0L));

  private static List<Finding> consulted(Fact... facts) {
    try (Consultation consultation = new Consultation("default", "default", RULES)) {
      for (Fact fact : facts) {
        consultation.accept(fact);
      }
      return consultation.findings();
    }
  }

  private static Probe ping(String host, Probe.Problem problem) {
    return new Probe(
        host,
        1_000,
        Probe.Type.PING,
        "192.0.2.80",
        56,
        false,
        3,
        0,
        Answer.NO,
        problem,
        null,
        null);
  }

  @Test
  void a_host_that_shows_no_tunnel_is_a_subject_when_nothing_more_comes() {
    assertThat(consulted(FORWARDING_OFF))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.cause()).isEqualTo("ip-forward-off");
              assertThat(it.confidence()).isEqualTo(Confidence.LIKELY);
              assertThat(it.symptom()).isEqualTo("reported");
              assertThat(it.subject().tunnel().responder())
                  .isNotNull()
                  .satisfies(end -> assertThat(end.host()).isEqualTo("server"));
            });
  }

  @Test
  void a_stream_of_facts_is_not_judged_by_single_outputs() {
    try (NetworkSession session = new NetworkSession("default", "default", RULES)) {
      session.accept(FORWARDING_OFF);
      assertThat(session.conclude()).isEmpty();
      assertThat(session.view().healthy()).isEmpty();
    }
  }

  @Test
  void a_client_that_does_not_forward_is_as_it_should_be() {
    assertThat(consulted(new Sysctls("client", 1_000, Map.of("net.ipv4.ip_forward", 0L))))
        .isEmpty();
  }

  @Test
  void the_kernel_s_own_word_for_a_missing_peer_is_heard() {
    assertThat(consulted(ping("client", Probe.Problem.REQUIRED_KEY_NOT_AVAILABLE)))
        .extracting(Finding::cause)
        .containsExactly("allowed-ips-missing-on-initiator");
  }

  @Test
  void a_ping_without_an_answer_alone_says_nothing() {
    assertThat(consulted(ping("client", Probe.Problem.TIMED_OUT))).isEmpty();
  }

  @Test
  void asking_twice_says_the_same() {
    try (Consultation consultation = new Consultation("default", "default", RULES)) {
      consultation.accept(FORWARDING_OFF);
      List<String> first = consultation.findings().stream().map(Finding::id).toList();
      assertThat(consultation.findings()).extracting(Finding::id).isEqualTo(first);
      assertThat(consultation.healthy()).isEmpty();
    }
  }
}
