package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one partition's networks: facts go in, what is concluded is published. One that
 * fails is closed, and its facts are refused; the others do not notice.
 */
final class LiveSessions {

  /**
   * 2 s: for how many ticks the rest of a moment is waited for when its publisher said that there
   * is more. Only a publisher that died in its midst keeps us waiting.
   */
  static final int PATIENCE = 40;

  /**
   * How long a tick takes at most to give sessions other rules, of 200 ms that it may hold facts
   * up; a large session takes as long as it takes to be rebuilt.
   */
  private static final Duration SWAPPING = Duration.ofMillis(25);

  /** How long a tick takes at most to open networks where somebody is missed. */
  private static final Duration MISSING = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(LiveSessions.class);

  private final Store store;
  private final Outbox outbox;
  private final Aside aside;
  private final Figures figures;
  private final Sessions sessions;
  private final LostSessions lost = new LostSessions();
  private final Absent absent;

  /** Networks whose sessions left in the midst of a moment; it waits in the store. */
  private final Set<NetworkKey> interrupted = new LinkedHashSet<>();

  LiveSessions(
      int most,
      Opening opening,
      Store store,
      Outbox outbox,
      Aside aside,
      Figures figures,
      long now) {
    this.store = store;
    this.outbox = outbox;
    this.aside = aside;
    this.figures = figures;
    this.sessions =
        new Sessions(
            most,
            network -> new LiveSession(network, opening, store, outbox::refuse, figures),
            this::leave,
            figures::sessions);
    // Opened by the first tick: what they conclude cannot be sent before all is initialized.
    interrupted.addAll(store.networksWithMoments());
    absent = new Absent(store.promises(), now);
  }

  /**
   * @param now our own clock
   */
  void accept(Arrival arrival, long now) throws Refused {
    LiveSession session = required(arrival.network(), now);
    try {
      session.accept(arrival, now);
    } catch (RuntimeException e) {
      fail(session, e);
    }
  }

  /** What of a network may come next, but for its numbers; null when nobody can say. */
  @Nullable Fact expected(NetworkKey network) {
    LiveSession session = sessions.ifReady(network);
    return session == null ? null : session.expected();
  }

  /** Takes in a fact of our own. */
  void add(LiveSession session, Arrival own) {
    try {
      session.add(own);
    } catch (RuntimeException e) {
      fail(session, e);
    }
  }

  /** The session of a network. */
  LiveSession required(NetworkKey network, long now) throws Refused {
    LiveSession session = open(network, now);
    if (session == null) {
      throw new Refused(Refusal.SESSION_LOST, "the session cannot be rebuilt");
    }
    return session;
  }

  private @Nullable LiveSession open(NetworkKey network, long now) {
    return open(network, now, /* more= */ true);
  }

  /**
   * The session of a network; null if it cannot be had.
   *
   * @param more whether more of its facts may be on their way
   */
  private @Nullable LiveSession open(NetworkKey network, long now, boolean more) {
    LiveSession ready = sessions.ifReady(network);
    if (ready != null) {
      return ready;
    }
    if (lost.isTooEarly(network, now)) {
      return null;
    }
    try {
      LiveSession session = sessions.of(network);
      interrupted.remove(network);
      absent.isBack(session, more);
      lost.found(network);
      return session;
    } catch (RuntimeException e) {
      Faults.requireTask(e);
      long seconds = lost.lost(network, now).toSeconds();
      log.error(
          "The session of {} cannot be rebuilt, its facts are refused; tried again in {} s",
          network,
          seconds,
          Faults.withoutMessages(e));
      return null;
    }
  }

  private void leave(LiveSession session) {
    if (session.hasNews()) {
      publish(session, LiveSession::concludedAtLast);
    }
    if (session.hasNews()) {
      interrupted.add(session.network());
    }
    absent.left(session);
  }

  /** Publishes what the moments that are over changed: before a commit. */
  void publishConcluded() {
    sessions.withNews().forEach(it -> publish(it, LiveSession::concluded));
  }

  /**
   * Publishes what the moments that are over changed, those among them of which nothing more came
   * for a while. Called at a steady pace.
   *
   * @return whether there was anything
   */
  boolean publishQuiet() {
    boolean found = false;
    for (LiveSession session : sessions.withNews()) {
      boolean over = session.isQuiet(PATIENCE);
      found |= publish(session, over ? LiveSession::conclude : LiveSession::concluded);
    }
    return found;
  }

