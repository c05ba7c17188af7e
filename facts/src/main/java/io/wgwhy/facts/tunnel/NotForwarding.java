package io.wgwhy.facts.tunnel;

/**
 * A host that does not forward, and a network behind it that the other end sends into the tunnel:
 * whatever is asked for there is dropped by the host (ip-sysctl.rst, ip_forward).
 *
 * @param host who does not forward
 * @param network CIDR, as it stands in the other end's AllowedIPs
 */
public record NotForwarding(String tunnel, String host, String network) {}
