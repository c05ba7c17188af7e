package io.wgwhy.rules;

import static io.wgwhy.facts.tunnel.Conclusion.confirm;
import static io.wgwhy.facts.tunnel.Conclusion.ruleOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

class JustificationTest {
  private final KieSession session = Sample.book().kieBase().newKieSession();

  @AfterEach
  void dispose() {
    session.dispose();
  }

  @Test
  void a_conclusion_has_each_match_that_holds_it_up() {
    insert("t1");
    session.insert(Sample.drops("t1", "filter/INPUT policy", "nft"));
    session.fireAllRules();

    assertThat(Justification.of(session))
        .extracting(Justification::conclusion, Justification::rule)
        .containsExactly(
            tuple(ruleOut("interface-is-down", "t1"), "The interface is up"),
            tuple(confirm("port-is-blocked", "t1"), "A filter rule drops the initiations"),
            tuple(confirm("port-is-blocked", "t1"), "Initiations arrive and are not delivered"));
  }

  @Test
  void a_reason_is_said_with_the_rules_bindings_and_the_tunnels_values() {
    session.insert(Sample.tunnel("t1", Answer.NO));
    session.insert(Sample.asksInVain("t1"));
    session.insert(Sample.path("t1", 5, Answer.NO));
    session.fireAllRules();

    assertThat(Justification.of(session))
        .extracting(j -> j.says(Sample.values()))
        .containsExactly("wg0 is down on cli", "5 initiations arrived on port 51820, it's \"odd\"");
  }

  @Test
  void a_value_that_the_rule_bound_to_nothing_is_not_a_hole() {
    insert("t1");
    session.insert(Sample.drops("t1", null, null));
    session.fireAllRules();

    assertThat(reasons("port-is-blocked"))
        .filteredOn(j -> j.rule().equals("A filter rule drops the initiations"))
        .singleElement()
        .satisfies(j -> assertThat(j.says(Map.of())).isEqualTo("<BY> drops them"));
  }

  @Test
  void the_facts_are_those_of_the_patterns_in_their_order() {
    insert("t1");
    session.fireAllRules();

    assertThat(reasons("port-is-blocked").get(0).facts())
        .containsExactly(
            new Symptom("t1", Symptom.Kind.NO_HANDSHAKE),
            Sample.tunnel("t1", Answer.YES),
            Sample.path("t1", 5, Answer.NO));
  }

  @Test
  void after_an_update_the_reason_is_the_new_one_and_the_conclusion_never_left() {
    insert("t1");
    FactHandle path = handle(HandshakePath.class);
    session.fireAllRules();
    Object before = conclusionHandle();

    session.update(path, Sample.path("t1", 9, Answer.NO));
    session.fireAllRules();

    assertThat(conclusionHandle()).isSameAs(before);
    assertThat(reasons("port-is-blocked"))
        .singleElement()
        .satisfies(
            j -> {
              assertThat(j.says(Map.of())).startsWith("9 initiations");
              assertThat(j.facts()).contains(Sample.path("t1", 9, Answer.NO));
            });
    assertThat(Justification.of((FactHandle) conclusionHandle()))
        .isEqualTo(reasons("port-is-blocked"));
  }

  @Test
  void when_the_facts_change_what_was_concluded_from_them_is_taken_back() {
    insert("t1");
    session.fireAllRules();
    FactHandle path = handle(HandshakePath.class);

    session.update(path, Sample.path("t1", 5, Answer.YES));
    session.fireAllRules();

    assertThat(reasons("port-is-blocked")).isEmpty();
    assertThat(reasons("interface-is-down")).hasSize(1);
  }

  @Test
  void a_conclusion_with_two_reasons_outlives_one_of_them() {
    insert("t1");
    FactHandle filter = session.insert(Sample.drops("t1", "policy", "nft"));
    session.fireAllRules();

    session.delete(handle(HandshakePath.class));
    session.fireAllRules();
    assertThat(reasons("port-is-blocked"))
        .extracting(Justification::rule)
        .containsExactly("A filter rule drops the initiations");

    session.delete(filter);
    session.fireAllRules();
    assertThat(reasons("port-is-blocked")).isEmpty();
  }

  @Test
  void without_its_symptom_nothing_is_concluded() {
    insert("t1");
    session.fireAllRules();

    session.delete(handle(Trend.class));
    session.fireAllRules();

    assertThat(Justification.of(session)).isEmpty();
  }

  @Test
  void the_order_does_not_depend_on_the_order_of_arrival() {
    List<String> tunnels = new ArrayList<>(List.of("t1", "t2", "t3"));
    tunnels.forEach(this::insert);
    session.fireAllRules();
    List<Justification> forwards = Justification.of(session);

    KieSession other = Sample.book().kieBase().newKieSession();
    Collections.reverse(tunnels);
    tunnels.forEach(id -> insert(other, id));
    other.fireAllRules();

    assertThat(Justification.of(other)).isEqualTo(forwards).hasSize(6);
    other.dispose();
  }

  @Test
  void rules_fire_in_the_diagnostic_order() {
    List<String> fired = new ArrayList<>();
    session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void afterMatchFired(AfterMatchFiredEvent event) {
            fired.add(event.getMatch().getRule().getName());
          }
        });
    HandshakePath all = Sample.path("t1", 5, Answer.NO);
    session.insert(all);
    insert("t1");
    session.fireAllRules();

    assertThat(fired)
        .containsSubsequence(
            "There is no handshake",
            "The interface is up",
            "Initiations arrive and are not delivered");
  }

  private void insert(String tunnel) {
    insert(session, tunnel);
  }

  private static void insert(KieSession session, String tunnel) {
    session.insert(Sample.path(tunnel, 5, Answer.NO));
    session.insert(Sample.tunnel(tunnel, Answer.YES));
    session.insert(Sample.asksInVain(tunnel));
  }

  private List<Justification> reasons(String cause) {
    return Justification.of(session).stream()
        .filter(j -> j.conclusion().cause().equals(cause))
        .toList();
  }

  private FactHandle handle(Class<?> kind) {
    return session.getFactHandles(kind::isInstance).iterator().next();
  }

  private Object conclusionHandle() {
    return session
        .getFactHandles(o -> o instanceof Conclusion c && c.cause().startsWith("port"))
        .stream()
        .findFirst()
        .orElseThrow();
  }
}
