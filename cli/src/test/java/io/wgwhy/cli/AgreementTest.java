package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Proof;
import io.wgwhy.rules.proof.Proof.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the explainer says and what Drools does are the same: on every recording, for every rule and
 * every tunnel, at the end and on the way.
 */
class AgreementTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final Prefixes PREFIXES = new Prefixes();

  /** Moments of each recording at which all is compared. */
  private static final int MOMENTS = Integer.getInteger("moments", 2);

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_rule_is_said_to_hold_exactly_when_it_matches_and_by_the_same_facts(Recorded recording) {
    Judged.at(
        recording,
        MOMENTS,
        seen -> {
          try (Fired fired = Fired.on(RULES, seen.facts())) {
            for (String rule : RULES.prover().rules()) {
              for (String tunnel : seen.tunnels()) {
                assertThat(RULES.prover().matches(rule, tunnel, fired.facts()))
                    .as("%s, %s", rule, tunnel)
                    .containsExactlyInAnyOrderElementsOf(fired.matches(rule, tunnel));
                assertThat(RULES.prover().prove(rule, tunnel, fired.facts()).state())
                    .as("%s, %s", rule, tunnel)
                    .isEqualTo(fired.matches(rule, tunnel).isEmpty() ? State.FAILS : State.HOLDS);
              }
            }
          }
        });
  }

  /**
   * Of every rule that does not fire: what is said to hold does hold together, by Drools; with the
   * condition that is said to fail it does not; and what is said of the nearest fact is what a
   * person reads in it.
   */
  @ParameterizedTest
  @MethodSource("recordings")
  void what_is_said_to_hold_holds_and_what_is_said_to_fail_fails(Recorded recording) {
    Judged.at(
        recording,
        MOMENTS,
        seen -> {
          try (Fired fired = Fired.on(RULES, seen.facts())) {
            List<Object> all = fired.facts().of(Object.class);
            Prefixes.HowFar howFar = PREFIXES.among(all);
            for (String rule : RULES.prover().rules()) {
              for (String tunnel : seen.tunnels()) {
                Proof proof = RULES.prover().prove(rule, tunnel, fired.facts());
                int held = proof.held();
                assertThat(howFar.holds(rule, held, tunnel)).as("%s #%d", rule, held).isTrue();
                if (proof.state() == State.FAILS) {
                  assertThat(howFar.holds(rule, held + 1, tunnel))
                      .as("%s #%d", rule, held + 1)
                      .isFalse();
                }
                proof.conditions().forEach(AgreementTest::isAsSaid);
              }
            }
          }
        });
  }

  private static void isAsSaid(Proof.Condition condition) {
    for (Proof.Check check : condition.checks()) {
      if (condition.fact() == null) {
        assertThat(check.state()).isEqualTo(State.NOT_REACHED);
        continue;
      }
      Map<String, Object> variables = new HashMap<>();
      check.actual().forEach(it -> variables.put(it.name(), it.value()));
      assertThat(check.state() == State.HOLDS)
          .as("%s of %s", check.wanted(), condition.fact())
          .isEqualTo(ConditionText.holds(check.wanted(), condition.fact(), variables));
    }
  }
}
