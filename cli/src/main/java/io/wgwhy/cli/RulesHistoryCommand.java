package io.wgwhy.cli;

import io.wgwhy.cli.report.HistoryOfPacks;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.pack.PublishedPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules history}: what was published, by whom, why, and what applies. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say which packs are published, and what was published before.",
    footer = {
      "",
      "Examples:",
      "  wgwhy rules history                              of each pack the version that applies",
      "  wgwhy rules history acme                         all of its versions",
      "  wgwhy rules history acme --tenant acme --get 3 --into /tmp/acme",
      "",
      "Exit codes: 0, 2 there is no such pack or version, 3 cannot reach Kafka."
    })
final class RulesHistoryCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The pack's name. Default: all.")
  private @Nullable String name;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Whose pack. Default: with NAME one of all tenants, without everybody's.")
  private @Nullable String tenant;

  @Option(names = "--get", paramLabel = "NUMBER", description = "Write the files of this version.")
  private @Nullable Integer get;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "Where to; it must not be there yet. Default: the pack's name.")
  private @Nullable Path into;

  @Option(names = "--json", description = "Print one JSON object: versions, each without files.")
  private boolean json;

  private final Stdio stdio;

  RulesHistoryCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  private record Answer(List<HistoryOfPacks.Row> versions) {}

  @Override
  public Integer call() {
    String owner = tenant == null ? null : TenantName.of(tenant).name();
    RuleShelf.Content content = new RuleShelf(kafka.reach()).read();
    List<PublishedPack> shown = new ArrayList<>();
    if (name == null) {
      content.heads().values().stream()
          .filter(it -> owner == null || owner.equals(it.tenant()))
          .forEach(shown::add);
    } else {
      shown.addAll(content.history(PublishedPack.key(owner, name)));
      if (shown.isEmpty()) {
        throw new CannotGoOn(Exit.UNUSABLE, notThere(content, name));
      }
    }
    if (get != null) {
      return write(shown, get);
    }
    List<HistoryOfPacks.Row> rows =
        shown.stream().map(it -> HistoryOfPacks.Row.of(it, content.head(it.key()))).toList();
    stdio
        .out()
        .print(
            json
                ? JsonText.of(new Answer(rows), stdio.look())
                : HistoryOfPacks.text(rows, stdio.look()));
    return Exit.NOTHING_WRONG;
  }

  private static String notThere(RuleShelf.Content content, String name) {
    List<String> others =
        content.heads().values().stream()
            .filter(it -> it.pack().equals(name) && it.tenant() != null)
            .map(PublishedPack::tenant)
            .toList();
    return "no pack "
        + name
        + " was published "
        + (others.isEmpty() ? "" : "for all; --tenant " + String.join(" or ", others) + " has one");
  }

  private int write(List<PublishedPack> versions, int number) {
    PublishedPack pack =
        versions.stream()
            .filter(it -> name != null && it.number() == number && !it.isWithdrawn())
            .findFirst()
            .orElseThrow(
                () -> new CannotGoOn(Exit.UNUSABLE, "there are no files of version " + number));
    Path folder = into == null ? Path.of(pack.pack()) : into;
    if (Files.exists(folder)) {
      throw new CannotGoOn(Exit.UNUSABLE, folder + " is there already: say --into another");
    }
    try {
      for (Map.Entry<String, String> file : pack.files().entrySet()) {
        Path to = folder.resolve(file.getKey()).normalize();
        Path parent = to.getParent();
        if (!to.startsWith(folder.normalize()) || parent == null) {
          throw new CannotGoOn(Exit.UNUSABLE, "no name of a pack's file: " + file.getKey());
        }
        Files.createDirectories(parent);
        Files.writeString(to, file.getValue());
        stdio.out().println(to);
      }
    } catch (IOException unwritable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + folder + ": " + unwritable);
    }
    return Exit.NOTHING_WRONG;
  }
}
