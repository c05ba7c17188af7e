package io.wgwhy.cli.publish;

import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pack beside all that is published.
 *
 * @param pack as it would be published
 * @param before the rules without it: with the version of it that applies now, if any
 * @param now the rules with it
 */
public record Candidate(PublishedPack pack, Books before, Books now) {

  /**
   * Compiles it.
   *
   * @param heads all that applies now, by key
   * @throws Refused when it does not compile, or cannot stand beside the others
   */
  public static Candidate of(PublishedPack pack, Map<String, PublishedPack> heads) {
    List<RuleProblem> problems = new ArrayList<>();
    boolean[] asked = new boolean[1];
    Library library =
        new Library(
            (refused, inForce, why) -> {
              if (asked[0] && why instanceof BadRules bad) {
                problems.addAll(bad.problems());
              } else if (asked[0]) {
                problems.add(new RuleProblem(refused.key(), 0, 0, "" + why.getMessage(), null));
              }
            });
    library.prepare(heads);
    Books before = library.of(heads);
    asked[0] = true; // What is wrong without it is none of its business.
    Map<String, PublishedPack> others = new HashMap<>(heads);
    others.put(pack.key(), pack);
    library.prepare(others);
    Candidate candidate = new Candidate(pack, before, library.of(others));
    problems.addAll(candidate.book().unknownCauses());
    if (!problems.isEmpty()) {
      throw new Refused("it cannot stand beside what is published", problems);
    }
    return candidate;
  }

  /**
   * A folder that is only tried out.
   *
   * @param tenant whose pack it would be; null for one of all tenants
   * @throws Refused as above
   */
  public static Candidate tried(
      Path folder, @Nullable String tenant, Map<String, PublishedPack> heads) {
    String name = PackFiles.name(folder);
    String version = PackFiles.version(folder);
    PublishedPack pack =
        new PublishedPack(
            name, tenant, 0, version, "", Instant.EPOCH, "", null, PackFiles.texts(folder));
    return of(pack, heads);
  }

  /** The rules of those whom it is for. */
  public RuleBook book() {
    return now.of(pack.tenant() == null ? "" : pack.tenant());
  }
}
