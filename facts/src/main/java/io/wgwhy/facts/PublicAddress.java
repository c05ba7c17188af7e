package io.wgwhy.facts;

/**
 * The address that a host has for a server outside which it asked: its own, or that of the NAT in
 * front of it. Who asks it for the way in may come in by another.
 *
 * @param address of one family; the other one may be asked for, too
 */
public record PublicAddress(String host, long at, String address) implements Fact {
  @Override
  public String identity() {
    return "public-address/" + host + (address.contains(":") ? "/6" : "/4");
  }
}
