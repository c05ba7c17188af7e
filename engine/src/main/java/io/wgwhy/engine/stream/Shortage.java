package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Tenant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a tenant that has used up its share of the memory nothing new is taken in; what is known may
 * change. Its networks are told so, and that there is room again, by facts of our own.
 */
final class Shortage {
  private static final Logger log = LoggerFactory.getLogger(Shortage.class);

  /** How often room is made where there is none, ms by the time of what is refused. */
  private static final long TRIED_EVERY = 60_000;

  private final Allowance allowance;
  private final Store store;
  private final LiveSessions sessions;
  private final Figures figures;

  /** Where it was told: the newest of what was refused since, and when room was made by it. */
  private final Map<NetworkKey, Long> refusedAt = new HashMap<>();

  private final Map<NetworkKey, Long> triedAt = new HashMap<>();

  Shortage(Allowance allowance, Store store, LiveSessions sessions, Figures figures) {
    this.allowance = allowance;
    this.store = store;
    this.sessions = sessions;
    this.figures = figures;
  }

  /**
   * @param now our own clock
   */
  void requireRoom(Arrival arrival, long now) throws Refused {
    NetworkKey network = arrival.network();
    Fact fact = arrival.fact();
    if (!allowance.isUsedUp(network.tenant()) || store.knows(network, fact.identity())) {
      return;
    }
    if (!store.notTakenIn().containsKey(network) && allowance.mayBeTold(network.tenant())) {
      tell(network, fact.host(), /* full= */ true, Math.min(fact.at(), now), now);
    }
    if (store.notTakenIn().containsKey(network)) {
      refusedAt.merge(network, Math.min(fact.at(), now), Math::max);
    }
    throw new Refused(Refusal.OVER_LIMIT, "the tenant has used up its share of the memory");
  }

  void seekRoom(long now) {
    for (var told : Map.copyOf(store.notTakenIn()).entrySet()) {
      NetworkKey network = told.getKey();
      if (allowance.hasRoom(network.tenant())) {
        try {
          tell(network, told.getValue().host(), /* full= */ false, now, now);
        } catch (Refused refused) {
          log.error("{} cannot be told that there is room again", network);
        }
        refusedAt.remove(network);
        triedAt.remove(network);
      } else {
        makeRoom(network, now);
      }
    }
  }

  /** A tenant is gone. */
  void forget(Tenant tenant) {
    refusedAt.keySet().removeIf(it -> it.tenant().equals(tenant));
    triedAt.keySet().removeIf(it -> it.tenant().equals(tenant));
  }

  /** Where all that speak are new, and refused, no fact would ever tell that a week has passed. */
  private void makeRoom(NetworkKey network, long now) {
    Long at = refusedAt.get(network);
    Long tried = triedAt.get(network);
    if (at != null && (tried == null || at - tried >= TRIED_EVERY)) {
      triedAt.put(network, at);
      sessions.forgetUnheard(network, at, now);
    }
  }

  /**
   * By a fact of our own, which goes the way of all others, and is counted as they are.
   *
   * @param at its time, where the network has none yet
   */
  private void tell(NetworkKey network, String host, boolean full, long at, long now)
      throws Refused {
    LiveSession session = sessions.required(network, now);
    var fact = new NotTakenIn(host, session.next(at), allowance.megabytes(), full);
    figures.of(network.tenant()).received();
    byte[] key = network.network().getBytes(UTF_8);
    var source = new Source(network.tenant().facts(), 0, 0, 0, key, Json.bytes(fact));
    store.note(network, fact);
    sessions.add(session, new Arrival(network, fact, source, /* continues= */ false));
  }
}
