package io.wgwhy.cli;

import io.wgwhy.connectors.kafka.Backup;
import io.wgwhy.connectors.kafka.Restoring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy restore}: puts a backup back. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Put a backup back, into a cluster that has nothing of it.",
    description = {
      "",
      "Makes the topics as they were and fills them. Begins only when the backup is whole and"
          + " none of its topics has records. Start the engine afterwards: it goes on with what was"
          + " open, and resolves what is over meanwhile.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy restore --check wgwhy.backup             is it whole? Needs no Kafka",
      "  wgwhy restore wgwhy.backup --bootstrap-server new:9092",
      "",
      "Exit codes: 0 restored, 2 bad usage, not usable, or there is something; 3 cannot reach"
          + " Kafka."
    })
final class RestoreCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "FILE", description = "What wgwhy backup has written.")
  private Path file = Path.of("wgwhy.backup");

  @Option(names = "--check", description = "Only read it, to the end.")
  private boolean check;

  private final Stdio stdio;

  RestoreCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    try {
      Backup.Size size = check ? Backup.check(file) : new Restoring(kafka.reach()).restore(file);
      stdio.tell(
          "%,d records of %d topics are %s"
              .formatted(size.records(), size.topics(), check ? "in it: it is whole" : "restored"));
      return Exit.NOTHING_WRONG;
    } catch (Backup.NotUsable e) {
      throw new CannotGoOn(Exit.UNUSABLE, file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read " + file);
    }
  }
}
