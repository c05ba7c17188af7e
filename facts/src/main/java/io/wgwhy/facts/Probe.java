package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * A question put to the network, from ping(8), curl(1) or dig(1), and whether it was answered.
 *
 * @param at when it was begun
 * @param type what was asked
 * @param target the address or name asked for; of a DNS question the server that was asked, null
 *     when the host's own resolver was
 * @param payloadBytes ICMP payload of a ping ({@code -s}); null for others or unknown
 * @param dontFragment whether the ping forbade fragmentation ({@code -M do})
 * @param sent questions; null when unknown
 * @param received answers; null when unknown
 * @param answered whether at least one answer came; for HTTP whether the whole page came
 * @param problem why not; null when it was answered or nothing was said
 * @param bytes bytes of the page received so far (HTTP); null for others or unknown
 * @param durationMillis how long it took; null when unknown
 */
public record Probe(
    String host,
    long at,
    Type type,
    @Nullable String target,
    @Nullable Integer payloadBytes,
    boolean dontFragment,
    @Nullable Integer sent,
    @Nullable Integer received,
    Answer answered,
    @Nullable Problem problem,
    @Nullable Long bytes,
    @Nullable Long durationMillis)
    implements Fact {

  /** What was asked. */
  public enum Type {
    PING,
    HTTP,
    DNS
  }

  /** Why there was no answer. */
  public enum Problem {
    TIMED_OUT,
    /** Connected, and the page stopped coming: large packets vanish. */
    STALLED,
    REFUSED,
    UNREACHABLE,
    /** Somebody on the way, not the target, says that the packet may not pass. */
    PROHIBITED,
    NAME_NOT_RESOLVED,
    /** {@code Required key not available}: no peer's AllowedIPs hold the destination. */
    REQUIRED_KEY_NOT_AVAILABLE,
    /** {@code Destination address required}: the peer has no endpoint. */
    DESTINATION_ADDRESS_REQUIRED,
    /** {@code message too long}: larger than the device's or the path's known MTU. */
    MESSAGE_TOO_LONG,
    NOT_PERMITTED,
    /** A trace went on to some hop, and nobody behind it said anything. */
    TRACE_STOPPED,
    OTHER
  }

  @Override
  public String identity() {
    return "probe/"
        + host
        + "/"
        + type
        + "/"
        + (target == null ? "" : target)
        + (payloadBytes == null ? "" : "/" + payloadBytes)
        + (dontFragment ? "/DF" : "");
  }
}
