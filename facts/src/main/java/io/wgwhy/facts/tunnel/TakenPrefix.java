package io.wgwhy.facts.tunnel;

/**
 * A prefix that the configuration gives to this peer and, further down, to another: the last one
 * has it (allowedips.c), and nothing says so.
 *
 * @param role the end whose configuration it is
 * @param host its host
 * @param prefix the prefix that both list
 * @param otherPeer the public key of the peer that has it
 */
public record TakenPrefix(String tunnel, Role role, String host, String prefix, String otherPeer) {}
