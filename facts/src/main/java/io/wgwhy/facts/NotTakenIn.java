package io.wgwhy.facts;

/**
 * What an engine says of itself: it takes nothing new in of a host, because it keeps as much of
 * that host's tenant as it may. Said of one host of each network, the first that it was.
 *
 * @param at the time of the first fact that was not taken in
 * @param megabytes how much the engine may keep of the tenant
 * @param full whether it is so; false once there is room again
 */
public record NotTakenIn(String host, long at, long megabytes, boolean full) implements Fact {
  @Override
  public String identity() {
    return "not-taken-in/" + host;
  }
}
