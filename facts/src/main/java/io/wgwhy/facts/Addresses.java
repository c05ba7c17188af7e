package io.wgwhy.facts;

import java.util.List;

/** The addresses of a host, from {@code ip address}. */
public record Addresses(String host, long at, List<AddressOn> addresses) implements Fact {

  /**
   * @param device the interface
   * @param cidr the address with its prefix length, {@code 10.66.66.1/24}
   * @param scope {@code global}, {@code link} or {@code host}; empty when not shown
   */
  public record AddressOn(String device, String cidr, String scope) {
    /** The address without its prefix length. */
    public String address() {
      int slash = cidr.indexOf('/');
      return slash < 0 ? cidr : cidr.substring(0, slash);
    }
  }

  @Override
  public String identity() {
    return "addresses/" + host;
  }
}
