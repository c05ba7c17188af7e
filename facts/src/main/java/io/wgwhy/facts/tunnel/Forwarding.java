package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What the responder does with packets for others.
 *
 * @param forwards whether it forwards packets of the family (IPv4 or IPv6) that is asked for
 * @param setting what decides that: net.ipv4.ip_forward, the tunnel device's own
 *     net.ipv4.conf.*.forwarding where that is another, or net.ipv6.conf.all.forwarding
 * @param refuses whether packets for others came and were refused since the trouble began, as it
 *     does not forward
 * @param target the address beyond that was asked for; null when none
 * @param egressDevice where the responder routes it; null when unknown
 * @param leaves whether questions for the target were seen leaving the responder, translated or not
 * @param masqueraded whether a NAT rule translates what leaves there from the tunnel
 * @param foreignSource the address that a rule translates to and that the responder does not have;
 *     null when there is none
 * @param mustTranslate whether it is up to the responder to translate: YES when the tunnel address
 *     is private, the responder itself stands in the public network, and the target does, too; NO
 *     when the tunnel address is public
 * @param masqueradeDevice the device that a masquerade rule names instead; null when there is none
 */
public record Forwarding(
    String tunnel,
    Answer forwards,
    String setting,
    Answer refuses,
    @Nullable String target,
    @Nullable String egressDevice,
    Answer leaves,
    Answer masqueraded,
    @Nullable String foreignSource,
    Answer mustTranslate,
    @Nullable String masqueradeDevice) {}
