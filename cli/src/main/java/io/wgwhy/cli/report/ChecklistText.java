package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.facts.finding.Finding.Check;
import io.wgwhy.facts.finding.Verdict;
import java.util.Comparator;
import java.util.List;

/** The walk through the diagnostic order, a line for each cause. */
final class ChecklistText {
  /** So many unchecked causes in a row are told one by one; more are told in one line. */
  private static final int SHORT_RUN = 2;

  private static final int WIDEST_CAUSE = 36;

  private final Page page;
  private final Look look;
  private final List<Check> checks;
  private final int causeWidth;
  private final int stepWidth;

  private ChecklistText(Page page, List<Check> checks) {
    this.page = page;
    this.look = page.look();
    this.checks = checks.stream().sorted(Comparator.comparingInt(Check::step)).toList();
    this.causeWidth =
        Math.min(WIDEST_CAUSE, checks.stream().mapToInt(it -> it.cause().length()).max().orElse(0));
    this.stepWidth = checks.size() > 9 ? 2 : 1;
  }

  static void write(List<Check> checks, Page page) {
    write("Diagnostic order", checks, page);
  }

  static void write(String heading, List<Check> checks, Page page) {
    if (!checks.isEmpty()) {
      new ChecklistText(page, checks).write(heading);
    }
  }

  private void write(String heading) {
    page.heading(heading);
    page.line("    " + look.paint(Ink.FAINT, legend()));
    int at = 0;
    while (at < checks.size()) {
      int end = endOfRun(at);
      if (end - at > SHORT_RUN) {
        fold(at, end);
        at = end;
      } else {
        check(checks.get(at));
        at++;
      }
    }
  }

  private String legend() {
    return look.sign(Sign.RULED_OUT)
        + " ruled out   "
        + look.sign(Sign.CONFIRMED)
        + " confirmed   "
        + look.sign(Sign.POSSIBLE)
        + " possible   "
        + look.sign(Sign.NOT_CHECKED)
        + " not checked";
  }

  /** Where the causes end that were not checked for the same reason as this one. */
  private int endOfRun(int start) {
    Check first = checks.get(start);
    int end = start;
    while (end < checks.size()
        && checks.get(end).verdict() == Verdict.NOT_CHECKED
        && checks.get(end).because().equals(first.because())) {
      end++;
    }
    return end;
  }

  private void fold(int start, int end) {
    String steps = checks.get(start).step() + look.sign(Sign.RANGE) + checks.get(end - 1).step();
    String label = "    " + look.sign(Sign.NOT_CHECKED) + " " + steps + "  ";
    String says = (end - start) + " causes not checked: " + checks.get(start).because();
    page.text(label, Ink.FAINT, Ink.FAINT, says);
  }

  private void check(Check check) {
    String step = " ".repeat(Math.max(0, stepWidth - String.valueOf(check.step()).length()));
    String cause = look.clean(check.cause());
    String label = "    " + sign(check.verdict()) + " " + step + check.step() + " " + cause;
    int pad = causeWidth - Wrap.length(cause);
    String because = check.because().isBlank() ? word(check.verdict()) : check.because();
    Ink ink = ink(check.verdict());
    if (pad >= 0) {
      page.text(label + " ".repeat(pad + 2), ink, Ink.NONE, because);
    } else {
      page.line(look.paint(ink, label));
      page.text(
          " ".repeat(label.length() - Wrap.length(cause) + causeWidth + 2), ink, Ink.NONE, because);
    }
  }

  private String sign(Verdict verdict) {
    return look.sign(
        switch (verdict) {
          case RULED_OUT -> Sign.RULED_OUT;
          case CONFIRMED -> Sign.CONFIRMED;
          case POSSIBLE -> Sign.POSSIBLE;
          case NOT_CHECKED -> Sign.NOT_CHECKED;
        });
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case RULED_OUT -> "ruled out";
      case CONFIRMED -> "confirmed";
      case POSSIBLE -> "possible";
      case NOT_CHECKED -> "not checked";
    };
  }

  private static Ink ink(Verdict verdict) {
    return switch (verdict) {
      case RULED_OUT -> Ink.GOOD;
      case CONFIRMED -> Ink.BAD;
      case POSSIBLE -> Ink.DOUBT;
      case NOT_CHECKED -> Ink.FAINT;
    };
  }
}
