package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What the counters of one end say over time (of a single sample: in total).
 *
 * @param role whose counters
 * @param condition what they amount to
 * @param handshake whether there ever was a handshake
 * @param handshakeAge seconds since the latest handshake, by the host's clock; null when unknown
 * @param handshakeInFuture whether the latest handshake lies ahead of the host's own clock: it
 *     stepped back
 * @param silentSince since when nothing was received, ms since the epoch; null when unknown
 * @param silentMillis how long nothing was received
 * @param sentUnheard bytes sent in that time
 * @param handshakes how often the handshake was renewed in the time looked at
 * @param endpointChanges how often the other end's endpoint changed in the time looked at
 * @param endpointReturned whether it came back to an address that it had left, and was not heard
 *     there for a minute since
 * @param onlyKeepalivesSent whether data comes in and only keepalives go out: what arrives is not
 *     answered
 * @param idleBeforeAsking how long nothing was heard already when it began to ask in vain, ms; null
 *     when it does not ask, or when nobody saw it begin
 * @param renewedTooOften whether the handshake was renewed three times in the last minute and a
 *     half: the protocol does it every two minutes
 * @param watched how long it was looked at, ms
 * @param samples how many samples were looked at
 */
public record Trend(
    String tunnel,
    Role role,
    Condition condition,
    Answer handshake,
    @Nullable Long handshakeAge,
    Answer handshakeInFuture,
    @Nullable Long silentSince,
    long silentMillis,
    long sentUnheard,
    int handshakes,
    int endpointChanges,
    Answer endpointReturned,
    Answer onlyKeepalivesSent,
    @Nullable Long idleBeforeAsking,
    Answer renewedTooOften,
    long watched,
    int samples) {

  /** What an end's counters amount to. */
  public enum Condition {
    /** It receives what it should. */
    HEARS,
    /** Initiations or data go out, nothing comes back. */
    ASKS_IN_VAIN,
    /** Initiations come in and are accepted, and no session comes of it. */
    ANSWERS_IN_VAIN,
    /** It should send (endpoint and keepalive are set) and does not. */
    MUTE,
    /** There is a session; data goes out and only keepalives come back. */
    HEARS_ONLY_KEEPALIVES,
    /** Neither sends nor receives, or only keepalives: nothing is asked of it. */
    IDLE,
    /** Nothing was ever sent or received. */
    NEVER_USED,
    UNKNOWN
  }
}
