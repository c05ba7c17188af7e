package io.wgwhy.facts;

import java.util.List;

/** Whom the host asks for names, from {@code /etc/resolv.conf} (resolv.conf(5)). */
public record Resolver(String host, long at, List<String> nameservers) implements Fact {
  @Override
  public String identity() {
    return "resolver/" + host;
  }
}
