package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * A WireGuard interface, from {@code wg show} (wg(8)).
 *
 * @param name the interface, {@code wg0}
 * @param publicKey its public key, base64; null when unknown or redacted
 * @param listenPort its UDP port; null when unknown
 * @param fwmark the mark on its own packets; 0 is off, null unknown
 */
public record WgInterface(
    String host,
    long at,
    String name,
    @Nullable String publicKey,
    @Nullable Integer listenPort,
    @Nullable Integer fwmark)
    implements Fact {
  @Override
  public String identity() {
    return "wg-interface/" + host + "/" + name;
  }
}
