package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.IcmpProblem;
import org.jspecify.annotations.Nullable;

/**
 * How far the handshake gets, counted since the trouble began: the way of the initiation there, and
 * of the response back.
 *
 * @param sent initiations that WireGuard sent, by its own counter
 * @param left initiations seen leaving the initiator's network interface
 * @param arrived initiations seen arriving at the responder's, for its listen port
 * @param arrivedElsewhere initiations seen arriving there for another port
 * @param elsewherePort that port; null when there is none
 * @param delivered whether UDP delivered them to a socket there (past the input filter)
 * @param noPort whether UDP found nobody listening there
 * @param accepted initiations that the responder's WireGuard accepted
 * @param answered responses that it sent
 * @param answerLeft responses seen leaving the responder's network interface
 * @param answerArrived responses seen arriving at the initiator's
 * @param answerDelivered whether UDP delivered them to a socket there
 * @param icmp the ICMP error that the initiator got for its initiations; null when none was seen
 * @param icmpSource who sent it; null when none
 * @param icmpFromEndpoint whether the endpoint's own address sent it
 * @param icmpLeft whether the responder was seen sending ICMP errors for its listen port
 * @param askedBack initiations of the responder seen arriving at the initiator's network interface:
 *     it asks itself when it has something to send and hears no answer
 * @param insideTunnel whether initiations were seen inside a tunnel interface of the initiator
 */
public record HandshakePath(
    String tunnel,
    Leg sent,
    Leg left,
    Leg arrived,
    Leg arrivedElsewhere,
    @Nullable Integer elsewherePort,
    Leg delivered,
    Answer noPort,
    Leg accepted,
    Leg answered,
    Leg answerLeft,
    Leg answerArrived,
    Leg answerDelivered,
    @Nullable IcmpProblem icmp,
    @Nullable String icmpSource,
    Answer icmpFromEndpoint,
    Answer icmpLeft,
    Leg askedBack,
    Answer insideTunnel) {}
