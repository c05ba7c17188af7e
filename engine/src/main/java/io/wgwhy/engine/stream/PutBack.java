package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.WireGuard;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds hosts whose clocks were put back. All that they say by the new time is older than what is
 * known, and would be ignored until the old time is reached again.
 *
 * <p>What comes late or twice looks the same at first. So it is believed only when nothing comes by
 * the old time for as long as the host may be silent, and the new time goes on all the while: a
 * backlog that is sent at once does not last, and between what is replayed of a host that runs come
 * its own words.
 */
final class PutBack {
  private final NetworkSession session;
  private final Map<String, Run> runs = new HashMap<>();

  /** What a host says by another time than before. */
  private static final class Run {
    private final long came;
    private final long first;
    private long last;

    /** The newest of each that is known: that was ignored. What is new was taken in. */
    private final Map<String, Fact> ignored = new LinkedHashMap<>();

    private Run(long came, long at) {
      this.came = came;
      this.first = at;
      this.last = at;
    }
  }

  /**
   * What a host said since its clock was put back.
   *
   * @param from the first moment of it, by its clock, ms since the epoch
   * @param facts the newest of each that is known
   */
  record Since(long from, Collection<Fact> facts) {}

  PutBack(NetworkSession session) {
    this.session = session;
  }

  /** Whether nobody's clock may have been put back, as far as is known. */
  boolean isIdle() {
    return runs.isEmpty();
  }

  /**
   * @param came when the fact came, ms by our clock or the broker's
   * @return what its host said since its clock was put back, once that is sure
   */
  Optional<Since> took(Fact fact, long came) {
    if (fact instanceof NotTakenIn) {
      // The engine's word, by the network's time.
      return Optional.empty();
    }
    Long newest = session.newest(fact.host());
    if (newest == null || fact.at() >= newest - WireGuard.HEARING_TIMEOUT) {
      runs.remove(fact.host());
      return Optional.empty();
    }
    long patience = session.patience(fact.host());
    Run run = runs.get(fact.host());
    if (run == null || Math.abs(fact.at() - run.last) > patience) {
      run = new Run(came, fact.at());
      runs.put(fact.host(), run);
    }
    run.last = Math.max(run.last, fact.at());
    String identity = fact.identity();
    if (!session.remembered(identity).isEmpty()) {
      run.ignored.merge(identity, fact, (one, other) -> other.at() >= one.at() ? other : one);
    }
    boolean stays = came - run.came > patience && run.last - run.first > WireGuard.HEARING_TIMEOUT;
    if (!stays || run.ignored.isEmpty()) {
      return Optional.empty();
    }
    runs.remove(fact.host());
    return Optional.of(new Since(run.first, run.ignored.values()));
  }
}
