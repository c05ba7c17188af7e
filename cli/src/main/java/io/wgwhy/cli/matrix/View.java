package io.wgwhy.cli.matrix;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is found from one vantage point.
 *
 * @param findings root causes first
 */
record View(List<Finding> findings) {
  /** How many candidates a person reads. */
  static final int READ = 3;

  /** The causes in the order in which a person reads them: the first finding's come first. */
  List<String> candidates() {
    Set<String> all = new LinkedHashSet<>();
    findings.stream().limit(1).forEach(it -> all.add(it.cause()));
    findings.stream()
        .limit(1)
        .flatMap(it -> it.alternatives().stream())
        .forEach(it -> all.add(it.cause()));
    findings.forEach(it -> all.add(it.cause()));
    return new ArrayList<>(all);
  }

  /** The place of the first right candidate, from 1; 0 when there is none. */
  int place(Truth truth) {
    List<String> all = candidates();
    for (int i = 0; i < all.size(); i++) {
      if (truth.causes().contains(all.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** What is confirmed and wrong: nothing ever should be. */
  List<String> wronglyConfirmed(Truth truth) {
    return findings.stream()
        .filter(it -> it.confidence() == Confidence.CONFIRMED)
        .map(Finding::cause)
        .filter(it -> !truth.causes().contains(it))
        .distinct()
        .toList();
  }

  /** Whether nothing is said, or nothing worse than a risk. */
  boolean silent() {
    return findings.stream().allMatch(it -> it.severity() == Severity.WARNING);
  }

  /** The first finding: its cause and how sure it is; empty when there is none. */
  String first() {
    return findings.stream()
        .findFirst()
        .map(it -> it.cause() + " (" + it.confidence().name().toLowerCase(Locale.ROOT) + ")")
        .orElse("");
  }
}
