package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * What Drools is asked: judgements go in and are updated by handle (deleting and inserting would
 * make conclusions flap), symptoms and conclusions come out.
 *
 * <p>A network that is well asks nothing. It has no Drools session, then: an empty one takes 350 KB
 * for the tables of its joins, more than all else that is kept of fifty tunnels.
 */
final class WorkingMemory {
  /** One that so many broken tunnels were in at once has large tables: it is not worth keeping. */
  private static final int LARGE = 200;

  private final RuleBook rules;
  private final Results results = new Results();

  /** null while there is nothing to ask. */
  private @Nullable KieSession session;

  private final Map<String, Inserted> raw = new HashMap<>();
  private final Map<String, Map<String, Inserted>> judgements = new HashMap<>();
  private final Map<String, TreeSet<Symptom.Kind>> symptoms = new HashMap<>();
  private final Map<String, Map<Conclusion, FactHandle>> conclusions = new HashMap<>();

  /** Tunnels since the rules fired last. */
  private int changed;

  /** The most tunnels that this Drools session had in it. */
  private int most;

  /** For how many moments nothing has been asked. */
  private int emptyMoments;

  /**
   * @param handle null of what waits for a Drools session
   */
  private record Inserted(@Nullable FactHandle handle, Object value) {}

  WorkingMemory(RuleBook rules) {
    this.rules = rules;
  }

  private KieSession session() {
    KieSession known = session;
    if (known == null) {
      KieSession lent = rules.lend();
      lent.addEventListener(results);
      // Ours from here on: should a rule of somebody's fail on a fact, it is closed with the rest.
      session = lent;
      raw.replaceAll((key, it) -> new Inserted(lent.insert(it.value()), it.value()));
      known = lent;
    }
    return known;
  }

  /**
   * Gives the Drools session back when nothing is asked.
   *
   * @throws RuntimeException as {@link #fire}
   */
  void rest() {
    KieSession lent = session;
    if (lent == null || !judgements.isEmpty()) {
      return;
    }
    if (most > LARGE) {
      session = null;
      lent.dispose();
      raw.replaceAll((key, it) -> new Inserted(null, it.value()));
    } else {
      raw.replaceAll((key, it) -> takenOut(lent, it));
      fire();
      lent.removeEventListener(results);
      session = null;
      rules.giveBack(lent);
    }
    symptoms.clear();
    conclusions.clear();
    most = 0;
  }

  private static Inserted takenOut(KieSession lent, Inserted it) {
    if (it.handle() != null) {
      lent.delete(it.handle());
    }
    return new Inserted(null, it.value());
  }

  /**
   * A moment has passed. When nothing was asked for as many as there are facts to put in again, the
   * Drools session is given back: then waiting and coming back cost the same.
   *
   * @throws RuntimeException as {@link #fire}
   */
  void passed() {
    if (session != null && judgements.isEmpty() && ++emptyMoments > raw.size()) {
      rest();
    }
  }

  /** Keeps what the rules inserted logically, by tunnel. */
  private final class Results extends DefaultRuleRuntimeEventListener {
    @Override
    public void objectInserted(ObjectInsertedEvent event) {
      if (event.getObject() instanceof Symptom symptom) {
        symptoms.computeIfAbsent(symptom.tunnel(), any -> new TreeSet<>()).add(symptom.kind());
      } else if (event.getObject() instanceof Conclusion conclusion) {
        conclusions
            .computeIfAbsent(conclusion.tunnel(), any -> new HashMap<>())
            .put(conclusion, event.getFactHandle());
      }
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
      if (event.getOldObject() instanceof Symptom symptom) {
        symptoms.computeIfPresent(
            symptom.tunnel(),
            (any, kinds) -> kinds.remove(symptom.kind()) && kinds.isEmpty() ? null : kinds);
      } else if (event.getOldObject() instanceof Conclusion conclusion) {
        conclusions.computeIfPresent(
            conclusion.tunnel(),
            (any, known) -> known.remove(conclusion) != null && known.isEmpty() ? null : known);
      }
    }
  }

  /** Puts a fact in as it is. */
  void put(String key, Object value) {
    raw.compute(
        key, (any, before) -> session == null ? new Inserted(null, value) : put(before, value));
  }

  /** Takes out what was put in as it is. */
  void removeRaw(String key) {
    Inserted gone = raw.remove(key);
    if (gone != null && gone.handle() != null) {
      session().delete(gone.handle());
    }
  }

  /** Replaces all that is judged of a tunnel. */
  void put(String tunnel, Map<String, Object> values) {
    changed++;
    emptyMoments = 0;
    KieSession asked = session();
    Map<String, Inserted> known = judgements.computeIfAbsent(tunnel, any -> new TreeMap<>());
    most = Math.max(most, judgements.size());
    known
        .entrySet()
        .removeIf(
            it -> {
              boolean gone = !values.containsKey(it.getKey());
              if (gone) {
                asked.delete(it.getValue().handle());
              }
              return gone;
            });
    values.forEach((key, value) -> known.compute(key, (any, before) -> put(before, value)));
  }

  /** An equal value would make rules fire again for nothing. */
  private Inserted put(@Nullable Inserted before, Object value) {
    if (before == null || before.handle() == null) {
      return new Inserted(session().insert(value), value);
    }
    if (before.value().equals(value)) {
      return before;
    }
    session().update(before.handle(), value);
    return new Inserted(before.handle(), value);
  }

  /** Takes out all that is judged of a tunnel; what was concluded from it goes with it. */
  void remove(String tunnel) {
    Map<String, Inserted> known = judgements.remove(tunnel);
    if (known != null) {
      KieSession asked = session();
      known.values().forEach(it -> asked.delete(it.handle()));
    }
  }

  void fire() {
    if (session != null) {
      rules.fire(session, changed);
    }
    changed = 0;
  }

  /** The symptoms of a tunnel, those that explain others first. */
  List<Symptom.Kind> symptoms(String tunnel) {
    TreeSet<Symptom.Kind> known = symptoms.get(tunnel);
    return known == null ? List.of() : List.copyOf(known);
  }

  /** All conclusions about a tunnel, with the matches that hold them up. */
  List<Justification> reasons(String tunnel) {
    Map<Conclusion, FactHandle> known = conclusions.get(tunnel);
    if (known == null || known.isEmpty()) {
      return List.of();
    }
    List<Justification> all = new ArrayList<>();
    known.values().forEach(it -> all.addAll(Justification.of(it)));
    return all;
  }

  /** All that the rules are asked about and conclude from, as it is now. */
  Facts facts() {
    return Facts.in(session());
  }

  /** The rules by which something is concluded now. */
  Set<String> rulesThatHold() {
    return session == null ? Set.of() : Justification.rules(session);
  }

  /** What was put in: all but what the rules concluded. */
  List<Object> judged() {
    List<Object> all = new ArrayList<>();
    raw.values().forEach(it -> all.add(it.value()));
    judgements.values().forEach(it -> it.values().forEach(one -> all.add(one.value())));
    return all;
  }

  void close() {
    if (session != null) {
      session.dispose();
      session = null;
    }
  }
}
