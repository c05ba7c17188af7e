package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * What happens to data while there is a session, counted over the last minute.
 *
 * @param sent data messages seen leaving the initiator's network interface
 * @param arrived the same seen arriving at the responder's
 * @param returned data messages seen leaving the responder for the initiator
 * @param returnedArrived the same seen arriving at the initiator
 * @param forwardedRaw packets seen leaving the responder's other interface with an address of the
 *     tunnel as their source
 * @param forwardedReplies answers to those seen coming back
 * @param comesOut whether what the responder's WireGuard receives comes out of its interface: NO
 *     when the interface counts nothing (userspace) or frame errors (kernel), as for a source that
 *     is not in the AllowedIPs
 * @param sentUnheardByResponder data messages of the responder that the initiator did not get
 */
public record DataPath(
    String tunnel,
    Leg sent,
    Leg arrived,
    Leg returned,
    Leg returnedArrived,
    Leg forwardedRaw,
    Leg forwardedReplies,
    Answer comesOut,
    Answer sentUnheardByResponder) {}
