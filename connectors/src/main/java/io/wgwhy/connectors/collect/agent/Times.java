package io.wgwhy.connectors.collect.agent;

import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is: by this host's own clock, and by the one that all hosts share.
 *
 * @param clock the host's own
 * @param shared ms since the epoch by the receiver's clock; supplies null as long as it is not
 *     known
 */
public record Times(Clock clock, Supplier<@Nullable Long> shared) {
  /** Nobody else's clock is known. */
  public static Times ownOnly() {
    return new Times(Clock.systemUTC(), () -> null);
  }

  /** By the host's own clock, ms since the epoch. */
  long own() {
    return clock.millis();
  }

  /** By the receiver's clock, s since the epoch; null when it is not known. */
  @Nullable Double received() {
    Long millis = shared.get();
    return millis == null ? null : Double.valueOf(millis / 1000.0);
  }

  /** On the timeline that all hosts share, ms since the epoch, as far as it is known. */
  public long now() {
    Long millis = shared.get();
    return millis == null ? own() : millis;
  }
}
