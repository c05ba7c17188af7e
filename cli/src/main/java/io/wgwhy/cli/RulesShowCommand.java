package io.wgwhy.cli;

import io.wgwhy.cli.diagnose.UnknownCause;
import io.wgwhy.cli.report.CauseText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.workbench.CauseRow;
import io.wgwhy.rules.RuleBook;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules show}: all that is written of one cause. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show one cause: its remedy page, its rules and its cases together.",
    footer = {
      "",
      "Examples:",
      "  wgwhy rules show mtu-too-large | less",
      "  wgwhy rules show --json mtu-too-large | jq -r .rules",
      "",
      "Exit codes: 0, or 2 when there is no such cause."
    })
final class RulesShowCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final PackOptions packs = new PackOptions();

  @Parameters(paramLabel = "CAUSE", description = "See wgwhy rules list.")
  private String cause = "";

  @Option(
      names = "--json",
      description = "Print one JSON object: about, folder, rules, page, cases, each as written.")
  private boolean json;

  private final Stdio stdio;

  RulesShowCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  private record Answer(
      CauseRow about,
      String version,
      String folder,
      String rules,
      String page,
      Map<String, String> cases) {}

  @Override
  public Integer call() {
    RuleBook book = packs.book(stdio);
    try {
      UnknownCause.unless(book, cause);
    } catch (UnknownCause unknown) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(unknown.getMessage()));
    }
    CauseRow row =
        CauseRow.of(book).stream().filter(it -> it.cause().equals(cause)).findFirst().orElseThrow();
    RuleBook.CauseFiles files = book.files(cause);
    String version =
        book.packs().stream()
            .filter(it -> it.name().equals(row.pack()))
            .map(RuleBook.Pack::version)
            .findFirst()
            .orElseThrow();
    Answer answer =
        new Answer(row, version, files.folder(), files.rules(), files.page(), files.cases());
    stdio
        .out()
        .print(
            json
                ? JsonText.of(answer, stdio.look())
                : CauseText.show(row, version, files, stdio.look()));
    return Exit.NOTHING_WRONG;
  }
}
