package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A network's session that is rebuilt from the store when it fails: with other rules, if those at
 * fault can be done without; else without the facts at which it fails, which are found by halving.
 */
final class RecoveringSession implements AutoCloseable {
  private final NetworkKey network;
  private final Opening opening;
  private final Store store;
  private final Figures figures;
  private final Moment moment;
  private final Journal journal;
  private final Sieve sieve;

  private NetworkSession session;
  private PutBack putBack;
  private String rules = "";

  /**
   * @param moment what it has accepted that the store does not have; what is refused is taken out
   */
  RecoveringSession(
      NetworkKey network,
      Opening opening,
      Store store,
      Figures figures,
      Moment moment,
      BiConsumer<Arrival, Refused> refusals) {
    this.network = network;
    this.opening = opening;
    this.store = store;
    this.figures = figures;
    this.moment = moment;
    this.journal = store.of(network);
    this.sieve = new Sieve(this::judgeAnew, refusals);
    this.session = rebuilt();
    this.putBack = new PutBack(session);
    journal.open(identity -> session.remembered(identity));
  }

  /** As it is until something is asked that it may fail at. */
  NetworkSession now() {
    return session;
  }

  /** Whose clocks were put back, by what this session knows. */
  PutBack putBack() {
    return putBack;
  }

  /** What has failed since all was remembered. */
  Sieve sieve() {
    return sieve;
  }

  /**
   * @param isLast whether with it the moment is over
   */
  void accept(Fact fact, boolean isLast) {
    try {
      session.accept(fact);
      if (isLast) {
        session.endMoment();
      }
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
  }

  /** Does something that it may fail at; then it is as it was, without what it failed at. */
  void attempt(Consumer<NetworkSession> step) {
    try {
      step.accept(session);
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
    }
  }

  /** The same, for an answer; there is none when it fails. */
  <T> Optional<T> ask(Function<NetworkSession, T> question) {
    try {
      return Optional.of(question.apply(session));
    } catch (RuntimeException | StackOverflowError e) {
      recover(e);
      return Optional.empty();
    }
  }

  /** Whether there are other rules now than those that it has. */
  boolean isOutdated() {
    return !rules.equals(opening.rules(network.tenant().name()));
  }

  /** Goes on with the rules that there are now. */
  void takeRules() {
    attempt(
        it -> {
          restart(moment.arrivals());
          session.sayAgain();
        });
  }

  /** The store gets what must be remembered. */
  void remember() {
    session.remember(journal);
    session.takeHeld().forEach((id, since) -> store.keepHeld(network, id, since));
  }

  @Override
  public void close() {
    journal.close();
    session.close();
  }

  /** Rules are at fault that others can do without; or else facts are. */
  private void recover(Throwable failure) {
    Faults.requireTask(failure);
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
