package io.wgwhy.facts;

import java.util.List;

/**
 * The addresses that a name has now, from dig(1), host(1), nslookup(1) or getent(1).
 *
 * @param name the name asked for, in small letters, without the last dot
 * @param addresses in the order of the answer; empty when the host's own resolver has none for it
 *     (getent(1), exit code 2), as wg(8) would find. That another server did not answer is a {@link
 *     Probe}
 */
public record NameLookup(String host, long at, String name, List<String> addresses)
    implements Fact {
  @Override
  public String identity() {
    return "name-lookup/" + host + "/" + name;
  }
}