  /**
   * Gives other rules to some of the sessions that have not got them yet.
   *
   * @return whether these say anything else
   */
  boolean takeRules() {
    boolean found = false;
    long begin = System.nanoTime();
    long spent = 0;
    for (LiveSession session : sessions.all()) {
      if (!session.isOutdated() || aside.has(session.network().tenant())) {
        continue;
      }
      // First what the old ones have concluded: the new ones go on from what was published.
      found |= publish(session, LiveSession::concluded);
      if (sessions.isReady(session.network())) {
        found |= publish(session, LiveSession::takeRules);
        figures.tookRules();
      }
      spent = System.nanoTime() - begin;
      if (spent > SWAPPING.toNanos()) {
        break;
      }
    }
    if (spent > 0) {
      figures.pausedForRules(spent);
    }
    return found;
  }

  /** Time passes, whatever is read. */
  void tick(long now) {
    absent.tick(now);
  }

  /**
   * Of whom something holds and is not told yet, or a moment is not over: time must pass there,
   * though no fact comes.
   */
  void openThoseThatWait(long now) {
    Set<NetworkKey> waiting = new LinkedHashSet<>(interrupted);
    waiting.addAll(store.holding());
    for (NetworkKey network : waiting) {
      if (!sessions.isReady(network) && sessions.hasRoom()) {
        open(network, now);
      }
    }
  }

  /**
   * Opens those that left though somebody promised to speak, and should have by now; what waits in
   * a backlog must not be missed.
   *
   * @return whether somebody is missed
   */
  private boolean missTheAbsent(long now) {
    boolean found = false;
    long begin = System.nanoTime();
    for (NetworkKey network : absent.due()) {
      if (System.nanoTime() - begin > MISSING.toNanos() || !sessions.canHaveAnother()) {
        break;
      }
      LiveSession session =
          aside.has(network.tenant()) ? null : open(network, now, /* more= */ false);
      found |= session != null && publish(session, it -> it.tick(now) ? it.concluded() : List.of());
    }
    return found;
  }

  /**
   * Lets time pass for hosts that promised to speak.
   *
   * @return whether that changed what is found
   */
  boolean seekSilence(long now) {
    boolean found = missTheAbsent(now);
    for (LiveSession session : sessions.all()) {
      found |=
          !session.isBehind() && publish(session, it -> it.tick(now) ? it.concluded() : List.of());
    }
    return found;
  }

  /**
   * Makes room in a network of a tenant that has none left.
   *
   * @param at of a fact that was not taken in, ms since the epoch
   */
  void forgetUnheard(NetworkKey network, long at, long now) {
    LiveSession session = open(network, now);
    if (session != null) {
      publish(session, it -> it.forgetUnheard(at));
    }
  }

  private boolean publish(LiveSession session, Function<LiveSession, List<Finding>> conclusion) {
    if (aside.has(session.network().tenant())) {
      return rest(session);
    }
    try {
      var findings = conclusion.apply(session);
      outbox.publish(session.network(), findings, session.concludedSince());
      return !findings.isEmpty();
    } catch (RuntimeException e) {
      fail(session, e);
      return true;
    }
  }

  private void fail(LiveSession session, RuntimeException e) {
    Faults.requireTask(e);
    log.error("The session of {} has failed", session.network(), Faults.withoutMessages(e));
    session.giveUp(Refused.by(e));
    sessions.drop(session.network());
  }

  /** What came and is not judged goes the way of what comes now. */
  private boolean rest(LiveSession session) {
    if (!session.hasNews()) {
      return false;
    }
    session.giveUp(Aside.refusal());
    sessions.drop(session.network());
    return true;
  }

  /** A tenant is gone: what its sessions would still have to say is nobody's to hear. */
  void forget(Tenant tenant) {
    sessions.all().stream()
        .map(LiveSession::network)
        .filter(it -> it.tenant().equals(tenant))
        .forEach(sessions::drop);
    interrupted.removeIf(it -> it.tenant().equals(tenant));
    absent.forget(tenant);
    lost.forget(tenant);
  }

  void close() {
    sessions.close();
  }
}
