package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * Two peers that name each other (or would, were the keys right), seen from one end or both.
 *
 * @param id unique in its network, and the same whether one end is seen or both
 * @param initiator the end that has to send the first initiation
 * @param responder the other end; unseen when nothing was observed there
 * @param initiatorKnowsResponder whether the initiator's peer key is the responder's public key
 * @param responderKnowsInitiator whether one of the responder's peers has the initiator's key
 */
public record Tunnel(
    String id,
    End initiator,
    End responder,
    Answer initiatorKnowsResponder,
    Answer responderKnowsInitiator) {}
