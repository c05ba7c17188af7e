package io.wgwhy.cli;

import io.wgwhy.cli.report.BacktestText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.workbench.Backtest;
import io.wgwhy.cli.workbench.PackBook;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules backtest}: what would a pack have said? */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what a pack would have said of recordings, beside what is said today.",
    description = {
      "",
      "Plays each recording twice, with the built-in rules and with the pack added (the built-in"
          + " pack's own folder: instead), as facts would have come in, and tells what is new, gone"
          + " or changed: cause, confidence, when it opened and when it was resolved.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules backtest acme --recordings incidents/",
      "  wgwhy rules backtest rules/wireguard --recordings recordings",
      "",
      "Exit codes: 0 nothing differs, 1 something does, 2 the pack is refused, or there is nothing"
          + " to play."
    })
final class RulesBacktestCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(paramLabel = "PACK", description = "The pack's folder.")
  private Path pack = Path.of(".");

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      required = true,
      description = "The folder of recordings (NAME.jsonl).")
  private Path recordings = Path.of(".");

  @Option(names = "--json", description = "Print one JSON object: pack, rows, unread, …")
  private boolean json;

  private final Stdio stdio;

  RulesBacktestCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    for (Path folder : new Path[] {pack, recordings}) {
      if (!Files.isDirectory(folder)) {
        throw new CannotGoOn(Exit.UNUSABLE, "no such folder: " + folder);
      }
    }
    Backtest.Outcome outcome;
    try {
      Backtest test = new Backtest(RuleBook.builtIn(), PackBook.of(pack));
      outcome = test.run(PackFiles.name(pack), recordings, this::progress);
    } catch (BadRules refused) {
      throw PackOptions.refusal(stdio, refused);
    } catch (IOException unreadable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read " + recordings + ": " + unreadable);
    }
    if (outcome.rows().isEmpty()) {
      throw new CannotGoOn(Exit.UNUSABLE, "no recording could be read in " + recordings);
    }
    stdio
        .out()
        .print(json ? JsonText.of(outcome, stdio.look()) : BacktestText.of(outcome, stdio.look()));
    return outcome.differences() == 0 ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private void progress(Path file) {
    stdio.err().println("wgwhy: " + stdio.look().clean(String.valueOf(file.getFileName())));
    stdio.err().flush();
  }
}
