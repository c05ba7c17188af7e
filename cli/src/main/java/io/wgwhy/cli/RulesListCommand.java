package io.wgwhy.cli;

import io.wgwhy.cli.report.CauseText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.workbench.CauseRow;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy rules list}: the causes, in the diagnostic order. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "List the causes in the diagnostic order, with severity, rules and cases.",
    description = {
      "",
      "The walk through a tunnel's symptom asks for the causes from top to bottom, and stops at the"
          + " first that is confirmed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules list",
      "  wgwhy rules list --rules acme                 with a pack of your own",
      "  wgwhy rules list --json | jq -r '.causes[].cause'",
      "",
      "Exit codes: 0, or 2 when a pack is refused."
    })
final class RulesListCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final PackOptions packs = new PackOptions();

  @Option(names = "--json", description = "Print one JSON object: packs, causes.")
  private boolean json;

  private final Stdio stdio;

  RulesListCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  private record Answer(List<RuleBook.Pack> packs, List<CauseRow> causes) {}

  @Override
  public Integer call() {
    RuleBook book = packs.book(stdio);
    List<CauseRow> causes = CauseRow.of(book);
    stdio
        .out()
        .print(
            json
                ? JsonText.of(new Answer(book.packs(), causes), stdio.look())
                : CauseText.list(book, causes, stdio.look()));
    return Exit.NOTHING_WRONG;
  }
}
