package io.wgwhy.cli;

import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The finding that somebody means by the beginning of its id.
 *
 * @param versions all that is known to have been said of it, in its order; not empty
 */
record OneFinding(List<Published> versions) {
  /** How many ids are shown to choose from. */
  private static final int SOME = 10;

  static OneFinding named(String id, List<Published> all) {
    Map<String, List<Published>> found = new LinkedHashMap<>();
    for (Published it : all) {
      if (it.finding().id().startsWith(id)) {
        found
            .computeIfAbsent(it.tenant().name() + "/" + it.finding().id(), key -> new ArrayList<>())
            .add(it);
      }
    }
    if (found.size() != 1) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          found.isEmpty()
              ? "no finding has an id that begins with " + id
              : "several findings have ids that begin with " + id + ": " + some(found.keySet()));
    }
    return new OneFinding(found.values().iterator().next());
  }

  private static String some(Collection<String> names) {
    String first = names.stream().limit(SOME).collect(Collectors.joining(", "));
    return names.size() <= SOME ? first : first + ", and " + (names.size() - SOME) + " more";
  }

  Tenant tenant() {
    return versions.get(0).tenant();
  }

  /** As it was said last. */
  Finding last() {
    return versions.get(versions.size() - 1).finding();
  }

  boolean isOpen() {
    return last().state() == Finding.State.OPEN;
  }
}
