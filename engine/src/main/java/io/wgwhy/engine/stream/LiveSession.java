package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network's session, and the facts that are not remembered yet.
 *
 * <p>A session judges the facts of one moment together, so a moment that may not be over is left
 * waiting, and remembered as such; else findings would depend on when we commit.
 */
final class LiveSession implements AutoCloseable {

  /** A network's time is that of its newest fact: one that is ahead makes all others look stale. */
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

  private final NetworkKey network;
  private final Store store;
  private final BiConsumer<Arrival, Refused> refusals;
  private final Figures figures;
  private final Backlog backlog = new Backlog();

  /** Whether somebody should have spoken, as it was when time passed last. */
  private boolean isOverdue;

  private final Moment moment = new Moment();
  private final RecoveringSession session;

  /** Facts of our own that wait until the moment is over that is under way. */
  private final List<Arrival> own = new ArrayList<>();

  private long newest;

  /** When the first of the facts came to its topic that the last conclusion was made of. */
  private long concludedSince;

  LiveSession(
      NetworkKey network,
      Opening opening,
      Store store,
      BiConsumer<Arrival, Refused> refusals,
      Figures figures) {
    this.network = network;
    this.store = store;
    this.refusals = refusals;
    this.figures = figures;
    this.session = new RecoveringSession(network, opening, store, figures, moment, refusals);
    this.newest = session.now().clock();
    store.moment(network).forEach(this::take);
    moment.forgetWhatWasSaid();
  }

  NetworkKey network() {
    return network;
  }

  /** Whether it has nothing to tell, now or once it has held for long enough. */
  boolean isSettled() {
    return !hasNews() && !isOverdue && !store.holding().contains(network);
  }

  /** Whether somebody promised to speak, did not, and is not told to be silent yet. */
  boolean isOverdue() {
    return isOverdue;
  }

  /** By host that promised to speak and is not silent for how long nothing came of it, ms. */
  Map<String, Long> awaited() {
    return session.now().awaited();
  }

  /** The hosts that promised to speak, and are silent. */
  Set<String> silent() {
    return session.now().silent();
  }

  /** How long nothing may be heard of a host before it is silent, ms. */
  long patience(String host) {
    return session.now().patience(host);
  }

  /** Goes on where {@link #awaited} and {@link #silent} of another session were. */
  void listenAgain(Set<String> silent, Map<String, Long> unheard, long away, boolean more) {
    session.attempt(it -> it.listenAgain(silent, unheard, away, more));
    isOverdue = session.now().isOverdue();
  }

  /** A moment after all that was said, ms since the epoch; that one where nothing was. */
  long next(long otherwise) {
    return newest > 0 ? newest + 1 : otherwise;
  }

  /** Whether what came in the last second was seen long ago, as in a replay. */
  boolean isBehind() {
    return backlog.isThere();
  }

  /** Whether something has come that is not concluded. */
  boolean hasNews() {
    return !moment.isEmpty() || session.sieve().hasFailed() || !own.isEmpty();
  }

  /** What may come next, but for its numbers; null when nobody can say. */
  @Nullable Fact expected() {
    return session.now().expected();
  }

  /**
   * @param clock our own, ms since the epoch
   */
  void accept(Arrival arrival, long clock) {
    long at = arrival.fact().at();
    backlog.took(at, clock);
    if (at > clock + DAY) {
      refusals.accept(arrival, new Refused(Refusal.FUTURE_DATED, "dated more than a day ahead"));
    } else if (session.sieve().isWornOut()) {
      session.sieve().refuseUnseen(arrival);
    } else {
      if (moment.isEmpty() || moment.endsWith(arrival.fact())) {
        takeOwn();
      }
      noteClock(arrival, clock);
      take(arrival);
    }
  }

  /** Takes in a fact of our own, once no moment of a host is under way: it must not split one. */
  void add(Arrival ofOurOwn) {
    own.add(ofOurOwn);
    if (moment.isEmpty()) {
      takeOwn();
    }
  }

  private void takeOwn() {
    if (!own.isEmpty()) {
      List<Arrival> all = List.copyOf(own);
      own.clear();
      all.forEach(this::take);
    }
  }

