package io.wgwhy.cli;

import io.wgwhy.cli.publish.Publication;
import io.wgwhy.cli.publish.Refused;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.pack.PublishedPack;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For whom a pack is published, by whom, and why. */
final class PublishOptions {
  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "For this tenant's networks alone. Default: for those of all tenants.")
  private @Nullable String tenant;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      required = true,
      description = "Why; stays in the history.")
  private String message = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who; stays in the history. Default: USER@HOST.")
  private @Nullable String by;

  /** Null for all tenants. */
  @Nullable String tenant() {
    return tenant == null ? null : TenantName.of(tenant).name();
  }

  Publication publication() {
    if (message.isBlank()) {
      throw new CannotGoOn(Exit.UNUSABLE, "--message says why: leave it to those who come later");
    }
    return new Publication(tenant(), by == null ? user() : by, message);
  }

  /**
   * Publishes, and tells it.
   *
   * @param next makes the version of what was published before
   */
  static void publish(
      RuleShelf shelf, Function<RuleShelf.Content, PublishedPack> next, Stdio stdio) {
    try {
      PublishedPack pack = shelf.publish(next);
      stdio
          .out()
          .println(
              stdio.look().clean(pack.key())
                  + " version "
                  + pack.number()
                  + (pack.isWithdrawn() ? ": withdrawn" : " (" + pack.version() + ")"));
      stdio.tell("engines take it within seconds; see it with: wgwhy rules history");
    } catch (RuleShelf.Overtaken overtaken) {
      throw new CannotGoOn(Exit.UNUSABLE, "" + overtaken.getMessage());
    } catch (RuleShelf.NotPublished failed) {
      throw new CannotGoOn(Exit.NO_KAFKA, "nothing is published: " + failed.getMessage());
    }
  }

  /** Tells all that is wrong; gives the reason to stop. */
  static CannotGoOn refusal(Refused refused, Stdio stdio) {
    stdio.tellProblems(refused.problems());
    return new CannotGoOn(Exit.UNUSABLE, "nothing is published: " + refused.getMessage());
  }

  private static String user() {
    String name = System.getProperty("user.name", "somebody");
    try {
      return name + "@" + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return name;
    }
  }
}
