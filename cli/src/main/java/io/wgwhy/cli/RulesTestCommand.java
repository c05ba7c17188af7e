package io.wgwhy.cli;

import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.TrialText;
import io.wgwhy.cli.workbench.JUnitXml;
import io.wgwhy.cli.workbench.PackBook;
import io.wgwhy.cli.workbench.PackTrial;
import io.wgwhy.cli.workbench.Recordings;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.PackFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules test}: does the pack say what its cases expect? */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Play the cases of a pack, and say which of its rules they reach.",
    description = {
      "",
      "A case is what was seen (outputs over time, facts, or a recording by its name) and what has"
          + " to be said of it: fires-*.yaml, silent-*.yaml, clears-*.yaml beside the rules. The"
          + " pack is judged together with the built-in rules, as in earnest.",
      "",
      "Besides it says which rules no case reaches, and how near the nearest comes; and how many"
          + " conditions are one-sided: no case shows them holding, or none shows them failing, so"
          + " that none would tell if they were left out.",
      "",
      "A recording NAME is looked for in DIR/recordings, ./recordings and ../../recordings of DIR.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules test acme",
      "  wgwhy rules test --watch acme                 again after each change",
      "  wgwhy rules test --conditions acme            what no case would miss",
      "  wgwhy rules test --junit report.xml acme",
      "  wgwhy rules test rules/wireguard              the built-in pack, in a checkout",
      "",
      "Exit codes: 0 all pass, 1 a case fails, or there is none, 2 the pack is refused, or there is none."
    })
final class RulesTestCommand implements Callable<Integer> {
  /** Who has just saved a file does not notice it. */
  private static final long PAUSE_MILLIS = 300;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(paramLabel = "DIR", description = "The pack's folder.", defaultValue = ".")
  private Path pack = Path.of(".");

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "Look for recordings there first; may be repeated.")
  private List<Path> folders = List.of();

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report, too.")
  private @Nullable Path junit;

  @Option(
      names = "--watch",
      description = "Play them again whenever a file of the pack changes, until stopped.")
  private boolean watch;

  @Option(
      names = "--conditions",
      description = {"List the one-sided conditions, too."})
  private boolean conditions;

  @Option(
      names = "--json",
      description = "Print one JSON object: pack, rules, cases, unreached, conditions, oneSided.")
  private boolean json;

  private final Stdio stdio;

  RulesTestCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws InterruptedException {
    Folder.demandPack(pack);
    if (!watch) {
      return once();
    }
    try (Stopping stopping = new Stopping()) {
      while (!stopping.isAsked()) {
        String state = PackFiles.state(pack);
        try {
          once();
        } catch (CannotGoOn told) {
          stdio.tell(String.valueOf(told.getMessage()));
        }
        while (state.equals(PackFiles.state(pack))
            && !stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          // nothing has changed
        }
      }
    }
    return Exit.NOTHING_WRONG;
  }

  private int once() {
    PackTrial.Outcome outcome;
    try {
      PackTrial trial = new PackTrial(pack, PackBook.of(pack), Recordings.of(pack, folders));
      TrialText text = new TrialText(stdio.look());
      outcome = trial.run(it -> print(json ? "" : text.failed(it)));
      if (conditions && !json) {
        print(text.conditions(outcome));
      }
      print(json ? JsonText.of(outcome, stdio.look()) : text.summary(outcome));
    } catch (BadRules refused) {
      throw PackOptions.refusal(stdio, refused);
    }
    if (junit != null) {
      Written.to(junit, JUnitXml.of(outcome), stdio);
    }
    boolean good = outcome.passed() && !outcome.cases().isEmpty();
    return good ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private void print(String text) {
    stdio.out().print(text);
    stdio.out().flush();
  }
}
