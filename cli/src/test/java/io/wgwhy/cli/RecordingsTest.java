package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.Consultation;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names the right cause on real tunnels; never confirmed and wrong; silent on healthy ones. */
class RecordingsTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  static Stream<Recorded> broken() {
    return Recorded.all().filter(Recorded::broken);
  }

  static Stream<Recorded> healthy() {
    return Recorded.all().filter(it -> !it.broken());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void the_first_finding_names_the_cause(Recorded recording) {
    assertThat(findings(recording, any -> true).get(0).cause()).isIn(recording.causes());
  }

  /** Most real hosts have no WireGuard log: the cause must be found without it. */
  @ParameterizedTest
  @MethodSource("broken")
  void the_cause_is_found_without_a_log(Recorded recording) {
    List<Finding> findings = findings(recording, it -> !it.command().startsWith("journalctl"));
    assertThat(findings.get(0).cause()).isIn(recording.causes());
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void a_healthy_tunnel_raises_nothing_above_a_warning(Recorded recording) {
    assertThat(findings(recording, any -> true))
        .allSatisfy(it -> assertThat(it.severity()).isEqualTo(Severity.WARNING));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void nothing_confirmed_is_wrong_from_either_end_alone(Recorded recording) {
    for (String host : List.of("cli", "srv")) {
      assertThat(findings(recording, it -> it.host().equals(host)))
          .filteredOn(it -> it.confidence() == Confidence.CONFIRMED)
          .allSatisfy(it -> assertThat(it.cause()).isIn(recording.causes()));
    }
  }

  static List<Finding> findings(Recorded recording, Predicate<Observation> seen) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    try (Consultation consultation = new Consultation("default", "default", RULES)) {
      recording.observations().stream()
          .filter(seen)
          .flatMap(it -> parsers.parse(it).facts().stream())
          .forEach(consultation::accept);
      return consultation.findings();
    }
  }
}
