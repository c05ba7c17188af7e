package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a host's packet filter does with one kind of packet of a tunnel.
 *
 * @param host whose filter
 * @param way which packets
 * @param passes whether they pass; UNKNOWN when a rule was not understood or not shown
 * @param rejects whether the sender is told (REJECT)
 * @param decidedBy the chain and rule or policy that decided, in the tool's words; null when
 *     unknown
 * @param counted whether a counter at that place moved since the trouble began
 * @param namesPort whether the rule that decided names the packets' port: then its counter counts
 *     them and nothing else
 * @param tool {@code nft} or {@code iptables}; null when unknown
 */
public record FilterVerdict(
    String tunnel,
    String host,
    Way way,
    Answer passes,
    Answer rejects,
    @Nullable String decidedBy,
    Answer counted,
    Answer namesPort,
    @Nullable String tool) {

  /** Which packets of a tunnel. */
  public enum Way {
    /** Initiations through the responder's input hook. */
    INITIATION_IN,
    /** Responses through the responder's output hook. */
    RESPONSE_OUT,
    /** Initiations through the initiator's output hook. */
    INITIATION_OUT,
    /** Responses through the initiator's input hook. */
    RESPONSE_IN,
    /** What came out of the tunnel, on its way beyond the responder. */
    FORWARD,
    /** Answers from beyond, on their way into the tunnel. */
    FORWARD_BACK,
    /** What came out of the tunnel for the responder itself. */
    TUNNEL_IN
  }
}
