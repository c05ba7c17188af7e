package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tenants that were deleted, of whom something is remembered still. What they would have to say, be
 * it that a host of theirs is silent now, no topic takes; to try would hold up everybody else.
 */
final class Departed {
  private final Set<Tenant> gone = ConcurrentHashMap.newKeySet();

  /** Whose facts topic was missing at the last look. */
  private Set<Tenant> missing = Set.of();

  /**
   * Somebody has looked. Whose topic is missing twice in a row is gone: a topic that is being made
   * anew may be missing once.
   *
   * @param absent whose facts topic does not exist, of those that anything is remembered of
   * @return those that were gone before, and of whom nothing is left, or who are back
   */
  synchronized Set<Tenant> look(Set<Tenant> absent) {
    Set<Tenant> done = new HashSet<>(gone);
    done.removeAll(absent);
    gone.removeAll(done);
    for (Tenant tenant : absent) {
      if (missing.contains(tenant)) {
        gone.add(tenant);
      }
    }
    missing = Set.copyOf(absent);
    return done;
  }

  /** Nobody can say who is there. */
  synchronized void cannotTell() {
    missing = Set.of();
  }

  /** Something came of it: its topic is there again. */
  void isBack(Tenant tenant) {
    gone.remove(tenant);
  }

  Set<Tenant> all() {
    return gone;
  }
}
