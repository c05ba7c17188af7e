package io.wgwhy.cli;

import io.wgwhy.cli.publish.Publication;
import io.wgwhy.cli.publish.Refused;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.pack.PublishedPack;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules rollback}: an earlier version applies again. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Publish an earlier version of a pack again, or nothing of it.",
    description = {
      "",
      "It becomes the newest version, with a number of its own: nothing is ever taken out of the"
          + " history. It must compile beside what is published now; its cases passed when it was"
          + " published first, and are not played again.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules rollback acme -m 'too many alerts'            to the version before",
      "  wgwhy rules rollback acme --to 3 -m 'too many alerts'     to a number, or a hash",
      "  wgwhy rules rollback acme --to none -m 'needed no more'   withdraws it",
      "",
      "Exit codes: 0 done, 2 there is no such version, or it is refused, 3 cannot reach Kafka."
    })
final class RulesRollbackCommand implements Callable<Integer> {
  private static final String NONE = "none";

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Mixin private final PublishOptions options = new PublishOptions();

  @Parameters(paramLabel = "NAME", description = "The pack's name.")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description =
          "The number or the hash of a version, or none. Default: the one that applied before.")
  private @Nullable String to;

  private final Stdio stdio;

  RulesRollbackCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Publication publication = options.publication();
    RuleShelf shelf = new RuleShelf(kafka.reach());
    try {
      PublishOptions.publish(shelf, now -> next(publication, now), stdio);
    } catch (Refused refused) {
      throw PublishOptions.refusal(refused, stdio);
    }
    return Exit.NOTHING_WRONG;
  }

  private PublishedPack next(Publication publication, RuleShelf.Content published) {
    String key = PublishedPack.key(options.tenant(), name);
    List<PublishedPack> history = published.history(key);
    if (history.isEmpty()) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "no pack " + key + " was ever published: see wgwhy rules history");
    }
    PublishedPack head = history.get(0);
    if (NONE.equals(to)) {
      if (head.isWithdrawn()) {
        throw new CannotGoOn(Exit.UNUSABLE, key + " is withdrawn already");
      }
      return publication.withdrawn(name, published);
    }
    PublishedPack earlier =
        history.stream()
            .filter(it -> !it.isWithdrawn())
            .filter(it -> to == null ? !it.version().equals(head.version()) : isMeant(it, to))
            .findFirst()
            .orElseThrow(
                () ->
                    new CannotGoOn(
                        Exit.UNUSABLE,
                        (to == null
                                ? key + " has no version before"
                                : key + " has no version " + to)
                            + ": see wgwhy rules history "
                            + name));
    if (earlier.files().equals(head.files())) {
      throw new CannotGoOn(Exit.UNUSABLE, "version " + to + " of " + key + " applies already");
    }
    return publication.again(earlier, published);
  }

  private static boolean isMeant(PublishedPack pack, String to) {
    return to.equals("" + pack.number()) || to.equals(pack.version());
  }
}
