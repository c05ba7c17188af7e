package io.wgwhy.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.cli.workbench.CaseResult;
import io.wgwhy.cli.workbench.PackTrial;
import io.wgwhy.cli.workbench.Recordings;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleLint;
import io.wgwhy.rules.RuleProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pack that somebody wants to publish, and what must be right before. */
public final class Publication {
  private final @Nullable String tenant;
  private final String by;
  private final String message;

  /**
   * @param tenant whose networks it is for; null for those of all
   * @param by who publishes
   * @param message why
   */
  public Publication(@Nullable String tenant, String by, String message) {
    this.tenant = tenant;
    this.by = by;
    this.message = message;
  }

  /** A pack that may be published, as its next version. */
  public record Ready(PublishedPack pack, PackTrial.Outcome trial) {}

  /**
   * Lints a folder, compiles it beside all that is published, and plays its cases.
   *
   * @param recordings that cases name
   * @param told of each case that is over
   * @throws Refused when something is not right
   */
  public Ready check(
      Path folder, RuleShelf.Content published, List<Path> recordings, Consumer<CaseResult> told) {
    String name = PackFiles.name(folder);
    if (tenant != null && name.equals(Library.BASE)) {
      throw new Refused(
          "the pack " + name + " is the one of all tenants: name the tenant's own otherwise",
          List.of());
    }
    List<RuleProblem> problems = RuleLint.check(folder);
    if (!problems.isEmpty()) {
      throw new Refused("lint finds fault with it", problems);
    }
    Map<String, String> texts = PackFiles.texts(folder);
    int bytes = texts.values().stream().mapToInt(it -> it.getBytes(UTF_8).length).sum();
    if (bytes > PublishedPack.MOST_BYTES) {
      throw new Refused(
          "it has %d bytes, more than a pack may have (%d): leave out what nobody needs"
              .formatted(bytes, PublishedPack.MOST_BYTES),
          List.of());
    }
    PublishedPack next = next(published, name, PackFiles.version(folder), texts, null);
    RuleBook book = Candidate.of(next, published.heads()).book();
    PackTrial.Outcome trial =
        new PackTrial(folder, book, Recordings.of(folder, recordings)).run(told);
    if (!trial.passed()) {
      throw new Refused("not all of its cases pass", List.of());
    }
    return new Ready(next, trial);
  }

  /**
   * An earlier version as the next one.
   *
   * @throws Refused when it no longer compiles beside what is published
   */
  public PublishedPack again(PublishedPack earlier, RuleShelf.Content published) {
    PublishedPack next =
        next(published, earlier.pack(), earlier.version(), earlier.files(), earlier.number());
    Candidate.of(next, published.heads());
    return next;
  }

  /** That nothing of a pack applies any more, as its next version. */
  public PublishedPack withdrawn(String name, RuleShelf.Content published) {
    return next(published, name, "", Map.of(), null);
  }

  private PublishedPack next(
      RuleShelf.Content published,
      String name,
      String version,
      Map<String, String> texts,
      @Nullable Integer rollbackOf) {
    List<PublishedPack> history = published.history(PublishedPack.key(tenant, name));
    int number = history.isEmpty() ? 1 : history.get(0).number() + 1;
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new PublishedPack(name, tenant, number, version, by, now, message, rollbackOf, texts);
  }
}
