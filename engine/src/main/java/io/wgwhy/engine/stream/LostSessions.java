package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Networks whose sessions cannot be rebuilt. To try costs the neighbours on the same thread time,
 * and a line in the log: so it is tried more and more rarely.
 */
final class LostSessions {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  private final Map<NetworkKey, Term> terms = new HashMap<>();

  /**
   * @param until ms since the epoch
   */
  private record Term(long until, Duration length) {}

  boolean isTooEarly(NetworkKey network, long now) {
    // Almost always none is lost: this is asked for every fact.
    if (terms.isEmpty()) {
      return false;
    }
    Term term = terms.get(network);
    return term != null && now < term.until();
  }

  /** It could not be rebuilt, again perhaps; until then it is not tried. */
  Duration lost(NetworkKey network, long now) {
    Term before = terms.get(network);
    Duration length = before == null ? FIRST : before.length().multipliedBy(2);
    length = length.compareTo(MOST) > 0 ? MOST : length;
    terms.put(network, new Term(now + length.toMillis(), length));
    return length;
  }

  /** All begins anew. */
  void clear() {
    terms.clear();
  }

  /** A tenant is gone. */
  void forget(Tenant tenant) {
    terms.keySet().removeIf(it -> it.tenant().equals(tenant));
  }

  /** Its session is there again. */
  void found(NetworkKey network) {
    if (!terms.isEmpty()) {
      terms.remove(network);
    }
  }
}
