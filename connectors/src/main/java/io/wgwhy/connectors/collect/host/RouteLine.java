package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Word;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route as ip(8) writes it: an optional type, the destination, then pairs of a word and its
 * value.
 *
 * <pre>{@code
 * local 10.66.66.2 dev wg0 table local proto kernel scope host src 10.66.66.2
 * default via 192.168.50.1 dev eth0 proto dhcp metric 100 onlink
 * }</pre>
 *
 * @param type {@code unicast} when none stands before the destination
 * @param destination as written: {@code default}, an address or a prefix
 */
record RouteLine(String type, String destination, Map<String, String> values) {
  /** ip-route(8), "TYPE". */
  private static final Set<String> TYPES =
      Set.of(
          "unicast",
          "local",
          "broadcast",
          "multicast",
          "throw",
          "unreachable",
          "prohibit",
          "blackhole",
          "nat",
          "anycast");

  private static final Set<String> WITH_VALUE =
      Set.of(
          "via",
          "dev",
          "table",
          "proto",
          "scope",
          "src",
          "metric",
          "mtu",
          "advmss",
          "weight",
          "error",
          "pref",
          "uid",
          "mark",
          "nhid",
          "from",
          "iif",
          "expires",
          "hoplimit",
          "initcwnd",
          "tos",
          "realm",
          "rtt");

  /** Null when the line is no route. */
  static @Nullable RouteLine tryParse(String line) {
    List<String> words = Arrays.asList(line.strip().split("\\s+"));
    int at = TYPES.contains(words.get(0)) ? 1 : 0;
    if (at >= words.size() || !isDestination(words.get(at))) {
      return null;
    }
    Map<String, String> values = pairs(words.subList(at + 1, words.size()));
    if (words.size() > at + 1 && !WITH_VALUE.contains(words.get(at + 1))) {
      return null;
    }
    return new RouteLine(at == 0 ? "unicast" : words.get(0), words.get(at), values);
  }

  private static boolean isDestination(String word) {
    return word.equals("default") || Cidr.isPrefix(word);
  }

  /** The words of a line that have a value: {@code nexthop via 192.0.2.1 dev eth0 weight 1}. */
  static Map<String, String> pairs(List<String> words) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (WITH_VALUE.contains(word) && i + 1 < words.size()) {
        // "via inet6 fe80::1": a gateway of another family (RFC 5549).
        boolean family = words.get(i + 1).matches("inet6?") && i + 2 < words.size();
        i += family ? 2 : 1;
        values.putIfAbsent(word, Word.of(words.get(i)));
      }
    }
    return values;
  }

  @Nullable String value(String name) {
    return values.get(name);
  }

  /** The destination as CIDR. */
  static String cidr(String destination, boolean ipv6) {
    if (destination.equals("default")) {
      return ipv6 ? "::/0" : "0.0.0.0/0";
    }
    if (destination.contains("/")) {
      return Word.of(destination);
    }
    return Word.of(destination) + (destination.contains(":") ? "/128" : "/32");
  }
}
