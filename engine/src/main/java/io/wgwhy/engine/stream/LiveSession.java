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
 * A network's session, and the facts that are not remembered yet. If it fails, it is rebuilt from
 * the store and without the facts at which it fails: they are found by halving.
 *
 * <p>A session judges the facts of one moment together, so a moment that may not be over is left
 * waiting, and remembered as such; else findings would depend on when we commit.
 */
final class LiveSession implements AutoCloseable {

  /** A network's time is that of its newest fact: one that is ahead makes all others look stale. */
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

  private final NetworkKey network;
  private final Opening opening;
  private final Store store;
  private final BiConsumer<Arrival, Refused> refusals;
  private final Figures figures;
  private final Journal journal;
  private final Backlog backlog = new Backlog();

  /** Whether somebody should have spoken, as it was when time passed last. */
  private boolean isOverdue;

  private NetworkSession session;
  private PutBack putBack;
  private String rules = "";
  private final Moment moment = new Moment();
  private final Sieve sieve;

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
    this.opening = opening;
    this.store = store;
    this.refusals = refusals;
    this.figures = figures;
    this.journal = store.of(network);
    this.sieve = new Sieve(this::judgeAnew, refusals);
    this.session = rebuilt();
    this.putBack = new PutBack(session);
    journal.open(identity -> session.remembered(identity));
    this.newest = session.clock();
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
    return session.awaited();
  }

  /** The hosts that promised to speak, and are silent. */
  Set<String> silent() {
    return session.silent();
  }

  /** How long nothing may be heard of a host before it is silent, ms. */
  long patience(String host) {
    return session.patience(host);
  }

  /** Goes on where {@link #awaited} and {@link #silent} of another session were. */
  void listenAgain(Set<String> silent, Map<String, Long> unheard, long away, boolean more) {
    try {
      session.listenAgain(silent, unheard, away, more);
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
    isOverdue = session.isOverdue();
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
    return !moment.isEmpty() || sieve.hasFailed() || !own.isEmpty();
  }

  /** What may come next, but for its numbers; null when nobody can say. */
  @Nullable Fact expected() {
    return session.expected();
  }

  /**
   * @param clock our own, ms since the epoch
   */
  void accept(Arrival arrival, long clock) {
    long at = arrival.fact().at();
    backlog.took(at, clock);
    if (at > clock + DAY) {
      refusals.accept(arrival, new Refused(Refusal.FUTURE_DATED, "dated more than a day ahead"));
    } else if (sieve.isWornOut()) {
      sieve.refuseUnseen(arrival);
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
    if (putBack.isIdle() && fact.at() >= newest - WireGuard.HEARING_TIMEOUT) {
      // As nearly all are; no host was further than its network.
      return;
    }
    long appended = arrival.source().appendedAt();
    putBack
        .took(fact, appended > 0 ? appended : clock)
        .ifPresent(
            since -> {
              log.info("A host of {} has put its clock back: what it says counts again", network);
              putBack(fact.host(), since);
            });
  }

  private void putBack(String host, PutBack.Since since) {
    try {
      session.putBack(host, since.from(), since.facts());
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
    newest = session.clock();
    remember();
  }

  private void take(Arrival arrival) {
    newest = Math.max(newest, arrival.fact().at());
    // The first fact of another moment has the last one judged: only that takes time.
    boolean isLast = moment.isCompletedBy(arrival);
    long started = isLast || moment.endsWith(arrival.fact()) ? System.nanoTime() : 0;
    moment.add(arrival);
    try {
      session.accept(arrival.fact());
      if (isLast || moment.isTooLarge()) {
        session.endMoment();
      }
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
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
    try {
      boolean changed = session.tick(clock);
      isOverdue = session.isOverdue();
      return changed;
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
      return true;
    }
  }

  /**
   * Forgets hosts that were not heard for long.
   *
   * @param at of a fact that came, ms since the epoch
   * @return what that changed
   */
  List<Finding> forgetUnheard(long at) {
    try {
      session.forgetUnheard(at);
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
    return concluded();
  }

  /** Whether there are other rules now than those that it has. */
  boolean isOutdated() {
    return !rules.equals(opening.rules(network.tenant().name()));
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
    try {
      restart(moment.arrivals());
      session.sayAgain();
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
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
    List<Finding> findings = session.concluded();
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
    List<Finding> findings;
    try {
      findings = session.conclude();
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
      findings = session.conclude();
    }
    figures.judged(System.nanoTime() - started);
    remember();
    return findings;
  }

  @Override
  public void close() {
    journal.close();
    session.close();
  }

  private void remember() {
    session.remember(journal);
    session.takeHeld().forEach((id, since) -> store.keepHeld(network, id, since));
    int judged = moment.arrivals().size() - session.waiting();
    if (judged > 0) {
      concludedSince = moment.arrivals().get(0).source().appendedAt();
      figures.of(network.tenant()).processed(judged);
      moment.isOverFor(judged);
    }
    store.keepMoment(network, moment.arrivals());
    sieve.rest();
  }

  /** Rules are at fault that others can do without; or else facts are. */
  private void recover(Throwable failure) {
    Throwable last = failure;
    while (opening.hasFailed(network.tenant().name(), rules, last)) {
      try {
        restart(moment.arrivals());
        session.sayAgain();
        return;
      } catch (RuntimeException | StackOverflowError again) {
        last = again;
      }
    }
    withoutBadFacts();
  }

  private void withoutBadFacts() {
    List<Arrival> good = sieve.sift(moment.arrivals());
    moment.replace(good);
    restart(good);
  }

  private void judgeAnew(List<Arrival> arrivals) {
    restart(arrivals);
    session.conclude();
  }

  private void restart(List<Arrival> arrivals) {
    session.close();
    session = rebuilt();
    putBack = new PutBack(session);
    arrivals.forEach(arrival -> session.accept(arrival.fact()));
  }

  private NetworkSession rebuilt() {
    long started = System.nanoTime();
    rules = opening.rules(network.tenant().name());
    var rebuilt = opening.open(network.tenant().name(), network.network());
    try {
      rebuilt.restore(journal.samples(), store.openFindings(network), store.held(network));
    } catch (RuntimeException | StackOverflowError e) {
      rebuilt.close();
      if (opening.hasFailed(network.tenant().name(), rules, e)) {
        return rebuilt();
      }
      throw e;
    }
    figures.rebuilt(System.nanoTime() - started);
    return rebuilt;
  }
}
