package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What WireGuard wrote into a log, counted by meaning: the kernel module with dynamic debug, or
 * wireguard-go with LOG_LEVEL=verbose.
 */
public record WgLog(String host, long at, List<Entry> entries) implements Fact {

  /** What a line means. */
  public enum Meaning {
    /** The sender has the wrong public key for this host ({@code Invalid MAC}). */
    INVALID_MAC,
    /** The initiator's key is in no peer, or (kernel) its timestamp went back, or a flood. */
    INVALID_INITIATION,
    /** wireguard-go only: the initiation's timestamp is not newer than the newest accepted. */
    HANDSHAKE_REPLAY,
    /** The answer could not be opened: the preshared keys differ. */
    INVALID_RESPONSE,
    /** A packet came out of the tunnel with a source that the peer may not use. */
    UNALLOWED_SOURCE,
    /** A handshake message could not be sent: the own firewall refused it. */
    SEND_NOT_PERMITTED,
    SEND_FAILED,
    /** A handshake message could not be sent: the system has no way to the endpoint. */
    SEND_UNREACHABLE,
    /** A message could not be sent: the endpoint says that nobody listens there. */
    SEND_REFUSED,
    /** The system refused to send a packet that is larger than the way takes. */
    SEND_TOO_LONG,
    /** The kernel has a packet for an address that is in no peer's AllowedIPs. */
    NO_PEER_FOR_DESTINATION,
    NO_ENDPOINT,
    ADDRESS_IN_USE,
    TUN_WRITE_FAILED,
    HANDSHAKE_DID_NOT_COMPLETE,
    GAVE_UP,
    COOKIE_SENT,
    /**
     * Initiation after initiation of a peer was answered, at the pace of retries: the answers do
     * not arrive, or are not taken. The count is that of the initiations.
     */
    ANSWERED_IN_VAIN,
    /** A peer's initiations come from two addresses in turn. The count is that of the changes. */
    TWO_ADDRESSES,
    /** The host's firewall logs that it drops what arrives for WireGuard. */
    FIREWALL_DROPPED_INPUT,
    /** The host's firewall logs that it drops what comes out of a tunnel, or goes into it. */
    FIREWALL_DROPPED_FORWARD,
    /** The kernel refuses the source address of what came in (log_martians). */
    MARTIAN_SOURCE,
    /** The same of what came in by another device than a tunnel, from the address. */
    SOURCE_REFUSED,
    /** The tunnel's own packets are routed into it ({@code Dead loop on virtual device}). */
    ROUTING_LOOP,
    /** The host's time service set a clock that was wrong by a quarter of an hour or more. */
    CLOCK_SET,
    /** It set the clock back by as much: what was asked before is newer than what is asked now. */
    CLOCK_SET_BACK,
    /** The DNS server refuses a question from the tunnel's network (dnsmasq local-service). */
    DNS_QUERY_REFUSED,
    /** The name server beside WireGuard stops, or gets no answers itself (CoreDNS). */
    NAME_SERVER_FAILED
  }

  /**
   * @param peer the beginning of the peer's public key, at most 4 characters; null when not named
   * @param address the address that the line names (without port); null when none
   * @param port the port beside it, of handshakes that this host began in vain; else null
   * @param count how many lines
   * @param lastAt when the last was written, ms since the epoch; null when the lines have no date
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      Meaning meaning,
      @Nullable String peer,
      @Nullable String address,
      @Nullable Integer port,
      int count,
      @Nullable Long lastAt) {

    /** Of a line that names no port, or one that tells nothing. */
    public Entry(
        Meaning meaning,
        @Nullable String peer,
        @Nullable String address,
        int count,
        @Nullable Long lastAt) {
      this(meaning, peer, address, null, count, lastAt);
    }
  }

  @Override
  public String identity() {
    return "wg-log/" + host;
  }
}
