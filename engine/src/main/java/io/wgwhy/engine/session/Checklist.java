package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.Cause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The walk through the order as a checklist, and what to look at next. */
final class Checklist {
  private Checklist() {}

  static List<Finding.Check> of(List<Walk.Step> steps, Map<String, @Nullable Object> values) {
    List<Finding.Check> checks = new ArrayList<>();
    for (Walk.Step step : steps) {
      String because =
          step.reason() == null
              ? undecided(step.cause(), values)
              : step.reason().says(Values.with(values, step.reason()));
      checks.add(new Finding.Check(checks.size() + 1, step.cause().id(), step.verdict(), because));
    }
    return checks;
  }

  /** Nothing that was seen decides it: what would. */
  static String undecided(Cause cause, Map<String, @Nullable Object> values) {
    if (cause.disabled() != null) {
      return "switched off: " + cause.disabled();
    }
    Finding.NextObservation look = cause.look(values);
    if (look == null) {
      return "nothing that was seen decides it";
    }
    String on = look.on() == null ? "the end that was not seen" : look.on();
    return "nothing that was seen decides it; look on " + on + ": " + look.run();
  }

  /** The first candidate's observation, and every candidate that the same command decides. */
  static Finding.@Nullable NextObservation next(
      Walk.Step root, List<Walk.Step> alternatives, Map<String, @Nullable Object> values) {
    List<Walk.Step> candidates = new ArrayList<>(List.of(root));
    candidates.addAll(alternatives);
    Finding.NextObservation first = null;
    Set<String> decides = new LinkedHashSet<>();
    for (Walk.Step candidate : candidates) {
      Finding.NextObservation look =
          candidate.cause().look(Values.with(values, candidate.reason()));
      if (look != null && first == null) {
        first = look;
      }
      if (look != null && first != null && look.run().equals(first.run())) {
        decides.add(candidate.cause().id());
      }
    }
    return first == null
        ? null
        : new Finding.NextObservation(first.on(), first.run(), List.copyOf(decides));
  }
}
