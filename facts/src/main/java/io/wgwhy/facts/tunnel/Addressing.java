package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the responder lets the initiator's tunnel address in, and knows the way back.
 *
 * @param address the initiator's address inside the tunnel; null when unknown
 * @param allowed whether the responder's AllowedIPs for the initiator hold it (and no other peer
 *     has a longer match)
 * @param none whether the responder's AllowedIPs for the initiator are {@code (none)}
 * @param otherPeer the public key of another peer of the responder that has the address; null when
 *     none
 * @param configured whether the responder's configuration gives the address to this peer
 * @param wayBackDevice where the responder routes the address; null when unknown
 * @param wayBackInTunnel whether that is the tunnel
 * @param strictSourceCheck whether rp_filter is strict on the responder's tunnel interface
 * @param sourceCheckDrops whether packets were dropped by rp_filter since the trouble began
 * @param sameNetworkElsewhere a device of the initiator whose network is also the tunnel's; null
 *     when none
 * @param wayToPeerInTunnel whether the initiator routes the other end's tunnel address into the
 *     tunnel
 */
public record Addressing(
    String tunnel,
    @Nullable String address,
    Answer allowed,
    Answer none,
    @Nullable String otherPeer,
    Answer configured,
    @Nullable String wayBackDevice,
    Answer wayBackInTunnel,
    Answer strictSourceCheck,
    Answer sourceCheckDrops,
    @Nullable String sameNetworkElsewhere,
    Answer wayToPeerInTunnel) {}
