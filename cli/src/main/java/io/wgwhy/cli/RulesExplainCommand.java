package io.wgwhy.cli;

import io.wgwhy.cli.diagnose.Diagnose;
import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.UnknownCause;
import io.wgwhy.cli.report.OutcomeJson;
import io.wgwhy.cli.report.Report;
import io.wgwhy.rules.RuleBook;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules explain}: why a cause is, or is not, what is wrong. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say why a cause is found in a recording, or why not.",
    description = {
      "",
      "For each tunnel and each rule of the cause: the conditions and the facts that they hold by,"
          + " or how far the rule comes, the first condition that fails with the wanted beside the"
          + " actual, and the commands that would show what nobody looked at. What ruled out the"
          + " causes before it stands below. The same as wgwhy diagnose --why.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules explain udp-port-blocked-upstream incident.jsonl",
      "  wgwhy rules explain --rules acme acme-old-gateway laptop=wg.txt",
      "",
      "Exit codes: 0 nothing is wrong now, 1 findings, 2 bad usage, or nothing could be read."
    })
final class RulesExplainCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final PackOptions packs = new PackOptions();

  @Parameters(index = "0", paramLabel = "CAUSE", description = "See wgwhy rules list.")
  private String cause = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "[HOST=]FILE",
      description = "Recordings, or pasted outputs, as of wgwhy diagnose.")
  private List<String> files = List.of();

  @Option(names = "--json", description = "Print one JSON object, with explanations.")
  private boolean json;

  private final Stdio stdio;

  RulesExplainCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    RuleBook book = packs.book(stdio);
    try {
      UnknownCause.unless(book, cause);
    } catch (UnknownCause unknown) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(unknown.getMessage()));
    }
    Diagnose diagnose = new Diagnose(() -> book, Clock.systemUTC());
    Outcome outcome = diagnose.files(files, false, cause, stdio.in());
    String text = json ? OutcomeJson.of(outcome, stdio.look()) : Report.why(outcome, stdio.look());
    stdio.out().print(text);
    if (!outcome.isAnythingRead()) {
      throw new CannotGoOn(Exit.UNUSABLE, "nothing could be read");
    }
    return outcome.isSomethingWrong() ? Exit.FINDINGS : Exit.NOTHING_WRONG;
  }
}
