package io.wgwhy.cli;

import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.MatchCancelledEvent;
import org.kie.api.event.rule.MatchCreatedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/** A session of Drools alone, and what matches in it. */
record Fired(KieSession session, Facts facts, Map<String, List<Match>> byRule)
    implements AutoCloseable {

  static Fired on(RuleBook rules, Collection<Object> judged) {
    KieSession session = rules.kieBase().newKieSession();
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
