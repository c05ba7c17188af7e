package io.wgwhy.engine.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds the facts at which a session fails, by halving: they are refused, and their neighbours cost
 * nothing but time.
 */
final class Sieve {
  /**
   * After so many failures in one batch, what is left of it is refused unseen: each costs a
   * rebuilding, which the neighbours on this thread wait for. Halving finds one bad fact in a
   * thousand with 20.
   */
  private static final int MAX_FAILURES = 40;

  private final Consumer<List<Arrival>> attempt;
  private final BiConsumer<Arrival, Refused> refusals;
  private int failures;

  /**
   * @param attempt judges facts together, from where the last batch ended, and throws where it
   *     fails
   */
  Sieve(Consumer<List<Arrival>> attempt, BiConsumer<Arrival, Refused> refusals) {
    this.attempt = attempt;
    this.refusals = refusals;
  }

  /** Those that can be judged together; the others are refused. */
  List<Arrival> sift(List<Arrival> suspects) {
    var good = new ArrayList<Arrival>();
    sift(suspects, good);
    return good;
  }

  private void sift(List<Arrival> suspects, List<Arrival> good) {
    if (suspects.isEmpty()) {
      // No fact is at fault.
      return;
    }
    if (isWornOut()) {
      suspects.forEach(this::refuseUnseen);
      return;
    }
    var together = new ArrayList<>(good);
    together.addAll(suspects);
    try {
      attempt.accept(together);
      good.addAll(suspects);
    } catch (RuntimeException | StackOverflowError e) {
      failures++;
      if (suspects.size() == 1) {
        refusals.accept(suspects.get(0), Refused.by(e));
      } else {
        int half = suspects.size() / 2;
        sift(suspects.subList(0, half), good);
        sift(suspects.subList(half, suspects.size()), good);
      }
    }
  }

  /** Whether what still comes of this batch is refused unseen. */
  boolean isWornOut() {
    return failures >= MAX_FAILURES;
  }

  void refuseUnseen(Arrival arrival) {
    refusals.accept(
        arrival, new Refused(Refusal.TOO_MANY_FAILED, "came together with too many that failed"));
  }

  /** Whether anything has failed in this batch. */
  boolean hasFailed() {
    return failures > 0;
  }

  /** Another batch begins. */
  void rest() {
    failures = 0;
  }
}
