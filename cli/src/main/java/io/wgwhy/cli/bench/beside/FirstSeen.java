package io.wgwhy.cli.bench.beside;

import java.time.Instant;

/**
 * Something that one of the two said is wrong.
 *
 * @param what the alert's name, or the finding's cause
 * @param host of the alert; of a finding the network
 * @param about a public key; empty when it is about more than a tunnel
 * @param affected how many tunnels it speaks of
 * @param decided when it was found to hold
 * @param told when a person would have got it
 */
record FirstSeen(
    String what, String host, String about, int affected, Instant decided, Instant told) {}
