package io.wgwhy.lab;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands with which one looks at a host. */
final class Looks {
  static final List<String> AT_THE_BEGINNING =
      List.of("ip -j addr", "ip -j -s -s link", "ip -j route show table all", "nstat -az");

  static final List<String> AT_THE_END =
      List.of(
          "conntrack -L -p udp",
          "ip -j addr",
          "ip -j -s -s link",
          "ip -j neigh",
          "ip -j route show table all",
          "ip -j rule",
          "nft -j list ruleset",
          "nstat -az",
          "cat /etc/resolv.conf",
          "ss -lunp",
          "sysctl net.ipv4 net.ipv6 net.netfilter");

  private static final Set<String> COUNTERS =
      Set.of(
          "IpInHdrErrors",
          "IpInAddrErrors",
          "IpForwDatagrams",
          "IpOutNoRoutes",
          "IpReasmTimeout",
          "IpReasmReqds",
          "IpReasmOKs",
          "IpReasmFails",
          "IpFragFails",
          "IpFragCreates",
          "IcmpInDestUnreachs",
          "IcmpOutDestUnreachs",
          "UdpInDatagrams",
          "UdpNoPorts",
          "UdpInErrors",
          "UdpOutDatagrams",
          "TcpExtIPReversePathFilter");

  private static final Pattern SETTINGS =
      Pattern.compile(
          "net\\.ipv4\\.(conf\\.\\w+\\.(forwarding|rp_filter|src_valid_mark)|ip_forward"
              + "|ip_no_pmtu_disc|tcp_mtu_probing) .*"
              + "|net\\.ipv6\\.conf\\.\\w+\\.(forwarding|disable_ipv6) .*"
              + "|net\\.netfilter\\.nf_conntrack_udp_timeout\\w* .*");

  private Looks() {}

  /** Some hundreds of counters and settings have nothing to do with tunnels: they are left out. */
  static String cut(String command, Ran ran) {
    return switch (command) {
      case "nstat -az" -> lines(ran, line -> COUNTERS.contains(line.split("\\s+", 2)[0]));
      case "sysctl net.ipv4 net.ipv6 net.netfilter" ->
          lines(ran, line -> SETTINGS.matcher(line).matches());
      default -> ran.output();
    };
  }

  private static String lines(Ran ran, Predicate<String> wanted) {
    return ran.output().lines().filter(wanted).map(it -> it + "\n").collect(Collectors.joining());
  }
}
