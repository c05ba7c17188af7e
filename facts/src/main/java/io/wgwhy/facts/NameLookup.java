package io.wgwhy.facts;

import java.util.List;

/**
 * The addresses that a name has now, from dig(1), host(1), nslookup(1) or getent(1).
 *
 * @param name the name asked for, in small letters, without the last dot
 * @param addresses in the order of the answer; never empty: no answer is a {@link Probe}
 */
public record NameLookup(String host, long at, String name, List<String> addresses)
    implements Fact {
  @Override
  public String identity() {
    return "name-lookup/" + host + "/" + name;
  }
}
