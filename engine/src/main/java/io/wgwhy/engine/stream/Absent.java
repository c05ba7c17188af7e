package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Networks without a session, though hosts there promised to speak. Who falls silent is the first
 * whose session has to leave for others: it is opened again when it is time to miss somebody. If
 * anything came of its network before, that would have opened it.
 *
 * <p>Time passes here as it does in a session: in small steps of our own clock. An engine that
 * stood still, or could not reach Kafka, has not listened.
 */
final class Absent {
  private final Map<NetworkKey, Left> all = new LinkedHashMap<>();

  /** Milliseconds since this engine began. */
  private long now;

  /** Our own clock when it was told last. */
  private long clock;

  /**
   * @param at when its session left
   * @param unheard by host for how long nothing had come of it then, ms
   * @param silent hosts that are not awaited any more
   * @param due when to look
   */
  private record Left(long at, Map<String, Long> unheard, Set<String> silent, long due) {}

  /**
   * @param promises by network how often somebody there wanted to speak, ms, where an engine begins
   * @param clock our own
   */
  Absent(Map<NetworkKey, Long> promises, long clock) {
    this.clock = clock;
    promises.forEach(
        (network, every) ->
            all.put(network, new Left(now, Map.of(), Set.of(), every + WireGuard.HEARING_TIMEOUT)));
  }

  /** Time passes. */
  void tick(long clock) {
    long step = clock - this.clock;
    now += step > 0 && step <= WireGuard.HEARING_TIMEOUT ? step : 0;
    this.clock = clock;
  }

  /** A session leaves for others. */
  void left(LiveSession session) {
    Map<String, Long> unheard = session.awaited();
    Set<String> silent = session.silent();
    if (!unheard.isEmpty() || !silent.isEmpty()) {
      long due = Long.MAX_VALUE;
      for (Map.Entry<String, Long> it : unheard.entrySet()) {
        due = Math.min(due, now + session.patience(it.getKey()) - it.getValue());
      }
      all.put(session.network(), new Left(now, unheard, silent, due));
    }
  }

  /**
   * A network has a session again.
   *
   * @param more whether more of it may be on its way
   */
  void isBack(LiveSession session, boolean more) {
    Left left = all.remove(session.network());
    // Of what an engine took over it is not known yet who is awaited, or silent.
    if (left != null && !(left.unheard().isEmpty() && left.silent().isEmpty())) {
      long away = now - left.at();
      Map<String, Long> unheard = new HashMap<>();
      left.unheard().forEach((host, millis) -> unheard.put(host, millis + away));
      session.listenAgain(left.silent(), unheard, away, more);
    }
  }

  /** A tenant is gone: nobody there is missed. */
  void forget(Tenant tenant) {
    all.keySet().removeIf(it -> it.tenant().equals(tenant));
  }

  /** Those where it is time to miss somebody. */
  List<NetworkKey> due() {
    List<NetworkKey> found = new ArrayList<>();
    all.forEach(
        (network, left) -> {
          if (left.due() < now) {
            found.add(network);
          }
        });
    return found;
  }
}
