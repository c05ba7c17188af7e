package io.wgwhy.facts;

/**
 * How far a host's clock is ahead of the receiver's, from an observation that carries both times.
 *
 * @param offsetMillis the host's clock minus the receiver's; includes the time on the way
 */
public record HostClock(String host, long at, long offsetMillis) implements Fact {
  @Override
  public String identity() {
    return "host-clock/" + host;
  }
}
