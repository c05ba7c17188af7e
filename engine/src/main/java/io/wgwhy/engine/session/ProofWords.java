package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Explanation.Actual;
import io.wgwhy.facts.finding.Explanation.Check;
import io.wgwhy.facts.finding.Explanation.Condition;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.rules.Glossary;
import io.wgwhy.rules.proof.Proof;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the prover found into words, with the observation beside whatever nobody has seen yet.
 */
final class ProofWords {
  private final Scene scene;
  private final Glossary glossary;
  private final Map<String, @Nullable Object> values;

  ProofWords(Scene scene, Glossary glossary) {
    this.scene = scene;
    this.glossary = glossary;
    this.values = Values.of(scene);
  }

  Condition condition(Proof.Condition it) {
    Class<?> kind = it.kind();
    if (kind == null) {
      List<Condition> parts = it.parts().stream().map(this::condition).toList();
      return new Condition(
          words(it.mode()), state(it.state()), null, null, List.of(), List.of(), null, parts);
    }
    List<Check> checks = it.checks().stream().map(check -> check(check, kind, it)).toList();
    Explanation.State state = state(it, checks);
    Finding.NextObservation look =
        it.fact() == null && state == Explanation.State.NOT_KNOWN
            ? glossary.look(kind, valuesFor(it))
            : null;
    return new Condition(
        words(it.mode()),
        state,
        kind.getSimpleName(),
        glossary.about(kind),
        it.fact() == null ? List.of() : Says.of(scene, it.fact()).stream().distinct().toList(),
        checks,
        look,
        List.of());
  }

  /** What fails only because nobody looked is not known. */
  private Explanation.State state(Proof.Condition it, List<Check> checks) {
    if (it.state() != Proof.State.FAILS || it.mode() != Proof.Mode.THERE_IS || it.kind() == null) {
      return state(it.state());
    }
    if (it.fact() == null) {
      return glossary.look(it.kind(), values) == null
          ? Explanation.State.FAILS
          : Explanation.State.NOT_KNOWN;
    }
    return checks.stream().anyMatch(check -> check.state() == Explanation.State.FAILS)
        ? Explanation.State.FAILS
        : Explanation.State.NOT_KNOWN;
  }

  private Check check(Proof.Check it, Class<?> kind, Proof.Condition of) {
    List<Actual> actual = new ArrayList<>();
    boolean missing = false;
    for (Proof.Actual one : it.actual()) {
      if (one.name().startsWith("$")) {
        actual.add(new Actual(one.name(), null, text(one.value()), null));
        continue;
      }
      String none = one.value() == null ? glossary.none(kind, one.name()) : null;
      boolean unknown = one.unknown() && none == null;
      missing |= unknown;
      actual.add(
          new Actual(
              one.name(),
              glossary.is(kind, one.name()),
              none != null ? none : unknown ? null : text(one.value()),
              unknown ? glossary.look(kind, one.name(), valuesFor(of)) : null));
    }
    boolean notKnown = it.state() == Proof.State.FAILS && missing;
    return new Check(
        shortened(it.wanted()),
        notKnown ? Explanation.State.NOT_KNOWN : state(it.state()),
        List.copyOf(actual));
  }

  /** The tunnel's values, and those of what the condition is about. */
  private Map<String, @Nullable Object> valuesFor(Proof.Condition it) {
    Map<String, @Nullable Object> all = new HashMap<>(values);
    all.put("end", values.get(isAboutResponder(it) ? "responder" : "initiator"));
    if (it.fact() instanceof FailedTarget failed) {
      all.put("target", failed.target());
    }
    return all;
  }

  private static boolean isAboutResponder(Proof.Condition it) {
    String asked = it.checks().stream().map(Proof.Check::wanted).collect(Collectors.joining(" "));
    if (asked.contains(Role.class.getSimpleName() + ".")) {
      return asked.contains(Role.RESPONDER.name());
    }
    return !asked.contains("INITIATION_OUT") && !asked.contains("RESPONSE_IN");
  }

  /** {@code Answer.NO} is told as {@code NO}. */
  private static String shortened(String wanted) {
    return wanted.replaceAll("\\b(?:[A-Z]\\w*\\.)+(?=[A-Z][A-Z_]+\\b)", "");
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Enum<?> word) {
      return word.name();
    }
    if (value instanceof Collection<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return value.toString();
  }

  private static Explanation.State state(Proof.State state) {
    return switch (state) {
      case HOLDS -> Explanation.State.HOLDS;
      case FAILS -> Explanation.State.FAILS;
      case NOT_REACHED, NOT_TAKEN_APART -> Explanation.State.NOT_REACHED;
    };
  }

  private static String words(Proof.Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
