package io.wgwhy.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer of a WireGuard interface, from {@code wg show} (wg(8)).
 *
 * @param iface the interface it belongs to
 * @param publicKey the peer's public key, base64; null when unknown or redacted
 * @param ordinal its place in the listing, from 0; tells redacted peers apart, nothing else
 * @param presharedKey what may be said about the preshared key
 * @param endpoint where it is, or was last seen; null when there is none or it is unknown
 * @param hasEndpoint NO when wg says {@code (none)}
 * @param allowedIps CIDR prefixes; empty when wg says {@code (none)}, null when unknown
 * @param latestHandshake seconds since the epoch by the host's clock; 0 is never, null unknown
 * @param handshakeAge seconds from the latest handshake to the observation, both by the host's
 *     clock; negative when the clock stepped back since; null when there was none or unknown
 * @param rxBytes bytes received; null when unknown
 * @param txBytes bytes sent; null when unknown
 * @param keepalive PersistentKeepalive, seconds; 0 is off, null unknown
 */
public record WgPeer(
    String host,
    long at,
    String iface,
    @Nullable String publicKey,
    int ordinal,
    PresharedKey presharedKey,
    @Nullable Endpoint endpoint,
    Answer hasEndpoint,
    @Nullable List<String> allowedIps,
    @Nullable Long latestHandshake,
    @Nullable Long handshakeAge,
    @Nullable Long rxBytes,
    @Nullable Long txBytes,
    @Nullable Integer keepalive)
    implements Fact {
  @Override
  public String identity() {
    return "wg-peer/" + host + "/" + iface + "/" + (publicKey == null ? "#" + ordinal : publicKey);
  }
}
