package io.wgwhy.connectors.collect.output;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports and protocols by name, where a tool was not asked for numbers (services(5)). */
public final class Services {
  /** As far as they appear beside WireGuard. */
  private static final Map<String, Integer> PORTS =
      Map.ofEntries(
          Map.entry("ssh", 22),
          Map.entry("domain", 53),
          Map.entry("bootps", 67),
          Map.entry("bootpc", 68),
          Map.entry("http", 80),
          Map.entry("ntp", 123),
          Map.entry("snmp", 161),
          Map.entry("https", 443),
          Map.entry("isakmp", 500),
          Map.entry("dhcpv6-client", 546),
          Map.entry("dhcpv6-server", 547),
          Map.entry("openvpn", 1194),
          Map.entry("ipsec-nat-t", 4500),
          Map.entry("mdns", 5353),
          Map.entry("wireguard", 51820));

  /** The names that a {@code Ruleset} uses (protocols(5)). */
  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "17",
          "udp",
          "6",
          "tcp",
          "1",
          "icmp",
          "58",
          "icmpv6",
          "ipv6-icmp",
          "icmpv6",
          "icmp6",
          "icmpv6");

  private Services() {}

  /** A port by number or name; null for names that are not known. */
  public static @Nullable Integer port(String text) {
    Integer number = Numbers.port(text);
    return number != null ? number : PORTS.get(text);
  }

  /**
   * {@code 51820}, {@code 1000-2000} from a port or a range with the separator; null if neither.
   */
  public static @Nullable String ports(String text, char separator) {
    int at = text.indexOf(separator);
    Integer from = port(at < 0 ? text : text.substring(0, at));
    Integer to = at < 0 ? from : port(text.substring(at + 1));
    if (from == null || to == null) {
      return null;
    }
    return at < 0 ? from.toString() : from + "-" + to;
  }

  /** A protocol by its name, where its number may have been printed; of another its number. */
  public static String protocol(String text) {
    return Word.of(PROTOCOLS.getOrDefault(text, text));
  }
}
