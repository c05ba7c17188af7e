package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * Where the kernel would send a packet without a mark, from {@code ip route get}.
 *
 * @param destination the address asked for
 * @param type {@code unicast}, {@code local}, {@code unreachable}, …
 * @param device null when there is no route
 * @param via the gateway; null when on the link
 * @param source the source address it would take; null when not shown
 * @param table the table that decided; null when not shown (then it was main or local)
 */
public record RouteLookup(
    String host,
    long at,
    String destination,
    String type,
    @Nullable String device,
    @Nullable String via,
    @Nullable String source,
    @Nullable String table)
    implements Fact {
  @Override
  public String identity() {
    return "route-lookup/" + host + "/" + destination;
  }
}
