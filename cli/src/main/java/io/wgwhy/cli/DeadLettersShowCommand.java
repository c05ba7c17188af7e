package io.wgwhy.cli;

import io.wgwhy.cli.report.DeadLetterText;
import io.wgwhy.connectors.kafka.DeadLetter;
import io.wgwhy.connectors.kafka.DeadLetters;
import io.wgwhy.engine.stream.Intake;
import io.wgwhy.engine.stream.Refusal;
import io.wgwhy.facts.Tenant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Explain one dead letter: what it says, why it was refused, what to do.",
    footer = {
      "",
      "Examples:",
      "  wgwhy dead-letters show acme 12",
      "  wgwhy dead-letters show acme 12 --json | jq -r .advice",
      "",
      "Exit codes: " + DeadLettersCommand.EXIT + "."
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(index = "0", paramLabel = "TENANT", description = "Whose it is.")
  private String tenant = "";

  @Parameters(index = "1", paramLabel = "NUMBER", description = "As list shows it.")
  private long number;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  private boolean json;

  private final Stdio stdio;

  DeadLettersShowCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    try (DeadLetters letters = new DeadLetters(kafka.reach())) {
      DeadLetter letter = letters.whole(find(letters, tenant, number));
      Refusal now = Intake.refusal(letter.key(), letter.value()).orElse(null);
      stdio.out().print(text(letter, now));
    }
    stdio.out().flush();
    return Exit.NOTHING_WRONG;
  }

  private String text(DeadLetter letter, @Nullable Refusal now) {
    return json
        ? DeadLetterText.json(letter, now == null) + "\n"
        : new DeadLetterText(stdio.look()).whole(letter, now);
  }

  /** The dead letter with that number. */
  static DeadLetter find(DeadLetters letters, String name, long number) {
    Tenant tenant = DeadLettersCommand.tenants(letters, List.of(name)).get(0);
    return letters
        .find(tenant, number)
        .orElseThrow(
            () ->
                new CannotGoOn(
                    Exit.UNUSABLE,
                    tenant + " has no dead letter " + number + " (any more); see: list"));
  }
}
