package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.workbench.CauseRow;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.stream.Collectors;

/** Causes, for people at a terminal. */
public final class CauseText {
  /** As terminals show it. */
  private static final int TAB = 8;

  private CauseText() {}

  /** All of them, a line each. */
  public static String list(RuleBook book, List<CauseRow> causes, Look look) {
    Page page = new Page(look);
    int widest = causes.stream().mapToInt(it -> Wrap.length(it.cause())).max().orElse(0);
    String band = "";
    for (CauseRow cause : causes) {
      if (!cause.band().equals(band)) {
        band = cause.band();
        page.heading(band);
      }
      page.line(
          "%4d  %s  %-8s  %2d rules  %2d cases%s"
              .formatted(
                  cause.place(),
                  FindingLine.padded(cause.cause(), widest),
                  cause.severity(),
                  cause.ruleCount(),
                  cause.caseCount(),
                  own(book, cause)));
    }
    page.gap();
    page.line(
        "  "
            + causes.size()
            + " causes; packs: "
            + book.packs().stream()
                .map(it -> it.name() + " " + it.version())
                .collect(Collectors.joining(", ")));
    return page.print();
  }

  private static String own(RuleBook book, CauseRow cause) {
    return book.packs().size() == 1 ? "" : "  " + cause.pack();
  }

  /** One of them, with all that its folder holds. */
  public static String show(CauseRow cause, String version, RuleBook.CauseFiles files, Look look) {
    Page page = new Page(look);
    page.text("", Ink.NONE, Ink.BOLD, cause.cause() + ": " + cause.title());
    page.text(
        2,
        Ink.FAINT,
        "place "
            + cause.place()
            + " in the diagnostic order, "
            + cause.severity()
            + ", pack "
            + cause.pack()
            + " "
            + version
            + ", "
            + files.folder());
    page.text(2, Ink.NONE, "Brings about: " + String.join(", ", cause.explains()));
    section(page, "Remedy page", cause.cause() + ".md");
    verbatim(page, files.page());
    section(page, "Rules", cause.cause() + ".drl");
    verbatim(page, files.rules());
    files
        .cases()
        .forEach(
            (name, text) -> {
              section(page, "Case", name);
              verbatim(page, text);
            });
    return page.print();
  }

  private static void section(Page page, String what, String file) {
    page.gap();
    page.line(page.look().paint(Ink.BOLD, what + ": " + file));
    page.gap();
  }

  private static void verbatim(Page page, String text) {
    text.strip()
        .lines()
        .forEach(it -> page.line("  " + page.look().clean(it.replace("\t", " ".repeat(TAB)))));
  }
}
