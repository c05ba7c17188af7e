package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.rules.RuleProblem;
import java.nio.file.Path;
import java.util.List;

/** What is wrong with a pack, a line each, as editors and terminals link it. */
public final class LintText {
  private LintText() {}

  /** The lines. */
  public static String of(
      List<RuleProblem> problems, List<RuleProblem> advice, List<RuleProblem> fixed, Look look) {
    StringBuilder text = new StringBuilder();
    fixed.forEach(it -> line(text, it, "fixed", Ink.GOOD, look));
    problems.forEach(it -> line(text, it, "problem", Ink.BAD, look));
    advice.forEach(it -> line(text, it, "advice", Ink.DOUBT, look));
    if (problems.isEmpty()) {
      text.append(look.paint(Ink.GOOD, "sound")).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, RuleProblem it, String what, Ink ink, Look look) {
    String here = Path.of("").toAbsolutePath() + "/";
    String where = it.place().startsWith(here) ? it.place().substring(here.length()) : it.place();
    text.append(look.clean(where))
        .append(": ")
        .append(look.paint(ink, what))
        .append(": ")
        .append(look.clean(it.message()))
        .append('\n');
  }
}
