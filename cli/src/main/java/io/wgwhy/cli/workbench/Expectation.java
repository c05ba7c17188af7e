package io.wgwhy.cli.workbench;

import io.wgwhy.facts.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what a case expects with what is found. */
final class Expectation {
  private final List<String> wrong = new ArrayList<>();
  private final List<Finding> findings;

  private Expectation(List<Finding> findings) {
    this.findings = findings;
  }

  /** What is not as the case has it, a sentence each. */
  static List<String> missed(Case.Expect expect, List<Finding> findings) {
    Expectation of = new Expectation(findings);
    of.first(expect);
    if (expect.also() != null) {
      expect.also().stream()
          .filter(it -> !of.causes().contains(it))
          .forEach(it -> of.wrong.add("expected " + it + " besides, found " + of.found()));
    }
    if (expect.only() && findings.size() != 1) {
      of.wrong.add("expected one finding only, found " + of.found());
    }
    if (expect.none() && !findings.isEmpty()) {
      of.wrong.add("expected nothing, found " + of.found());
    }
    if (expect.not() != null) {
      expect.not().stream()
          .filter(of.causes()::contains)
          .forEach(it -> of.wrong.add("must not find " + it + ", found " + of.found()));
    }
    return of.wrong;
  }

  /**
   * What is left after the repair: faults, and of a risk the warning itself. What heals by the
   * recording's own commands leaves the file as it was: that another warning says so is right.
   */
  static List<String> left(Case played, List<Finding> findings) {
    Case.First first = played.expect().first();
    boolean byHand = played.then() != null && !played.then().heals();
    return findings.stream()
        .filter(it -> it.isFault() || (byHand && first != null && it.cause().equals(first.cause())))
        .map(it -> "after the repair there is still " + words(it))
        .toList();
  }

  private void first(Case.Expect expect) {
    Case.First first = expect.first();
    if (first == null) {
      return;
    }
    if (findings.isEmpty()) {
      wrong.add("expected first " + first.cause() + ", found nothing");
      return;
    }
    Finding found = findings.get(0);
    if (!found.cause().equals(first.cause())) {
      wrong.add("expected first " + first.cause() + ", found " + found());
      return;
    }
    if (first.confidence() != null && !word(found.confidence()).equals(first.confidence())) {
      wrong.add("expected " + first.confidence() + ", found " + words(found));
    }
    if (first.severity() != null && !word(found.severity()).equals(first.severity())) {
      wrong.add("expected severity " + first.severity() + ", found " + word(found.severity()));
    }
  }

  private List<String> causes() {
    return findings.stream().map(Finding::cause).toList();
  }

  private String found() {
    return findings.isEmpty()
        ? "nothing"
        : String.join(", ", findings.stream().map(Expectation::words).toList());
  }

  private static String words(Finding finding) {
    return finding.cause() + " (" + word(finding.confidence()) + ")";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
