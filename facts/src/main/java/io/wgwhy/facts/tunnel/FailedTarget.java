package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
import org.jspecify.annotations.Nullable;

/**
 * An address that did not answer the initiator, and where its packets go.
 *
 * @param target the address
 * @param allowed whether the initiator's AllowedIPs for the other end hold it
 * @param responders whether it is an address of the responder, or in a network the responder is
 *     directly connected to
 * @param privateUse whether it is an address that no public network routes (RFC 1918, RFC 4193)
 * @param device where the initiator's routes send it; null when unknown
 * @param throughTunnel whether that is the tunnel
 * @param onLink whether that device's own network holds the target
 * @param othersAnswer whether any other address of its family (IPv4 or IPv6) behind the other end
 *     answers
 * @param heardSince whether the other end was heard after the first of the questions that it did
 *     not answer: NO when it was not, and may be gone for good
 * @param problem what the probe said; null when nothing
 */
public record FailedTarget(
    String tunnel,
    String target,
    Answer allowed,
    Answer responders,
    Answer privateUse,
    @Nullable String device,
    Answer throughTunnel,
    Answer onLink,
    Answer othersAnswer,
    Answer heardSince,
    Probe.@Nullable Problem problem) {}
