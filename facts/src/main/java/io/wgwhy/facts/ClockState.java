package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * Whether the host's clock is kept right, from {@code timedatectl} or {@code chronyc tracking}.
 *
 * @param synced "System clock synchronized", NTPSynchronized
 * @param service whether a time service is active
 * @param offsetMillis how far the clock is off by its own service's word; null when unknown
 */
public record ClockState(
    String host, long at, Answer synced, Answer service, @Nullable Long offsetMillis)
    implements Fact {
  @Override
  public String identity() {
    return "clock-state/" + host;
  }
}
