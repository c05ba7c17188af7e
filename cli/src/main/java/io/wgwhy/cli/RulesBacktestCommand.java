package io.wgwhy.cli;

import io.wgwhy.cli.publish.Candidate;
import io.wgwhy.cli.publish.TopicBacktest;
import io.wgwhy.cli.report.BacktestText;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.workbench.Backtest;
import io.wgwhy.cli.workbench.PackBook;
import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy rules backtest}: what would a pack have said? */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what a pack would have said of the past, beside what is said today.",
    description = {
      "",
      "Plays facts twice, with the rules as they are and with the pack added (of a pack that is"
          + " there already: in its place), as they came in, and tells what is new, gone or"
          + " changed: cause, confidence, severity, when it opened and when it was resolved. Takes"
          + " recordings, beside the built-in rules; or the facts that topics still hold (7 days"
          + " unless you changed that), beside all that is published.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules backtest acme --recordings incidents/",
      "  wgwhy rules backtest rules/wireguard --recordings recordings",
      "  wgwhy rules backtest acme --since 7d --bootstrap-server kafka:9092",
      "  wgwhy rules backtest acme --since 2d --tenant acme --json",
      "",
      "Exit codes: 0 nothing differs, 1 something does, 2 the pack is refused, or there is nothing"
          + " to play, 3 cannot reach Kafka."
    })
final class RulesBacktestCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final TriedPack pack = new TriedPack();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "The folder of recordings (NAME.jsonl).")
  private @Nullable Path recordings;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Instead: the facts that came to their topics since 7d, 12h, 30m ago.")
  private @Nullable String since;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Show so many differences of each recording or network. Default: ${DEFAULT-VALUE}.")
  private int samples = 10;

  @Option(names = "--json", description = "Print one JSON object: pack, rows, unread, …")
  private boolean json;

  private final Stdio stdio;

  RulesBacktestCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    if ((recordings == null) == (since == null)) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "say --recordings DIR, or --since 7d for what Kafka still holds");
    }
    if (recordings != null) {
      Folder.demand(recordings);
    }
    pack.check();
    Backtest.Outcome outcome;
    try {
      outcome = recordings == null ? ofTopics() : ofRecordings(recordings);
    } catch (BadRules refused) {
      throw PackOptions.refusal(stdio, refused);
    }
    if (outcome.rows().isEmpty()) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          recordings == null
              ? "no facts came since then"
              : "no recording could be read in " + recordings);
    }
    stdio
        .out()
        .print(
            json
                ? JsonText.of(outcome, stdio.look())
                : BacktestText.of(outcome, samples, stdio.look()));
    return outcome.differences() == 0 ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private Backtest.Outcome ofRecordings(Path folder) {
    Backtest test = new Backtest(RuleBook.builtIn(), PackBook.of(pack.folder()));
    try {
      return test.run(PackFiles.name(pack.folder()), folder, this::progress);
    } catch (IOException unreadable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read " + folder + ": " + unreadable);
    }
  }

  private Backtest.Outcome ofTopics() {
    Instant from = Instant.now().minus(TrialOptions.span("--since", since + ""));
    Map<String, Object> client = kafka.reach();
    Candidate tried = pack.besidePublished(client, stdio);
    try (FactReader reader = new FactReader(client, pack.whose(), from, stdio::tell)) {
      return TopicBacktest.run(
          tried.pack().pack(), tried.before(), tried.now(), reader, stdio::tell);
    }
  }

  private void progress(Path file) {
    stdio.tell(String.valueOf(file.getFileName()));
  }
}
