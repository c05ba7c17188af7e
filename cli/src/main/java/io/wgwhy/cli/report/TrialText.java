package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.cli.workbench.CaseResult;
import io.wgwhy.cli.workbench.PackTrial;
import java.util.Locale;

/** How the cases of a pack came out, for people. */
public final class TrialText {
  private final Look look;

  public TrialText(Look look) {
    this.look = look;
  }

  /** A case that failed; empty for one that passed. */
  public String failed(CaseResult result) {
    if (result.passed()) {
      return "";
    }
    Page page = new Page(look);
    page.text(look.sign(Sign.FAULT) + " ", Ink.BAD, Ink.BOLD, result.name());
    result.failures().forEach(it -> page.text(4, Ink.NONE, it));
    return page.print();
  }

  /** The numbers, and the rules that no case reached. */
  public String summary(PackTrial.Outcome outcome) {
    Page page = new Page(look);
    long failed = outcome.cases().stream().filter(it -> !it.passed()).count();
    outcome.unreached().forEach(it -> unreached(it, page));
    page.gap();
    boolean good = failed == 0 && !outcome.cases().isEmpty();
    page.text(
        look.sign(good ? Sign.FINE : Sign.FAULT) + " ",
        good ? Ink.GOOD : Ink.BAD,
        Ink.NONE,
        String.format(
            Locale.ROOT,
            "%s: %d cases, %d failed; %d rules, %d reached by none; %d conditions,"
                + " %d one-sided; %.1f s",
            outcome.pack(),
            outcome.cases().size(),
            failed,
            outcome.rules(),
            outcome.unreached().size(),
            outcome.conditions(),
            outcome.oneSided().size(),
            outcome.seconds()));
    return page.print();
  }

  /** Each condition of which the cases show one side only, under its rule. */
  public String conditions(PackTrial.Outcome outcome) {
    Page page = new Page(look);
    String rule = "";
    for (PackTrial.OneSided it : outcome.oneSided()) {
      if (!it.rule().equals(rule)) {
        rule = it.rule();
        page.gap();
        page.text(look.sign(Sign.POSSIBLE) + " ", Ink.DOUBT, Ink.BOLD, rule);
        page.text(4, Ink.FAINT, it.at());
      }
      page.text(4, Ink.NONE, "never " + it.never() + ": " + it.condition());
    }
    return page.print();
  }

  private void unreached(PackTrial.Unreached it, Page page) {
    page.gap();
    page.text(look.sign(Sign.POSSIBLE) + " ", Ink.DOUBT, Ink.BOLD, "no case reaches: " + it.rule());
    page.text(4, Ink.FAINT, it.at());
    page.text(
        4,
        Ink.NONE,
        it.nearest() == null
            ? "none of its cause's cases comes near"
            : it.held() + " of " + it.of() + " conditions hold in " + it.nearest());
    if (it.failed() != null) {
      page.text(4, Ink.NONE, "the first that fails: " + it.failed());
    }
  }
}
