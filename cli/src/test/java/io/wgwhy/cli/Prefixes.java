package io.wgwhy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Condition;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.consequences.NamedConsequenceImpl;
import org.drools.model.impl.ModelImpl;
import org.drools.model.impl.RuleImpl;
import org.drools.model.patterns.CompositePatterns;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.MatchCreatedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.Match;

/**
 * Each rule of the built-in pack cut after each of its conditions, as rules of their own: Drools
 * itself says how far a rule holds.
 */
final class Prefixes {
  private final KieBase cut;

  Prefixes() {
    ModelImpl model = new ModelImpl("prefixes");
    for (Rule rule : rules()) {
      List<Condition> conditions =
          rule.getView().getSubConditions().stream()
              .filter(it -> it.getType() != Condition.Type.CONSEQUENCE)
              .toList();
      for (int length = 1; length <= conditions.size(); length++) {
        List<Condition> some = new ArrayList<>(conditions.subList(0, length));
        some.add(new NamedConsequenceImpl(RuleImpl.DEFAULT_CONSEQUENCE_NAME, false));
        CompositePatterns view =
            new CompositePatterns(
                Condition.Type.AND,
                some,
                Map.of(RuleImpl.DEFAULT_CONSEQUENCE_NAME, ConsequenceImpl.EMPTY));
        model.addRule(new RuleImpl("prefixes", name(rule.getName(), length), null, view));
      }
    }
    cut = KieBaseBuilder.createKieBaseFromModel(model);
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    try (InputStream in =
        Prefixes.class.getClassLoader().getResourceAsStream("META-INF/wgwhy/wireguard.json")) {
      for (JsonNode name : new ObjectMapper().readTree(in).get("models")) {
        Model model = (Model) Class.forName(name.asText()).getDeclaredConstructor().newInstance();
        rules.addAll(model.getRules());
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return rules;
  }

  private static String name(String rule, int length) {
    return rule + " #" + length;
  }

  /** How far each rule holds; facts do not change. */
  HowFar among(Iterable<Object> facts) {
    Map<String, Set<String>> tunnels = new HashMap<>();
    KieSession session = cut.newKieSession();
    session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void matchCreated(MatchCreatedEvent event) {
            Match match = event.getMatch();
            Object tunnel =
                match.getDeclarationIds().contains("$id") ? match.getDeclarationValue("$id") : ANY;
            tunnels
                .computeIfAbsent(match.getRule().getName(), any -> new HashSet<>())
                .add(String.valueOf(tunnel));
          }
        });
    facts.forEach(session::insert);
    session.fireAllRules();
    session.dispose();
    return new HowFar(tunnels);
  }

  private static final String ANY = "any tunnel";

  record HowFar(Map<String, Set<String>> tunnels) {
    /** Whether a rule's first conditions hold together, for a tunnel. */
    boolean holds(String rule, int length, String tunnel) {
      Set<String> those = tunnels.getOrDefault(name(rule, length), Set.of());
      return length == 0 || those.contains(tunnel) || those.contains(ANY);
    }
  }
}
