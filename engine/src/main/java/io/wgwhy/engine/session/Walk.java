package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Verdict;
import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.Conclusion.Verb;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Justification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk through the causes in the diagnostic order, exactly as a person would go: the first
 * confirmed cause is the root; with none confirmed the first that something points to; else the
 * first that explains the symptom and that nothing has ruled out.
 */
final class Walk {
  private final List<Step> steps = new ArrayList<>();

  /**
   * One cause on the way.
   *
   * @param reason the rule that decided; null when none did
   * @param pointedTo whether something points to it
   */
  record Step(Cause cause, Verdict verdict, boolean pointedTo, @Nullable Justification reason) {
    boolean open() {
      return cause.disabled() == null && isUndecided();
    }

    private boolean isUndecided() {
      return verdict == Verdict.POSSIBLE || verdict == Verdict.NOT_CHECKED;
    }
  }

  Walk(List<Cause> order, List<Symptom.Kind> symptoms, List<Justification> reasons) {
    for (Cause cause : order) {
      List<Justification> own = of(cause, reasons);
      boolean explains = explains(cause, symptoms, own);
      boolean said = own.stream().anyMatch(it -> it.conclusion().verb() != Verb.RULE_OUT);
      if (explains || (said && !cause.isRisk())) {
        steps.add(step(cause, own));
      }
    }
  }

  /** What something points to, and has brought about none of the symptoms yet. */
  static List<Step> risks(
      List<Cause> order, List<Symptom.Kind> symptoms, List<Justification> reasons) {
    return order.stream()
        .filter(it -> it.isRisk() && it.disabled() == null)
        .filter(it -> !explains(it, symptoms, of(it, reasons)))
        .map(it -> step(it, of(it, reasons)))
        .filter(Step::pointedTo)
        .toList();
  }

  /** Whether it can have brought the symptoms about; of a report that is what a clue points to. */
  private static boolean explains(
      Cause cause, List<Symptom.Kind> symptoms, List<Justification> own) {
    boolean byClue =
        symptoms.contains(Symptom.Kind.REPORTED)
            && own.stream().anyMatch(it -> it.facts().stream().anyMatch(Clue.class::isInstance));
    return byClue || symptoms.stream().anyMatch(cause.explains()::contains);
  }

  private static List<Justification> of(Cause cause, List<Justification> reasons) {
    return reasons.stream()
        .filter(it -> it.conclusion().cause().equals(cause.id()))
        .sorted(Comparator.comparing(Justification::rule))
        .toList();
  }

  private static Step step(Cause cause, List<Justification> own) {
    if (cause.disabled() != null) {
      return new Step(cause, Verdict.NOT_CHECKED, false, null);
    }
    Justification confirms = first(own, Verb.CONFIRM);
    Justification rulesOut = first(own, Verb.RULE_OUT);
    Justification suspects = first(own, Verb.SUSPECT);
    if (confirms != null && rulesOut == null && !cause.neverConfirmed()) {
      return new Step(cause, Verdict.CONFIRMED, true, confirms);
    }
    if (confirms != null) {
      // An overlay wants it so; or two rules contradict each other: then nothing is confirmed.
      return new Step(cause, Verdict.POSSIBLE, true, confirms);
    }
    if (rulesOut != null) {
      return new Step(cause, Verdict.RULED_OUT, false, rulesOut);
    }
    return suspects != null
        ? new Step(cause, Verdict.POSSIBLE, true, suspects)
        : new Step(cause, Verdict.NOT_CHECKED, false, null);
  }

  private static @Nullable Justification first(List<Justification> own, Verb verb) {
    return own.stream().filter(it -> it.conclusion().verb() == verb).findFirst().orElse(null);
  }

  List<Step> steps() {
    return steps;
  }

  /**
   * The causes to be said: all that are confirmed, else the best of the order; none when all fail.
   */
  List<Step> roots() {
    List<Step> confirmed = steps.stream().filter(it -> it.verdict() == Verdict.CONFIRMED).toList();
    if (!confirmed.isEmpty()) {
      return confirmed;
    }
    return steps.stream()
        .filter(Step::open)
        .min(
            Comparator.comparing((Step it) -> !it.pointedTo())
                .thenComparing(Walk::isBringUp)
                .thenComparing(it -> it.cause().place()))
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * Why an end that was not seen may have failed to come up is asked first, but with nothing
   * pointing to it a blocked port is far more common.
   */
  private static boolean isBringUp(Step step) {
    return step.cause().band().startsWith("1-");
  }

  static Confidence confidence(Step step) {
    return step.verdict() == Verdict.CONFIRMED
        ? Confidence.CONFIRMED
        : step.pointedTo() ? Confidence.LIKELY : Confidence.POSSIBLE;
  }

  /**
   * The causes that are not excluded, besides the one that is said, those pointed to first. Why an
   * end that nobody sees may have failed to come up is one question, not ten.
   */
  List<Step> alternatives(Step root) {
    return root.verdict() == Verdict.CONFIRMED
        ? List.of()
        : steps.stream()
            .filter(it -> it.open() && !it.cause().id().equals(root.cause().id()))
            .filter(it -> it.pointedTo() || isBringUp(root) || !isBringUp(it))
            .sorted(
                Comparator.comparing((Step it) -> !it.pointedTo())
                    .thenComparing(Walk::isBringUp)
                    .thenComparing(it -> it.cause().place()))
            .toList();
  }
}
