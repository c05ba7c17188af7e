package io.wgwhy.cli;

import io.wgwhy.cli.publish.Publication;
import io.wgwhy.cli.publish.Refused;
import io.wgwhy.cli.report.TrialText;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.pack.PublishedPack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules publish}: running engines take a pack. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Publish a pack: running engines take it, for all tenants or for one.",
    description = {
      "",
      "The pack must be sound, compile beside all that is published, and pass its cases. It becomes"
          + " a version with a number and a hash; the versions before it stay in the history."
          + " Engines go on with it between two batches of facts: nothing is lost, and no finding"
          + " is made of two versions.",
      "",
      "A pack may hold overlay.yaml, which changes causes of other packs: disable, severity,"
          + " at-most: likely, each with the reason. One that is named wireguard takes the place of"
          + " the built-in pack.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules publish acme -m 'old gateway is gone'",
      "  wgwhy rules publish acme --tenant acme -m 'our routers clamp the MSS' --dry-run",
      "",
      "Exit codes: 0 published, or it applies already, 2 refused, 3 cannot reach Kafka."
    })
final class RulesPublishCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Mixin private final PublishOptions options = new PublishOptions();

  @Parameters(paramLabel = "PACK", description = "The pack's folder.")
  private Path pack = Path.of(".");

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = "Look for recordings that cases name there first; may be repeated.")
  private List<Path> recordings = List.of();

  @Option(names = "--dry-run", description = "Check everything, say what would be, and end.")
  private boolean dryRun;

  private final Stdio stdio;

  RulesPublishCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Folder.demandPack(pack);
    Publication publication = options.publication();
    RuleShelf shelf = new RuleShelf(kafka.reach());
    RuleShelf.Content before = shelf.read();
    PublishedPack next;
    try {
      TrialText text = new TrialText(stdio.look());
      Publication.Ready ready =
          publication.check(pack, before, recordings, it -> tell(text.failed(it)));
      if (!ready.trial().cases().isEmpty()) { // An overlay alone has none.
        tell(text.summary(ready.trial()));
      }
      next = ready.pack();
    } catch (Refused refused) {
      throw PublishOptions.refusal(refused, stdio);
    }
    PublishedPack head = before.head(next.key());
    if (head != null && head.files().equals(next.files())) {
      stdio
          .out()
          .println(
              stdio.look().clean(next.key())
                  + " version "
                  + head.number()
                  + " says the same already");
      return Exit.NOTHING_WRONG;
    }
    difference(head == null ? Map.of() : head.files(), next.files());
    if (dryRun) {
      stdio
          .out()
          .println(
              stdio
                  .look()
                  .clean(
                      next.key()
                          + " version "
                          + next.number()
                          + " ("
                          + next.version()
                          + ") would be published"));
      return Exit.NOTHING_WRONG;
    }
    PublishOptions.publish(shelf, now -> unless(now, head, next), stdio);
    return Exit.NOTHING_WRONG;
  }

  /** What was checked was checked beside what was published then. */
  private static PublishedPack unless(
      RuleShelf.Content now, @Nullable PublishedPack head, PublishedPack next) {
    if (!Objects.equals(now.head(next.key()), head)) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "somebody else has published " + next.key() + " meanwhile: look, try again");
    }
    return next;
  }

  /** The names come from what somebody has published. */
  private void difference(Map<String, String> before, Map<String, String> now) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String was = before.get(name);
      String is = now.get(name);
      if (!Objects.equals(was, is)) {
        tell(
            (was == null ? "  new      " : is == null ? "  gone     " : "  changed  ")
                + stdio.look().clean(name)
                + "\n");
      }
    }
  }

  private void tell(String text) {
    stdio.err().print(text);
    stdio.err().flush();
  }
}
