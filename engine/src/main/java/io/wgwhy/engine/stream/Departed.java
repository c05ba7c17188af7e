package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tenants that were deleted, of whom something may be remembered still. What they would have to
 * say, be it that a host of theirs is silent now, no topic takes; to try would hold up everybody
 * else.
 */
final class Departed {
  /**
   * Looks after which one of whom nothing is remembered is no longer thought of: a thread that
   * begins anew, or another engine that hands its work over, brings back what it remembered.
   */
  static final int LOOKS = 1_000;

  /** How many looks ago anything was remembered of them. */
  private final Map<Tenant, Integer> gone = new ConcurrentHashMap<>();

  /** Whose facts topic was missing at the last look. */
  private Set<Tenant> missing = Set.of();

  /**
   * Somebody has looked. Whose topic is missing twice in a row is gone: a topic that is being made
   * anew may be missing once.
   *
   * @param known of whom anything is remembered
   * @param absent whose facts topic does not exist, of these and of {@link #all}
   */
  synchronized void look(Set<Tenant> known, Set<Tenant> absent) {
    gone.keySet().retainAll(absent);
    gone.replaceAll((tenant, looks) -> known.contains(tenant) ? 0 : looks + 1);
    gone.values().removeIf(looks -> looks > LOOKS);
    for (Tenant tenant : known) {
      if (absent.contains(tenant) && missing.contains(tenant)) {
        gone.put(tenant, 0);
      }
    }
    missing = Set.copyOf(absent);
  }

  /**
   * Forgets what was counted of those of whom nothing is remembered any more, each time anew: a
   * thread that begins once more counts them once more.
   *
   * @param known of whom anything is remembered
   * @return of whom anything was counted
   */
  Set<Tenant> forgetFigures(Set<Tenant> known, Figures figures) {
    return gone.keySet().stream()
        .filter(it -> !known.contains(it) && figures.forget(it))
        .collect(Collectors.toSet());
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
    return gone.keySet();
  }
}
