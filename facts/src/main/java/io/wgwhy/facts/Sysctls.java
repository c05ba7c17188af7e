package io.wgwhy.facts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kernel settings that decide about forwarding and filtering (kernel, ip-sysctl.rst).
 *
 * @param values name to value, only the names that matter here: {@code net.ipv4.ip_forward}, {@code
 *     net.ipv4.conf.*.(forwarding|rp_filter|src_valid_mark)}, {@code
 *     net.ipv6.conf.*.(forwarding|disable_ipv6)}, {@code net.netfilter.nf_conntrack_udp_timeout*},
 *     {@code net.ipv4.ip_no_pmtu_disc}, {@code net.ipv4.tcp_mtu_probing}
 */
public record Sysctls(String host, long at, Map<String, Long> values) implements Fact {

  /** What says whether a host forwards IPv4. */
  public static final String FORWARDS_IPV4 = "net.ipv4.ip_forward";

  /** What says whether a host forwards IPv6. */
  public static final String FORWARDS_IPV6 = "net.ipv6.conf.all.forwarding";

  /** The value, or null when it was not shown. */
  public @Nullable Long value(String name) {
    return values.get(name);
  }

  /** Whether the host forwards IPv4 (ip-sysctl.rst, ip_forward). */
  public Answer forwardsIpv4() {
    Long value = values.get(FORWARDS_IPV4);
    return Answer.of(value == null ? null : value != 0);
  }

  /**
   * What decides whether the host forwards IPv4 that comes in by a device: its own setting where it
   * was shown, which writing ip_forward sets, too, and others may set later (ip-sysctl.rst,
   * conf/interface/forwarding).
   */
  public String forwardsIpv4From(@Nullable String device) {
    String own = "net.ipv4.conf." + device + ".forwarding";
    return values.containsKey(own) ? own : FORWARDS_IPV4;
  }

  /**
   * Source validation in force on a device: the greater of the device's and the "all" value
   * (ip-sysctl.rst, rp_filter): 0 off, 1 strict, 2 loose; null when neither was shown.
   */
  public @Nullable Long reversePathFilter(String device) {
    Long all = values.get("net.ipv4.conf.all.rp_filter");
    Long own = values.get("net.ipv4.conf." + device + ".rp_filter");
    return all == null ? own : own == null ? all : Long.valueOf(Math.max(all, own));
  }

  @Override
  public String identity() {
    return "sysctls/" + host;
  }
}
