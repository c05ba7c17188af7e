package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Glossary;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.proof.Facts;
import io.wgwhy.rules.proof.Proof;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says why a cause is, or is not, what is wrong with a tunnel. */
final class Explaining {
  private final RuleBook rules;
  private final FindingWriter writer;
  private final Glossary glossary = Glossary.read();

  Explaining(RuleBook rules, FindingWriter writer) {
    this.rules = rules;
    this.writer = writer;
  }

  /**
   * @param symptoms of the tunnel
   * @param reasons all that is concluded about the tunnel
   * @param facts of the session
   */
  Explanation explain(
      Cause cause,
      Scene scene,
      List<Symptom.Kind> symptoms,
      List<Justification> reasons,
      Facts facts) {
    Map<String, @Nullable Object> values = Values.of(scene);
    Walk walk = new Walk(rules.causes(), symptoms, symptoms.isEmpty() ? List.of() : reasons);
    Walk.Step step =
        walk.steps().stream().filter(it -> it.cause().equals(cause)).findFirst().orElse(null);
    List<Walk.Step> roots = symptoms.isEmpty() ? List.of() : walk.roots();
    Finding.NextObservation look =
        step == null || !step.open() ? null : cause.look(Values.with(values, step.reason()));
    return new Explanation(
        writer.tenant(),
        writer.network(),
        writer.subject(scene.tunnel()),
        cause.id(),
        cause.title(Values.with(values, step == null ? null : step.reason())),
        cause.explains().stream().map(Symptom.Kind::word).toList(),
        symptoms.stream().map(Symptom.Kind::word).toList(),
        step == null ? null : step.verdict(),
        because(cause, step, symptoms, values),
        roots.isEmpty() ? null : roots.get(0).cause().id(),
        Checklist.of(walk.steps(), values).stream()
            .takeWhile(it -> !it.cause().equals(cause.id()))
            .filter(it -> step != null)
            .toList(),
        rules(cause, scene, reasons, facts),
        look);
  }

  private static String because(
      Cause cause,
      Walk.@Nullable Step step,
      List<Symptom.Kind> symptoms,
      Map<String, @Nullable Object> values) {
    if (cause.disabled() != null) {
      return "switched off: " + cause.disabled();
    }
    if (step != null) {
      return step.reason() == null
          ? "nothing that was seen decides it"
          : step.reason().says(Values.with(values, step.reason()));
    }
    return symptoms.isEmpty()
        ? "nothing is wrong with this tunnel, so no cause is asked for"
        : "it does not bring about " + words(symptoms) + ", but " + words(cause.explains());
  }

  private static String words(Iterable<Symptom.Kind> symptoms) {
    StringBuilder words = new StringBuilder();
    symptoms.forEach(it -> words.append(words.isEmpty() ? "" : ", ").append(it.word()));
    return words.toString();
  }

  private List<Explanation.Rule> rules(
      Cause cause, Scene scene, List<Justification> reasons, Facts facts) {
    ProofWords words = new ProofWords(scene, glossary);
    Map<String, Justification> holding =
        reasons.stream()
            .collect(Collectors.toMap(Justification::rule, it -> it, (first, other) -> first));
    record Told(RuleHead head, Proof proof, Explanation.Rule rule) {}
    return rules.rules().stream()
        .filter(it -> cause.id().equals(it.cause()))
        .map(
            head -> {
              Proof proof = rules.prover().prove(head.name(), scene.tunnel().id(), facts);
              Justification reason = holding.get(head.name());
              return new Told(head, proof, rule(scene, head, proof, reason, words));
            })
        .sorted(
            Comparator.comparing((Told it) -> it.rule().state())
                .thenComparing(it -> it.rule().says())
                .thenComparing(it -> -it.proof().held())
                .thenComparing(it -> it.head().line()))
        .map(Told::rule)
        .toList();
  }

  private static Explanation.Rule rule(
      Scene scene, RuleHead head, Proof proof, @Nullable Justification reason, ProofWords words) {
    List<Explanation.Condition> conditions =
        proof.conditions().stream().map(words::condition).toList();
    return new Explanation.Rule(
        says(head),
        head.name(),
        head.file() + ":" + head.line(),
        state(proof, reason, conditions),
        reason == null ? null : reason.says(Values.with(Values.of(scene), reason)),
        conditions);
  }

  /** What fails only by conditions that nobody looked at may hold. */
  private static Explanation.State state(
      Proof proof, @Nullable Justification reason, List<Explanation.Condition> conditions) {
    if (proof.state() == Proof.State.NOT_TAKEN_APART) {
      return reason == null ? Explanation.State.FAILS : Explanation.State.HOLDS;
    }
    if (proof.state() == Proof.State.HOLDS) {
      return Explanation.State.HOLDS;
    }
    return conditions.stream().anyMatch(it -> it.state() == Explanation.State.FAILS)
        ? Explanation.State.FAILS
        : Explanation.State.NOT_KNOWN;
  }

  private static Explanation.Says says(RuleHead head) {
    Conclusion.Verb verb = head.verb();
    if (verb == null) {
      throw new IllegalStateException(head.name() + " says nothing of its cause");
    }
    return switch (verb) {
      case CONFIRM -> Explanation.Says.CONFIRM;
      case SUSPECT -> Explanation.Says.SUSPECT;
      case RULE_OUT -> Explanation.Says.RULE_OUT;
    };
  }
}
