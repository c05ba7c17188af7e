package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * An Endpoint in the configuration of an end that looks like a server: it waits for its peers, and
 * they come from wherever they are.
 *
 * @param role which end it is
 * @param host its host
 * @param iface its interface
 * @param configured the Endpoint of the file
 * @param running where the peer is now; empty when unknown
 * @param differs whether the peer is somewhere else than the file says
 * @param inUse whether the end still sends to what the file says, and heard nothing from there
 */
public record ServerEndpoint(
    String tunnel,
    Role role,
    String host,
    String iface,
    String configured,
    String running,
    Answer differs,
    Answer inUse) {}
