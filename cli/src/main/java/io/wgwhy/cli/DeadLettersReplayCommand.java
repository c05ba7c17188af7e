package io.wgwhy.cli;

import io.wgwhy.cli.report.DeadLetterText;
import io.wgwhy.connectors.kafka.DeadLetter;
import io.wgwhy.connectors.kafka.DeadLetters;
import io.wgwhy.engine.stream.Intake;
import io.wgwhy.engine.stream.Refusal;
import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy dead-letters replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Publish dead letters as facts again, once their reason is gone.",
    description = {
      "",
      "What this version of wgwhy would refuse at once is left where it is. All of them stay on their"
          + " topic as they are; what a session knows already changes nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy dead-letters replay acme 12 13",
      "  wgwhy dead-letters replay acme --refusal session-failed",
      "  wgwhy dead-letters replay acme --all --dry-run",
      "",
      "Exit codes: " + DeadLettersCommand.EXIT + "."
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  /** Of so many at once, and of so many bytes: the values are held until they are sent. */
  private static final int CHUNK = 500;

  private static final long CHUNK_BYTES = 8 << 20;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(index = "0", paramLabel = "TENANT", description = "Whose they are.")
  private String tenant = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "NUMBER", description = "As list shows.")
  private List<Long> numbers = List.of();

  @Option(names = "--all", description = "All that are kept.")
  private boolean all;

  @Option(names = "--refusal", paramLabel = "KIND", description = "All refused for this kind.")
  private @Nullable String refusal;

  @Option(names = "--dry-run", description = "Only say what would be sent.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print each as one line of JSON.")
  private boolean json;

  private final Stdio stdio;
  private final List<Tried> chunk = new ArrayList<>();
  private long chunkBytes;
  private long sent;
  private long left;

  DeadLettersReplayCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  /**
   * A letter.
   *
   * @param refusal why it would be refused again; null when it is sent
   */
  private record Tried(DeadLetter letter, @Nullable Refusal refusal) {}

  @Override
  public Integer call() {
    boolean many = all || refusal != null;
    if (many != numbers.isEmpty()) {
      throw new CannotGoOn(Exit.UNUSABLE, "give numbers, or --refusal KIND, or --all");
    }
    try (DeadLetters letters = new DeadLetters(kafka.reach());
        DeadLetters others = new DeadLetters(kafka.reach())) {
      Tenant whose = DeadLettersCommand.tenants(letters, List.of(tenant)).get(0);
      if (many) {
        letters.read(
            whose,
            it -> {
              if (refusal == null || refusal.equals(it.refusal())) {
                take(others, others.whole(it));
              }
            });
      } else {
        numbers.stream()
            .map(it -> DeadLettersShowCommand.find(letters, tenant, it))
            .toList()
            .forEach(it -> take(others, others.whole(it)));
      }
      send(others);
    }
    stdio.out().flush();
    stdio.tell(
        "%d %s, %d left where they are"
            .formatted(sent, dryRun ? "would be published" : "published", left));
    return left == 0 ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }

  private void take(DeadLetters letters, DeadLetter letter) {
    chunk.add(new Tried(letter, Intake.refusal(letter.key(), letter.value()).orElse(null)));
    chunkBytes += letter.value() == null ? 0 : letter.value().length;
    if (chunk.size() >= CHUNK || chunkBytes >= CHUNK_BYTES) {
      send(letters);
    }
  }

  /** What is told of them is so by then. */
  private void send(DeadLetters letters) {
    List<DeadLetter> good =
        chunk.stream().filter(it -> it.refusal() == null).map(Tried::letter).toList();
    if (!dryRun && !good.isEmpty()) {
      try {
        letters.replay(good);
      } catch (DeadLetters.NotSent e) {
        throw new CannotGoOn(Exit.NO_KAFKA, String.valueOf(e.getMessage()));
      }
    }
    sent += good.size();
    left += chunk.size() - good.size();
    chunk.forEach(this::print);
    chunk.clear();
    chunkBytes = 0;
  }

  private void print(Tried it) {
    stdio
        .out()
        .println(
            json
                ? DeadLetterText.json(it.letter(), it.refusal() == null)
                : new DeadLetterText(stdio.look()).line(it.letter(), it.refusal()));
  }
}
