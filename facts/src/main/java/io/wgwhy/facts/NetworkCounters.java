package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * Counters of the host's network stack, from {@code nstat -az} (kernel, snmp_counter.rst). Counters
 * of the host, not of a port: only their growth over some handshake attempts says something. Null
 * where not shown.
 *
 * @param udpInDatagrams UDP datagrams delivered to a socket, the kernel module's included
 * @param udpNoPorts UDP datagrams for a port where nobody listens
 * @param udpInErrors UDP datagrams that could not be delivered for another reason
 * @param reversePathFiltered packets dropped by rp_filter (TcpExtIPReversePathFilter)
 * @param forwarded packets forwarded (IpForwDatagrams)
 * @param fragmentationFailed packets too large for the next link with DF set (IpFragFails)
 * @param outNoRoutes packets without a route (IpOutNoRoutes)
 * @param inAddressErrors packets for an address that is not the host's, and that it does not
 *     forward (IpInAddrErrors)
 */
public record NetworkCounters(
    String host,
    long at,
    @Nullable Long udpInDatagrams,
    @Nullable Long udpNoPorts,
    @Nullable Long udpInErrors,
    @Nullable Long reversePathFiltered,
    @Nullable Long forwarded,
    @Nullable Long fragmentationFailed,
    @Nullable Long outNoRoutes,
    @Nullable Long inAddressErrors)
    implements Fact {
  @Override
  public String identity() {
    return "network-counters/" + host;
  }
}
