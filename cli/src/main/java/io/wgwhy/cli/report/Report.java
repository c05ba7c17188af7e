package io.wgwhy.cli.report;

import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.cli.diagnose.UnreadInput;
import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.engine.session.HealthyTunnel;
import io.wgwhy.engine.session.UnexplainedTunnel;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The whole answer to a diagnosis, for people. */
public final class Report {
  private final Page page;
  private final boolean everything;

  private Report(Look look, boolean everything) {
    this.page = new Page(look);
    this.everything = everything;
  }

  /**
   * The report on a diagnosis.
   *
   * @param everything each finding in full, not only each network's first
   */
  public static String of(Outcome outcome, Look look, boolean everything) {
    Report report = new Report(look, everything);
    boolean several = outcome.networks().size() > 1;
    outcome.networks().forEach(it -> report.network(it, several));
    report.unread(outcome.unread());
    return report.page.print();
  }

  /**
   * Why a cause is, or is not, what is wrong with each tunnel; those that nothing is wrong with in
   * short, where something is wrong with others.
   */
  public static String why(Outcome outcome, Look look) {
    Report report = new Report(look, false);
    boolean anythingWrong = outcome.explanations().stream().anyMatch(Report::isWrong);
    for (Explanation explanation : outcome.explanations()) {
      if (isWrong(explanation) || !anythingWrong) {
        WhyText.write(explanation, report.page);
      } else {
        WhyText.brief(explanation, report.page);
      }
    }
    if (outcome.explanations().isEmpty() && outcome.isAnythingRead()) {
      report.page.text(0, Ink.NONE, "No tunnel was seen: wg show all dump is missing.");
    }
    report.unread(outcome.unread());
    return report.page.print();
  }

  private static boolean isWrong(Explanation explanation) {
    return !explanation.symptoms().isEmpty();
  }

  /** One finding in full. */
  public static String of(Finding finding, Look look) {
    Page page = new Page(look);
    FindingText.whole(finding, page);
    return page.print();
  }

  private void network(NetworkOutcome network, boolean named) {
    page.gap();
    if (named) {
      String tenant = network.tenant().equals("default") ? "" : network.tenant() + " / ";
      page.text(0, Ink.BOLD, "Network " + tenant + network.network());
      page.gap();
    }
    network.unexplained().forEach(this::unexplained);
    if (network.open().isEmpty() && network.unexplained().isEmpty()) {
      nothing(network);
    }
    for (Finding finding : network.open()) {
      page.gap();
      if (everything || finding.equals(network.open().get(0))) {
        FindingText.whole(finding, page);
      } else {
        FindingText.brief(finding, page);
      }
    }
    if (!network.open().isEmpty() && !network.healthy().isEmpty()) {
      page.heading("Without a finding");
    }
    network.healthy().forEach(this::healthy);
    for (Finding finding : network.resolved()) {
      page.gap();
      if (everything) {
        FindingText.whole(finding, page);
      } else {
        FindingText.past(finding, page);
      }
    }
  }

  /** Not "all is well": what nobody looked at may be broken. */
  private void nothing(NetworkOutcome network) {
    Look look = page.look();
    if (network.healthy().isEmpty()) {
      String says =
          "Nothing wrong was found, but no tunnel was seen either: wg show all dump is missing.";
      page.text(look.sign(Sign.RISK) + " ", Ink.DOUBT, Ink.BOLD, says);
    } else {
      page.text(look.sign(Sign.FINE) + " ", Ink.GOOD, Ink.BOLD, "Nothing wrong was found.");
    }
  }

  /** Each cause that is known was ruled out, one of them wrongly, or it is a new one. */
  private void unexplained(UnexplainedTunnel tunnel) {
    Look look = page.look();
    String says =
        Ends.of(tunnel.subject(), look)
            + ": "
            + String.join(", ", tunnel.symptoms())
            + ", and no known cause explains it. See why not: --why CAUSE";
    page.text("  " + look.sign(Sign.RISK) + " ", Ink.DOUBT, Ink.NONE, says);
  }

  private void healthy(HealthyTunnel tunnel) {
    Look look = page.look();
    String says = Ends.of(tunnel.subject(), look) + ": " + tunnel.says();
    page.text("  " + look.sign(Sign.FINE) + " ", Ink.GOOD, Ink.NONE, says);
  }

  private void unread(List<UnreadInput> unread) {
    if (unread.isEmpty()) {
      return;
    }
    page.heading("Not understood");
    Map<UnreadInput, SortedSet<Integer>> lines = new LinkedHashMap<>();
    for (UnreadInput one : unread) {
      UnreadInput kind = new UnreadInput(one.input(), 0, one.host(), one.command(), one.reason());
      lines.computeIfAbsent(kind, it -> new TreeSet<>()).add(one.line());
    }
    lines.forEach((kind, numbers) -> page.text("    ", Ink.NONE, Ink.FAINT, says(kind, numbers)));
  }

  private static String says(UnreadInput kind, SortedSet<Integer> lines) {
    String whose =
        kind.host() == null
            ? ""
            : ", " + (kind.command() == null ? "" : kind.command() + " on ") + kind.host();
    int first = lines.first();
    int more = lines.size() - 1;
    String where = first == 0 ? "" : ", line " + first + (more > 0 ? " and " + more + " more" : "");
    return kind.input() + whose + where + ": " + kind.reason();
  }
}
