package io.wgwhy.facts.tunnel;

/**
 * A network behind the initiator that the responder sends into the tunnel: so the responder, too,
 * has to be able to begin.
 *
 * @param network CIDR
 */
public record NetworkBehind(String tunnel, String network) {}
