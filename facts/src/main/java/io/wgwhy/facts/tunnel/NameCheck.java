package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * What the name in the initiator's Endpoint has become: wg resolves it once, when the peer is set.
 *
 * @param name the name in the configuration
 * @param running the address that is in use
 * @param resolved an address that the name has now
 * @param stale whether the one in use is none of those that the name has now
 * @param resolvedIsResponders whether one of those is the responder's own
 */
public record NameCheck(
    String tunnel,
    String name,
    String running,
    String resolved,
    Answer stale,
    Answer resolvedIsResponders) {}
