package io.wgwhy.facts;

import java.util.List;

/** The neighbour (ARP, NDP) table of a host, from {@code ip neigh} (ip-neighbour(8)). */
public record Neighbours(String host, long at, List<Neighbour> neighbours) implements Fact {

  /**
   * @param state {@code REACHABLE}, {@code STALE}, {@code FAILED}, {@code INCOMPLETE}, …
   */
  public record Neighbour(String address, String device, String state) {
    /** Whether the host was asked for and did not answer. */
    public boolean failed() {
      return state.equals("FAILED") || state.equals("INCOMPLETE");
    }
  }

  @Override
  public String identity() {
    return "neighbours/" + host;
  }
}
