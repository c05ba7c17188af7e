package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached through the tunnel from the initiator, by the probes that were made.
 *
 * @param peerAddress whether the other end's tunnel address answers
 * @param beyond whether an address behind the other end answers
 * @param underlay whether the endpoint's address answers a ping (that is ICMP, not UDP)
 * @param small whether small packets come through
 * @param large whether packets of the interface's size come through
 * @param passedBytes the largest inner packet that came through; null when unknown
 * @param lostBytes the smallest that was lost while smaller ones came through; null when none
 * @param page whether a whole page came; NO when it began and stalled
 * @param names whether names resolve
 * @param nameserver the server that did not answer; null when none failed
 * @param nameserverInTunnel whether it is reached through the tunnel
 */
public record Reach(
    String tunnel,
    Answer peerAddress,
    Answer beyond,
    Answer underlay,
    Answer small,
    Answer large,
    @Nullable Integer passedBytes,
    @Nullable Integer lostBytes,
    Answer page,
    Answer names,
    @Nullable String nameserver,
    Answer nameserverInTunnel) {}
