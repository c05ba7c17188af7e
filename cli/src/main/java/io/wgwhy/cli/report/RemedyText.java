package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.NextObservation;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.Step;
import io.wgwhy.facts.finding.Finding.Verification;
import org.jspecify.annotations.Nullable;

/** What to do: commands ready to paste, each with the host where it belongs. */
final class RemedyText {
  private final Page page;

  private RemedyText(Page page) {
    this.page = page;
  }

  /** What would make an uncertain verdict certain. */
  static void writeNext(Finding finding, Page page) {
    NextObservation next = finding.nextObservation();
    if (next != null) {
      page.heading("To be sure");
      String decides =
          next.decides().isEmpty() ? "" : " to decide on " + String.join(", ", next.decides());
      page.text(4, Ink.NONE, where("Run this", next.on()) + decides + ":");
      page.command(next.run());
    }
  }

  static void write(Remedy remedy, Page page) {
    if (!remedy.summary().isBlank() || !remedy.steps().isEmpty()) {
      page.heading("Repair");
      new RemedyText(page).write(remedy);
    }
  }

  private void write(Remedy remedy) {
    if (!remedy.summary().isBlank()) {
      page.text(4, Ink.NONE, remedy.summary());
    }
    for (Step step : remedy.steps()) {
      page.gap();
      step(step);
    }
    Verification verify = remedy.verify();
    if (verify != null) {
      page.gap();
      String expect = verify.expect().isBlank() ? "" : "; expect: " + verify.expect();
      page.text(4, Ink.NONE, where("Verify", verify.on()) + expect);
      page.command(verify.run());
    }
  }

  private void step(Step step) {
    String why = step.why().isBlank() ? "" : ": " + step.why();
    page.text(4, Ink.NONE, where("", step.on()) + why);
    page.command(step.run());
    if (step.undo() != null) {
      page.text(4, Ink.FAINT, "To undo it:");
      page.command(step.undo());
    }
  }

  private static String where(String verb, @Nullable String host) {
    if (host == null) {
      return verb.isEmpty() ? "On the host concerned" : verb;
    }
    return verb.isEmpty() ? "On " + host : verb + " on " + host;
  }
}
