package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What the name in the initiator's Endpoint has become: wg resolves it once, when the peer is set.
 *
 * @param name the name in the configuration
 * @param resolves whether it has an address at all, as the host's own resolver says
 * @param waits whether the interface is there and has not been told of its peers: there wg stands
 *     while it tries the name again and again
 * @param running the address that is in use; null when none is
 * @param resolved an address that the name has now; null when it has none
 * @param stale whether the one in use is none of those that the name has now
 * @param resolvedIsResponders whether one of those is the responder's own
 */
public record NameCheck(
    String tunnel,
    String name,
    Answer resolves,
    Answer waits,
    @Nullable String running,
    @Nullable String resolved,
    Answer stale,
    Answer resolvedIsResponders) {}
