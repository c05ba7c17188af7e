package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * Whether there is NAT between the ends.
 *
 * @param initiatorBehindNat whether the responder sees the initiator under another address than its
 *     own
 * @param initiatorKeepsAlive whether the initiator sends keepalives
 */
public record Translation(String tunnel, Answer initiatorBehindNat, Answer initiatorKeepsAlive) {}