  private void noteClock(Arrival arrival, long clock) {
    Fact fact = arrival.fact();
    if (session.putBack().isIdle() && fact.at() >= newest - WireGuard.HEARING_TIMEOUT) {
      // As nearly all are; no host was further than its network.
      return;
    }
    long appended = arrival.source().appendedAt();
    session
        .putBack()
        .took(fact, appended > 0 ? appended : clock)
        .ifPresent(
            since -> {
              log.info("A host of {} has put its clock back: what it says counts again", network);
              putBack(fact.host(), since);
            });
  }

  private void putBack(String host, PutBack.Since since) {
    session.attempt(it -> it.putBack(host, since.from(), since.facts()));
    newest = session.now().clock();
    remember();
  }

  private void take(Arrival arrival) {
    newest = Math.max(newest, arrival.fact().at());
    // The first fact of another moment has the last one judged: only that takes time.
    boolean isLast = moment.isCompletedBy(arrival);
    long started = isLast || moment.endsWith(arrival.fact()) ? System.nanoTime() : 0;
    moment.add(arrival);
    session.accept(arrival.fact(), isLast || moment.isTooLarge());
    if (moment.isTooLarge()) {
      remember();
    }
    if (started != 0) {
      figures.judged(System.nanoTime() - started);
    }
  }

  /**
   * Lets time pass though nothing may have come.
   *
   * @param clock our own, ms since the epoch
   * @return whether that changed what is found
   */
  boolean tick(long clock) {
    boolean changed = session.ask(it -> it.tick(clock)).orElse(true);
    isOverdue = session.now().isOverdue();
    return changed;
  }

  /**
   * Forgets hosts that were not heard for long.
   *
   * @param at of a fact that came, ms since the epoch
   * @return what that changed
   */
  List<Finding> forgetUnheard(long at) {
    session.attempt(it -> it.forgetUnheard(at));
    return concluded();
  }

  /** Whether there are other rules now than those that it has. */
  boolean isOutdated() {
    return session.isOutdated();
  }

  /**
   * Goes on with other rules: between two conclusions, so that none is made of both. What waits of
   * a moment is judged by the new ones alone.
   *
   * <p>What the old ones have {@link #concluded} must have been published before.
   *
   * @return what the new ones say otherwise
   */
  List<Finding> takeRules() {
    session.takeRules();
    return concluded();
  }

  /**
   * Called at a steady pace.
   *
   * @param patience for how many calls to wait for the rest of a moment that is said to continue
   * @return whether nothing more is to be expected of the last moment
   */
  boolean isQuiet(int patience) {
    return moment.isQuiet(patience);
  }

  /**
   * Refuses what has been accepted since the last conclusion; the session is not to be used again.
   */
  void giveUp(Refused why) {
    moment.forEach(arrival -> refusals.accept(arrival, why));
    own.forEach(arrival -> refusals.accept(arrival, why));
    own.clear();
    moment.replace(List.of());
    store.keepMoment(network, moment.arrivals());
  }

  /** What the moments that are over changed; the store gets what must be remembered. */
  List<Finding> concluded() {
    List<Finding> findings = session.now().concluded();
    remember();
    return findings;
  }

  /** The same, before the session is closed. */
  List<Finding> concludedAtLast() {
    takeOwn();
    return concluded();
  }

  /** When the facts came that the last conclusion was made of, ms; 0 if nobody knows. */
  long concludedSince() {
    return concludedSince;
  }

  /** Ends the last moment, and concludes. */
  List<Finding> conclude() {
    long started = System.nanoTime();
    takeOwn();
    List<Finding> findings =
        session.ask(NetworkSession::conclude).orElseGet(() -> session.now().conclude());
    figures.judged(System.nanoTime() - started);
    remember();
    return findings;
  }

  @Override
  public void close() {
    session.close();
  }

  private void remember() {
    session.remember();
    int judged = moment.arrivals().size() - session.now().waiting();
    if (judged > 0) {
      concludedSince = moment.arrivals().get(0).source().appendedAt();
      figures.of(network.tenant()).processed(judged);
      moment.isOverFor(judged);
    }
    store.keepMoment(network, moment.arrivals());
    session.sieve().rest();
  }
}
