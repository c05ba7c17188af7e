package io.wgwhy.connectors.collect.capture;

import io.wgwhy.facts.WireGuard;

/**
 * The filter (pcap-filter(7)) that lets through what a diagnosis of handshakes needs and nothing
 * else: messages of a handshake, by the size of the datagram and the first byte of its payload
 * (WireGuard paper, 5.4), and ICMP errors. The kernel decides, so data costs nothing and is never
 * looked at. {@code udp[…]} reads IPv4 only, hence the same again by offsets into IPv6.
 */
public final class HandshakeFilter {
  private static final int UDP_HEADER = 8;

  /** The first payload byte of initiation, response and cookie reply is 1, 2 and 3. */
  private static final int[] SIZES = {
    WireGuard.INITIATION_BYTES, WireGuard.RESPONSE_BYTES, WireGuard.COOKIE_REPLY_BYTES
  };

  /** The expression, as one argument. */
  public static final String EXPRESSION =
      messages("udp", 4)
          + " or (ip6[6] = 17 and ("
          + messages("ip6", 44)
          + ")) or icmp[icmptype] = icmp-unreach or icmp[icmptype] = icmp-timxceed"
          + " or (icmp6 and ip6[40] < 128)";

  private HandshakeFilter() {}

  /**
   * @param length where the length of the UDP datagram stands; its payload begins 4 bytes later
   */
  private static String messages(String header, int length) {
    StringBuilder any = new StringBuilder();
    for (int type = 1; type <= SIZES.length; type++) {
      any.append(type == 1 ? "" : " or ")
          .append(
              "(%s[%d:2] = %d and %s[%d] = %d)"
                  .formatted(
                      header, length, SIZES[type - 1] + UDP_HEADER, header, length + 4, type));
    }
    return any.toString();
  }
}
