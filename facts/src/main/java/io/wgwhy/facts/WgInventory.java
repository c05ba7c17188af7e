package io.wgwhy.facts;

import java.util.List;

/**
 * Which WireGuard interfaces and peers exist on a host: what is not listed is gone. An empty list
 * is news: {@code wg show} printed nothing.
 */
public record WgInventory(String host, long at, List<Device> devices) implements Fact {

  /**
   * @param name the interface
   * @param peers public keys of its peers; {@code #n} for the n-th peer when its key is unreadable
   */
  public record Device(String name, List<String> peers) {}

  @Override
  public String identity() {
    return "wg-inventory/" + host;
  }
}
