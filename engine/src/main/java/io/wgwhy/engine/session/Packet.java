package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Match;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet as a filter sees it. Null where it is not known: a match on it is then undecided.
 *
 * @param family {@code ip} or {@code ip6}
 * @param inputDevice empty at the output hooks: it came in by none
 * @param outputDevice empty at the input hooks
 * @param protocol {@code udp}, {@code tcp}, {@code icmp}; null for any
 * @param state {@code new} or {@code established}
 */
record Packet(
    String family,
    @Nullable String inputDevice,
    @Nullable String outputDevice,
    @Nullable String protocol,
    @Nullable String source,
    @Nullable Integer sourcePort,
    @Nullable String destination,
    @Nullable Integer destinationPort,
    String state) {

  /** Whether a rule's matches all hold. */
  Answer matches(Rule rule) {
    Answer all = Answer.YES;
    for (Match match : rule.matches()) {
      all = all.and(matches(match));
    }
    return all;
  }

  private Answer matches(Match match) {
    boolean aboutAddress =
        match.field() == Field.SOURCE_ADDRESS || match.field() == Field.DESTINATION_ADDRESS;
    if (aboutAddress && otherFamily(match.values())) {
      // "ip saddr != 10.0.0.0/8" asks for IPv4 first (nft(8), implicit dependencies).
      return Answer.NO;
    }
    Answer one =
        switch (match.field()) {
          case INPUT_DEVICE -> device(match.values(), inputDevice);
          case OUTPUT_DEVICE -> device(match.values(), outputDevice);
          case PROTOCOL -> oneOf(match.values(), protocol);
          case FAMILY -> oneOf(match.values(), family);
          case SOURCE_PORT -> port(match.values(), sourcePort);
          case DESTINATION_PORT -> port(match.values(), destinationPort);
          case SOURCE_ADDRESS -> address(match.values(), source);
          case DESTINATION_ADDRESS -> address(match.values(), destination);
          case CONNECTION_STATE -> oneOf(match.values(), state);
          case DESTINATION_TYPE -> destinationType(match.values());
          case MARK, OTHER -> Answer.UNKNOWN;
        };
    return match.inverted() ? one.not() : one;
  }

  private boolean otherFamily(List<String> values) {
    return !values.isEmpty()
        && values.stream()
            .map(it -> it.indexOf('-') < 0 ? it : it.substring(0, it.indexOf('-')))
            .allMatch(it -> Prefixes.isAddress(it) && Prefixes.isIpv4(it) != family.equals("ip"));
  }

  /** What comes in for the host is for an address of its own; what leaves is for another's. */
  private Answer destinationType(List<String> values) {
    String type = "".equals(outputDevice) ? "local" : "unicast";
    return outputDevice == null ? Answer.UNKNOWN : oneOf(values, type);
  }

  private static Answer device(List<String> values, @Nullable String device) {
    if (device == null) {
      return Answer.UNKNOWN;
    }
    return Answer.of(
        values.stream()
            .anyMatch(
                it ->
                    isWildcard(it)
                        ? device.startsWith(it.substring(0, it.length() - 1))
                        : it.equals(device)));
  }

  /** nft and ip write {@code eth*}, iptables {@code eth+}. */
  private static boolean isWildcard(String device) {
    return device.endsWith("*") || device.endsWith("+");
  }

  private static Answer oneOf(List<String> values, @Nullable String value) {
    if (value == null) {
      return Answer.UNKNOWN;
    }
    return Answer.of(
        values.stream().anyMatch(it -> it.equalsIgnoreCase(value) || isNumberOf(it, value)));
  }

  /** Protocol numbers, as iptables -L -n may print them (IANA protocol numbers). */
  private static boolean isNumberOf(String number, String name) {
    return switch (name) {
      case "udp" -> number.equals("17");
      case "tcp" -> number.equals("6");
      case "icmp" -> number.equals("1");
      case "icmpv6" -> number.equals("58") || number.equals("ipv6-icmp");
      default -> false;
    };
  }

  private static Answer port(List<String> values, @Nullable Integer port) {
    if (port == null) {
      return Answer.UNKNOWN;
    }
    boolean unread = false;
    for (String value : values) {
      int dash = value.indexOf('-');
      try {
        int from = Integer.parseInt(dash < 0 ? value : value.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(value.substring(dash + 1));
        if (port >= from && port <= to) {
          return Answer.YES;
        }
      } catch (NumberFormatException aName) {
        unread = true;
      }
    }
    return unread ? Answer.UNKNOWN : Answer.NO;
  }

  private static Answer address(List<String> values, @Nullable String address) {
    if (address == null) {
      return Answer.UNKNOWN;
    }
    boolean unread = false;
    for (String value : values) {
      Boolean holds = Prefixes.holds(value, address);
      if (Boolean.TRUE.equals(holds)) {
        return Answer.YES;
      }
      unread |= holds == null;
    }
    return unread ? Answer.UNKNOWN : Answer.NO;
  }
}
