package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What the responder does with packets for others.
 *
 * @param forwards net.ipv4.ip_forward
 * @param refuses whether packets for others came and were refused since the trouble began, as it
 *     does not forward
 * @param target the address beyond that was asked for; null when none
 * @param egressDevice where the responder routes it; null when unknown
 * @param masqueraded whether a NAT rule translates what leaves there from the tunnel
 * @param masqueradeDevice the device that a masquerade rule names instead; null when there is none
 */
public record Forwarding(
    String tunnel,
    Answer forwards,
    Answer refuses,
    @Nullable String target,
    @Nullable String egressDevice,
    Answer masqueraded,
    @Nullable String masqueradeDevice) {}
