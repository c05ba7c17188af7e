package io.wgwhy.engine.session;

import org.jspecify.annotations.Nullable;

/**
 * A moment by both clocks that findings settle by.
 *
 * @param data by the newest fact, ms since the epoch
 * @param heard by the time that passes though no fact comes, ms since the session began; null while
 *     facts come: theirs is the only time then, as a replay must say the same
 */
record Time(long data, @Nullable Long heard) {

  /** When a fact came. */
  static Time ofFact(long data) {
    return new Time(data, null);
  }

  /** Whether by now it is so long ago, by either clock. */
  boolean isPast(Time now, long millis) {
    boolean passed = heard != null && now.heard != null && now.heard - heard >= millis;
    return passed || now.data - data >= millis;
  }

  /** The same; what is not known by one clock is taken to begin now. */
  Time known(Time now) {
    return heard == null && now.heard != null ? new Time(data, now.heard) : this;
  }
}
