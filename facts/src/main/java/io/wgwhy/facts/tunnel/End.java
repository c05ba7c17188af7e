package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.PresharedKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel: all that is known of how it is set up, from {@code wg show}, else from its
 * configuration.
 *
 * @param host the host; null when this end was not seen
 * @param iface the interface; null when this end was not seen
 * @param publicKey its own public key; null when unknown
 * @param peerKey the public key it has for the other end; null when unknown
 * @param present whether the interface exists
 * @param up whether the interface is administratively up
 * @param listenPort the UDP port it listens on; null when unknown
 * @param endpoint where it believes the other end to be; null when none or unknown
 * @param configuredEndpoint the Endpoint line of its configuration; null when none or not seen
 * @param hasEndpoint NO when it has none for the other end
 * @param allowedIps what it lets the other end send; null when unknown
 * @param keepalive PersistentKeepalive, seconds; 0 off; null when unknown
 * @param presharedKey what is known of its preshared key
 * @param tunnelAddresses its addresses inside the tunnel, CIDR; empty when unknown
 * @param hostAddresses its addresses on other devices, without prefix length; empty when unknown
 * @param mtu of the interface; null when unknown
 * @param fwmark mark on its own packets; 0 none; null when unknown
 */
public record End(
    @Nullable String host,
    @Nullable String iface,
    @Nullable String publicKey,
    @Nullable String peerKey,
    Answer present,
    Answer up,
    @Nullable Integer listenPort,
    @Nullable Endpoint endpoint,
    @Nullable Endpoint configuredEndpoint,
    Answer hasEndpoint,
    @Nullable List<String> allowedIps,
    @Nullable Integer keepalive,
    PresharedKey presharedKey,
    List<String> tunnelAddresses,
    List<String> hostAddresses,
    @Nullable Integer mtu,
    @Nullable Integer fwmark) {

  /** An end of which only the other end's word is known. */
  public static End unseen(@Nullable String publicKey, @Nullable String peerKey) {
    return new End(
        null,
        null,
        publicKey,
        peerKey,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
        null,
        null,
        null,
        Answer.UNKNOWN,
        null,
        null,
        PresharedKey.UNKNOWN,
        List.of(),
        List.of(),
        null,
        null);
  }

  /** An end of whose host only the name is known. */
  public static End nameOnly(@Nullable String host) {
    return unseen(null, null).on(host, null);
  }

  /** The same end, when all that was seen of it is too old to count. */
  public End outOfSight() {
    return unseen(publicKey, peerKey).on(host, iface);
  }

  private End on(@Nullable String host, @Nullable String iface) {
    return new End(
        host,
        iface,
        publicKey,
        peerKey,
        present,
        up,
        listenPort,
        endpoint,
        configuredEndpoint,
        hasEndpoint,
        allowedIps,
        keepalive,
        presharedKey,
        tunnelAddresses,
        hostAddresses,
        mtu,
        fwmark);
  }

  /** Whether anything was observed on this end's host. */
  public boolean seen() {
    return host != null;
  }

  /** How people call it: the host, or "the other end". */
  public String name() {
    return host == null ? "the other end" : host;
  }
}
