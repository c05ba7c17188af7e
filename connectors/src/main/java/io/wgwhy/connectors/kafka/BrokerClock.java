package io.wgwhy.connectors.kafka;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The broker's clock, as far as acknowledgements tell it: a topic whose records carry the time at
 * which they were appended is a clock that all hosts share. Between acknowledgements this host's
 * monotonic clock counts on, which nobody can set.
 */
public final class BrokerClock {
  /** A crystal is wrong by some 50 ppm; with this an estimate gets worse as it ages. */
  private static final double DRIFT = 1e-4;

  private final LongSupplier nanos;
  private boolean known;
  private long brokerMillis;
  private long nanosThen;
  private double errorMillis;

  public BrokerClock() {
    this(System::nanoTime);
  }

  BrokerClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What {@link #appended} takes for when something is sent. */
  long nanos() {
    return nanos.getAsLong();
  }

  /**
   * A record was appended, at some moment between sending it and now.
   *
   * @param sentNanos when it was sent
   * @param millis when it was appended, ms since the epoch by the broker's clock
   */
  synchronized void appended(long sentNanos, long millis) {
    long now = nanos.getAsLong();
    double error = (now - sentNanos) / 2e6;
    double errorNow = errorMillis + (now - nanosThen) / 1e6 * DRIFT;
    if (!known || error <= errorNow) {
      known = true;
      brokerMillis = millis;
      nanosThen = now - (now - sentNanos) / 2;
      errorMillis = error;
    }
  }

  /** ms since the epoch; null as long as the broker has not told. */
  public synchronized @Nullable Long millis() {
    return known ? brokerMillis + (nanos.getAsLong() - nanosThen) / 1_000_000 : null;
  }
}
