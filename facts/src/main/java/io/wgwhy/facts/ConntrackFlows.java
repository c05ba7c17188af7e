package io.wgwhy.facts;

import java.util.List;

/** The UDP flows that the connection tracker knows, from {@code conntrack -L}. */
public record ConntrackFlows(String host, long at, List<TrackedFlow> flows) implements Fact {

  /**
   * The first packet's addresses, and those that an answer would carry: they differ where NAT is
   * done.
   *
   * @param replied NO when marked {@code [UNREPLIED]}
   * @param assured whether it is marked {@code [ASSURED]}
   */
  public record TrackedFlow(
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      String replySource,
      int replySourcePort,
      String replyDestination,
      int replyDestinationPort,
      boolean replied,
      boolean assured) {}

  @Override
  public String identity() {
    return "conntrack-flows/" + host;
  }
}
