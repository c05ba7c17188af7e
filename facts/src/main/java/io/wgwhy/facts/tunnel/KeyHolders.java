package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * Whose keys are where.
 *
 * @param presharedKeysEqual whether both ends have the same preshared key, or none
 * @param initiatorKeyElsewhere another host with the initiator's key pair; empty when none is known
 * @param elsewhereInUse whether that host has a session by it, at the same time as the initiator;
 *     NO of a file alone, and of a host that is gone
 * @param ownKeyAsPeer whether an end has its own public key as its peer's
 * @param twoSources whether the responder was seen getting the initiator's data from two addresses
 *     at the same time
 */
public record KeyHolders(
    String tunnel,
    Answer presharedKeysEqual,
    String initiatorKeyElsewhere,
    Answer elsewhereInUse,
    Answer ownKeyAsPeer,
    Answer twoSources) {}
