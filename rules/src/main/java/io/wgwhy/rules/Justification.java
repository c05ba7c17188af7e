package io.wgwhy.rules;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.common.ReteEvaluator;
import org.drools.tms.SimpleMode;
import org.drools.tms.TruthMaintenanceSystemEqualityKey;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;

/**
 * One reason for a conclusion: the match that holds it up right now. Nobody assembles evidence by
 * hand; truth maintenance has it.
 *
 * @param because the rule's sentence, a template
 * @param bindings what the rule named with {@code $}, without that sign
 * @param facts the facts that matched, in the order of the rule's patterns; none for {@code not}
 */
public record Justification(
    Conclusion conclusion,
    String rule,
    String because,
    Map<String, @Nullable Object> bindings,
    List<Object> facts) {

  private static final Comparator<Justification> ORDER =
      Comparator.comparing((Justification j) -> j.conclusion().tunnel())
          .thenComparing(j -> j.conclusion().cause())
          .thenComparing(j -> j.conclusion().verb())
          .thenComparing(Justification::rule)
          .thenComparing(j -> j.facts().toString());

  /** All that the session concludes now, each with all its reasons; the same order every time. */
  public static List<Justification> of(KieSession session) {
    List<Justification> all = new ArrayList<>();
    // By class: a session holds thousands of facts for each conclusion.
    ((ReteEvaluator) session)
        .getDefaultEntryPoint()
        .getObjectStore()
        .iterateFactHandles(Conclusion.class)
        .forEachRemaining(handle -> collect(handle, all));
    all.sort(ORDER);
    return List.copyOf(all);
  }

  /** The rules by which something is concluded now, symptoms too. */
  public static Set<String> rules(KieSession session) {
    Set<String> names = new TreeSet<>();
    for (Class<?> kind : List.of(Conclusion.class, Symptom.class)) {
      ((ReteEvaluator) session)
          .getDefaultEntryPoint()
          .getObjectStore()
          .iterateFactHandles(kind)
          .forEachRemaining(
              handle -> beliefs(handle).forEach(it -> names.add(it.getRule().getName())));
    }
    return names;
  }

  /** The reasons for one conclusion. */
  public static List<Justification> of(FactHandle conclusion) {
    List<Justification> reasons = new ArrayList<>();
    collect(conclusion, reasons);
    reasons.sort(ORDER);
    return List.copyOf(reasons);
  }

  /** The reason as a sentence; a value that is not known stands as {@code <PORT>}. */
  public String says(Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put(Because.BINDINGS, bindings);
    return Template.sentence(because, all);
  }

  private static void collect(FactHandle handle, List<Justification> to) {
    Conclusion conclusion = (Conclusion) ((InternalFactHandle) handle).getObject();
    beliefs(handle).forEach(it -> to.add(of(conclusion, it)));
  }

  /** The matches that hold something up; none of what is stated and not concluded. */
  private static List<Match> beliefs(FactHandle handle) {
    List<Match> all = new ArrayList<>();
    if (((InternalFactHandle) handle).getEqualityKey()
            instanceof TruthMaintenanceSystemEqualityKey key
        && key.getBeliefSet() != null) {
      for (SimpleMode mode = (SimpleMode) key.getBeliefSet().getFirst();
          mode != null;
          mode = (SimpleMode) mode.getNext()) {
        all.add(mode.getObject().getJustifier());
      }
    }
    return all;
  }

  private static Justification of(Conclusion conclusion, Match match) {
    Map<String, @Nullable Object> bindings = new LinkedHashMap<>();
    for (String name : match.getDeclarationIds()) {
      if (name.startsWith("$")) { // the others are the engine's own
        bindings.put(name.substring(1), match.getDeclarationValue(name));
      }
    }
    List<Object> facts = new ArrayList<>();
    collectFacts(match.getObjects(), facts);
    return new Justification(
        conclusion,
        match.getRule().getName(),
        Because.template(match.getRule().getMetaData()),
        Collections.unmodifiableMap(bindings),
        List.copyOf(facts));
  }

  /** An accumulate brings its result: what it took is there only if the rule collects a list. */
  private static void collectFacts(Iterable<?> from, List<Object> to) {
    for (Object object : from) {
      if (object instanceof Record) {
        if (!to.contains(object)) {
          to.add(object);
        }
      } else if (object instanceof Object[] many) {
        collectFacts(Arrays.asList(many), to);
      } else if (object instanceof Collection<?> many) {
        collectFacts(many, to);
      }
    }
  }
}
