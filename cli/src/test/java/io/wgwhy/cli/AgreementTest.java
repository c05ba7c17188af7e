package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import io.wgwhy.rules.proof.Proof.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.MatchCancelledEvent;
import org.kie.api.event.rule.MatchCreatedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/**
 * What the explainer says and what Drools does are the same: on every recording, for every rule and
 * every tunnel, at the end and on the way.
 */
class AgreementTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  /** Moments of each recording at which all is compared. */
  private static final int MOMENTS = Integer.getInteger("moments", 4);

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_rule_is_said_to_hold_exactly_when_it_matches_and_by_the_same_facts(Recorded recording) {
    atMoments(
        recording,
        (tunnels, judged) -> {
          try (Fired fired = Fired.on(judged)) {
            for (String rule : RULES.prover().rules()) {
              for (String tunnel : tunnels) {
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

  /** All tunnels, and all that the rules are asked about, at some moments of a recording. */
  private static void atMoments(
      Recorded recording, BiConsumer<List<String>, Collection<Object>> look) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    List<Observation> all = recording.observations();
    try (NetworkSession session = new NetworkSession("default", "default", RULES)) {
      for (int i = 0; i < all.size(); i++) {
        parsers.parse(all.get(i)).facts().forEach(session::accept);
        if ((i + 1) % Math.max(1, all.size() / MOMENTS) == 0 || i == all.size() - 1) {
          List<Object> judged = session.judged();
          look.accept(
              judged.stream()
                  .filter(Tunnel.class::isInstance)
                  .map(it -> ((Tunnel) it).id())
                  .toList(),
              judged);
        }
      }
    }
  }

  /** A session of Drools alone, and what matches in it. */
  private record Fired(KieSession session, Facts facts, Map<String, List<Match>> byRule)
      implements AutoCloseable {

    static Fired on(Collection<Object> judged) {
      KieSession session = RULES.kieBase().newKieSession();
      Map<String, List<Match>> byRule = new TreeMap<>();
      session.addEventListener(
          new DefaultAgendaEventListener() {
            @Override
            public void matchCreated(MatchCreatedEvent event) {
              String rule = event.getMatch().getRule().getName();
              byRule.computeIfAbsent(rule, any -> new ArrayList<>()).add(event.getMatch());
            }

            @Override
            public void matchCancelled(MatchCancelledEvent event) {
              byRule.get(event.getMatch().getRule().getName()).remove(event.getMatch());
            }
          });
      judged.forEach(session::insert);
      session.fireAllRules();
      return new Fired(session, Facts.in(session), byRule);
    }

    List<List<Object>> matches(String rule, String tunnel) {
      return byRule.getOrDefault(rule, List.of()).stream()
          .filter(it -> it.getDeclarationValue("$id").equals(tunnel))
          .map(it -> it.getObjects().stream().filter(Record.class::isInstance).toList())
          .map(it -> (List<Object>) new ArrayList<Object>(it))
          .toList();
    }

    @Override
    public void close() {
      session.dispose();
    }
  }
}
