package io.wgwhy.cli;

import io.wgwhy.cli.publish.Candidate;
import io.wgwhy.cli.publish.Refused;
import io.wgwhy.connectors.kafka.RuleShelf;
import io.wgwhy.facts.Tenant;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A pack that is tried out on facts of Kafka's, and whose it would be. */
final class TriedPack {
  @Parameters(paramLabel = "PACK", description = "The pack's folder.")
  private Path folder = Path.of(".");

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description =
          "Facts of Kafka's of this tenant alone, and the pack as its own. Default: all tenants.")
  private @Nullable String tenant;

  /** What is wrong with how it was named is told before anybody is asked. */
  void check() {
    Folder.demandPack(folder);
    whose();
  }

  Path folder() {
    return folder;
  }

  /** Whose facts it is tried on; empty for all that one may see. */
  Set<Tenant> whose() {
    return tenant == null ? Set.of() : Set.of(TenantName.of(tenant));
  }

  /**
   * The pack beside all that is published.
   *
   * @param client how to reach Kafka
   * @throws CannotGoOn when it is refused; all that is wrong with it is told before
   */
  Candidate besidePublished(Map<String, Object> client, Stdio stdio) {
    String owner = tenant == null ? null : TenantName.of(tenant).name();
    try {
      return Candidate.tried(folder, owner, new RuleShelf(client).read().heads());
    } catch (Refused refused) {
      stdio.tellProblems(refused.problems());
      throw new CannotGoOn(Exit.UNUSABLE, "the pack is refused: " + refused.getMessage());
    }
  }
}
