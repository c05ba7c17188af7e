package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Verdict;
import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The walk through the causes: a module is missing, a port is blocked, an endpoint or keys wrong.
 */
class WalkTest {
  private static final List<Cause> ORDER =
      List.of(
          cause("module", "1-bring-up", 1, Symptom.Kind.NO_HANDSHAKE),
          cause("port", "2-udp-path", 2, Symptom.Kind.NO_HANDSHAKE),
          cause("endpoint", "3-endpoint", 3, Symptom.Kind.NO_HANDSHAKE),
          cause("keys", "8-keys", 4, Symptom.Kind.NO_HANDSHAKE),
          cause("names", "10-inside", 5, Symptom.Kind.NAMES_FAIL));

  private static Cause cause(String id, String band, int place, Symptom.Kind explains) {
    return new Cause(
        id,
        "wireguard",
        band,
        place,
        Severity.CRITICAL,
        Cause.At.TUNNEL,
        Set.of(explains),
        new Page(id, id, null, List.of(), null, null, ""),
        false,
        null);
  }

  private static Justification reason(Conclusion conclusion) {
    return new Justification(
        conclusion, conclusion.verb() + " " + conclusion.cause(), "", Map.of(), List.of());
  }

  private static Walk walk(Conclusion... conclusions) {
    List<Justification> reasons = new ArrayList<>();
    for (Conclusion conclusion : conclusions) {
      reasons.add(reason(conclusion));
    }
    return new Walk(ORDER, List.of(Symptom.Kind.NO_HANDSHAKE), reasons);
  }

  private static List<String> roots(Conclusion... conclusions) {
    return walk(conclusions).roots().stream().map(it -> it.cause().id()).toList();
  }

  private static Conclusion confirm(String cause) {
    return Conclusion.confirm(cause, "t");
  }

  private static Conclusion suspect(String cause) {
    return Conclusion.suspect(cause, "t");
  }

  private static Conclusion ruleOut(String cause) {
    return Conclusion.ruleOut(cause, "t");
  }

  @Test
  void what_is_confirmed_is_said_however_late_in_the_order() {
    assertThat(roots(suspect("port"), confirm("keys"))).containsExactly("keys");
  }

  @Test
  void two_faults_at_once_are_both_said_in_order() {
    assertThat(roots(confirm("keys"), confirm("port"))).containsExactly("port", "keys");
  }

  @Test
  void a_contradiction_confirms_nothing() {
    Walk walk = walk(confirm("port"), ruleOut("port"), suspect("keys"));
    assertThat(walk.steps().get(1).verdict()).isEqualTo(Verdict.POSSIBLE);
    assertThat(walk.roots())
        .allSatisfy(it -> assertThat(Walk.confidence(it)).isNotEqualTo(Confidence.CONFIRMED));
  }

  @Test
  void what_is_ruled_out_is_not_said_though_something_points_to_it() {
    assertThat(roots(suspect("port"), ruleOut("port"), suspect("keys"))).containsExactly("keys");
  }

  @Test
  void with_nothing_confirmed_what_is_pointed_to_comes_first() {
    Walk walk = walk(suspect("keys"));
    assertThat(walk.roots().get(0).cause().id()).isEqualTo("keys");
    assertThat(Walk.confidence(walk.roots().get(0))).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void of_two_that_are_pointed_to_the_earlier_comes_first() {
    assertThat(roots(suspect("keys"), suspect("endpoint"))).containsExactly("endpoint");
  }

  @Test
  void with_nothing_pointed_to_the_first_open_one_outside_of_bring_up_is_possible() {
    Walk walk = walk();
    assertThat(walk.roots().get(0).cause().id()).isEqualTo("port");
    assertThat(Walk.confidence(walk.roots().get(0))).isEqualTo(Confidence.POSSIBLE);
    assertThat(roots(ruleOut("port"), ruleOut("endpoint"), ruleOut("keys")))
        .containsExactly("module");
  }

  @Test
  void with_all_ruled_out_nothing_is_said() {
    assertThat(roots(ruleOut("module"), ruleOut("port"), ruleOut("endpoint"), ruleOut("keys")))
        .isEmpty();
  }

  @Test
  void causes_of_other_symptoms_are_not_walked_unless_a_rule_speaks_of_them() {
    assertThat(walk().steps()).extracting(it -> it.cause().id()).doesNotContain("names");
    assertThat(walk(ruleOut("names")).steps())
        .extracting(it -> it.cause().id())
        .doesNotContain("names");
    assertThat(roots(confirm("names"))).containsExactly("names");
  }

  @Test
  void the_alternatives_are_what_is_not_excluded_and_none_when_it_is_certain() {
    Walk walk = walk(suspect("endpoint"), suspect("keys"), ruleOut("port"));
    assertThat(walk.alternatives(walk.roots().get(0)))
        .extracting(it -> it.cause().id())
        .as("why an end that nobody sees did not come up is one question, not ten")
        .containsExactly("keys");
    Walk certain = walk(confirm("endpoint"), suspect("keys"));
    assertThat(certain.alternatives(certain.roots().get(0))).isEmpty();
  }

  @Test
  void the_steps_stand_in_the_diagnostic_order_whatever_the_order_of_the_reasons() {
    List<Justification> reasons = new ArrayList<>();
    for (Conclusion it :
        List.of(suspect("keys"), ruleOut("port"), confirm("endpoint"), ruleOut("module"))) {
      reasons.add(reason(it));
    }
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(reasons, new Random(seed));
      assertThat(new Walk(ORDER, List.of(Symptom.Kind.NO_HANDSHAKE), reasons).steps())
          .extracting(it -> it.cause().id(), Walk.Step::verdict)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("module", Verdict.RULED_OUT),
              org.assertj.core.groups.Tuple.tuple("port", Verdict.RULED_OUT),
              org.assertj.core.groups.Tuple.tuple("endpoint", Verdict.CONFIRMED),
              org.assertj.core.groups.Tuple.tuple("keys", Verdict.POSSIBLE));
    }
  }
}
