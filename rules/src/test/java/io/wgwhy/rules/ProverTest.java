package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.rules.proof.Facts;
import io.wgwhy.rules.proof.Proof;
import io.wgwhy.rules.proof.Proof.Actual;
import io.wgwhy.rules.proof.Proof.Check;
import io.wgwhy.rules.proof.Proof.State;
import io.wgwhy.rules.proof.Prover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;

/** Why a rule holds, or what keeps it from holding. The rules are those of the sample pack. */
class ProverTest {
  private static final String ARRIVES = "Initiations arrive and are not delivered";
  private static final String DROPS = "A filter rule drops the initiations";

  private final Prover prover = Sample.book().prover();
  private final KieSession session = Sample.book().kieBase().newKieSession();

  @AfterEach
  void dispose() {
    session.dispose();
  }

  @Test
  void a_rule_that_holds_shows_the_facts_that_it_holds_by() {
    insert("t1", Sample.path("t1", 5, Answer.NO));

    Proof proof = prove(ARRIVES, "t1");

    assertThat(proof.state()).isEqualTo(State.HOLDS);
    assertThat(proof.firstFailing()).isNull();
    assertThat(proof.conditions())
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(State.HOLDS))
        .extracting(Proof.Condition::fact)
        .contains(Sample.path("t1", 5, Answer.NO));
  }

  @Test
  void a_rule_that_fails_shows_how_far_it_holds_and_the_wanted_beside_the_actual() {
    insert("t1", Sample.path("t1", 5, Answer.YES));

    Proof proof = prove(ARRIVES, "t1");

    assertThat(proof.state()).isEqualTo(State.FAILS);
    Proof.Condition failing = proof.firstFailing();
    assertThat(failing.kind()).isEqualTo(HandshakePath.class);
    assertThat(failing.checks())
        .filteredOn(it -> it.state() == State.FAILS)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.wanted()).isEqualTo("delivered.passed == Answer.NO");
              assertThat(it.actual()).containsExactly(new Actual("delivered.passed", Answer.YES));
              assertThat(it.missing()).isFalse();
            });
  }

  @Test
  void what_is_not_known_is_missing_not_false() {
    insert("t1", Sample.path("t1", 5, Answer.UNKNOWN));

    assertThat(prove(ARRIVES, "t1").firstFailing().checks())
        .filteredOn(it -> it.state() == State.FAILS)
        .singleElement()
        .satisfies(it -> assertThat(it.missing()).isTrue());
  }

  @Test
  void facts_of_another_tunnel_are_not_near() {
    insert("t1", Sample.path("t1", 5, Answer.NO));
    session.insert(Sample.asksInVain("t2"));
    session.insert(Sample.tunnel("t2", Answer.YES));
    session.fireAllRules();

    Proof.Condition failing = prove(ARRIVES, "t2").firstFailing();

    assertThat(failing.kind()).isEqualTo(HandshakePath.class);
    assertThat(failing.fact()).isNull();
    assertThat(failing.checks()).extracting(Check::state).containsOnly(State.NOT_REACHED);
  }

  @Test
  void a_fact_about_other_packets_is_not_near_either() {
    insert("t1", Sample.path("t1", 5, Answer.NO));
    session.insert(
        new FilterVerdict(
            "t1",
            "srv",
            FilterVerdict.Way.FORWARD,
            Answer.NO,
            Answer.NO,
            null,
            Answer.UNKNOWN,
            Answer.UNKNOWN,
            "nft"));

    assertThat(prove(DROPS, "t1").conditions())
        .filteredOn(it -> it.kind() == FilterVerdict.class)
        .singleElement()
        .satisfies(it -> assertThat(it.fact()).isNull());
  }

  @Test
  void every_rule_has_its_cause_and_what_it_says_of_it() {
    assertThat(Sample.book().rules())
        .filteredOn(it -> it.name().equals(DROPS))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.cause()).isEqualTo("port-is-blocked");
              assertThat(it.verb()).hasToString("CONFIRM");
              assertThat(it.file()).isEqualTo(Sample.BLOCKED + ".drl");
            });
    assertThat(Sample.book().rules())
        .filteredOn(it -> it.name().equals("There is no handshake"))
        .extracting(RuleHead::cause, RuleHead::verb)
        .containsExactly(tuple(null, null));
  }

  @Test
  void a_rule_that_nobody_wrote_is_refused() {
    assertThatThrownBy(() -> prove("Nothing", "t1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nothing");
  }

  private Proof prove(String rule, String tunnel) {
    return prover.prove(rule, tunnel, Facts.in(session));
  }

  private void insert(String tunnel, HandshakePath path) {
    session.insert(path);
    session.insert(Sample.tunnel(tunnel, Answer.YES));
    session.insert(Sample.asksInVain(tunnel));
    session.fireAllRules();
  }
}
