package io.wgwhy.engine.session;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.wgwhy.facts.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Questions about addresses and prefixes; what cannot be read is unknown. */
final class Prefixes {
  /**
   * No public network routes these: RFC 1918, RFC 4193, link-local (RFC 3927), CGNAT (RFC 6598).
   */
  private static final List<String> PRIVATE_USE =
      List.of(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "169.254.0.0/16",
          "100.64.0.0/10",
          "fc00::/7",
          "fe80::/10");

  /** Parsing costs more than asking; the same few hundred texts come again and again. */
  private static final Map<String, Optional<IPAddress>> PARSED = new ConcurrentHashMap<>();

  private static final int MOST_PARSED = 100_000;

  /** Addresses as tools print them: no "10" for 0.0.0.10, no "" for the loopback, no patterns. */
  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowPrefixOnly(false)
          .allowWildcardedSeparator(false)
          .allow_inet_aton(false)
          .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
          .toParams();

  /** A prefix length that the library stumbles over (5.5.1: ArrayIndexOutOfBoundsException). */
  private static final Pattern ABSURD = Pattern.compile("/\\d{4}");

  private Prefixes() {}

  private static @Nullable IPAddress parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (PARSED.size() > MOST_PARSED) {
      PARSED.clear();
    }
    return PARSED.computeIfAbsent(text, it -> Optional.ofNullable(read(it.strip()))).orElse(null);
  }

  private static @Nullable IPAddress read(String text) {
    return ABSURD.matcher(text).find() ? null : new IPAddressString(text, STRICT).getAddress();
  }

  /** The prefix as a block: host bits cleared. */
  private static @Nullable IPAddress block(@Nullable String cidr) {
    IPAddress address = parse(cidr);
    return address == null || !address.isPrefixed() ? address : address.toPrefixBlock();
  }

  /** The prefixes that hold one address only; none of what is not known. */
  static List<String> single(@Nullable List<String> prefixes) {
    return prefixes == null
        ? List.of()
        : prefixes.stream()
            .filter(it -> length(it) == (isIpv4(withoutLength(it)) ? 32 : 128))
            .toList();
  }

  /** Whether the text is an address (with or without a prefix length), not a name. */
  static boolean isAddress(@Nullable String text) {
    return parse(text) != null;
  }

  /**
   * Whether a prefix, a range ({@code 10.0.0.1-10.0.0.9}) or a single address holds an address;
   * null when either is unreadable.
   */
  static @Nullable Boolean holds(@Nullable String cidr, @Nullable String address) {
    int dash = cidr == null ? -1 : cidr.indexOf('-');
    if (cidr != null && dash > 0) {
      return holds(parse(cidr.substring(0, dash)), parse(cidr.substring(dash + 1)), parse(address));
    }
    IPAddress block = block(cidr);
    IPAddress one = parse(address);
    if (block == null || one == null) {
      return null;
    }
    IPAddress host = one.isPrefixed() ? one.withoutPrefixLength() : one;
    return block.getIPVersion() == host.getIPVersion() && block.contains(host);
  }

  private static @Nullable Boolean holds(
      @Nullable IPAddress from, @Nullable IPAddress to, @Nullable IPAddress address) {
    if (from == null || to == null || address == null) {
      return null;
    }
    return from.getIPVersion() == address.getIPVersion()
        && to.getIPVersion() == address.getIPVersion()
        && from.getValue().compareTo(address.getValue()) <= 0
        && address.getValue().compareTo(to.getValue()) <= 0;
  }

  /** Length of the longest of the prefixes that hold the address; -1 when none does. */
  static int longestMatch(@Nullable List<String> prefixes, @Nullable String address) {
    int longest = -1;
    for (String prefix : prefixes == null ? List.<String>of() : prefixes) {
      if (Boolean.TRUE.equals(holds(prefix, address))) {
        longest = Math.max(longest, length(prefix));
      }
    }
    return longest;
  }

  /** Whether one of the prefixes holds the address; unknown when the list or address is. */
  static Answer anyHolds(@Nullable List<String> prefixes, @Nullable String address) {
    return prefixes == null || !isAddress(address)
        ? Answer.UNKNOWN
        : Answer.of(longestMatch(prefixes, address) >= 0);
  }

  /** The prefix length; of a single address its bits. */
  static int length(String prefix) {
    IPAddress address = parse(prefix);
    if (address == null) {
      return -1;
    }
    Integer length = address.getNetworkPrefixLength();
    return length == null ? address.getBitCount() : length;
  }

  /** The prefix in its one form, host bits cleared; as written when it cannot be read. */
  static String network(String cidr) {
    IPAddress block = block(cidr);
    return block == null ? cidr : block.toCanonicalString();
  }

  /** Whether two networks share addresses; false when either is unreadable. */
  static boolean overlap(String one, String other) {
    IPAddress first = block(one);
    IPAddress second = block(other);
    return first != null
        && second != null
        && first.getIPVersion() == second.getIPVersion()
        && (first.contains(second) || second.contains(first));
  }

  static Answer isPrivateUse(@Nullable String address) {
    return !isAddress(address) ? Answer.UNKNOWN : anyHolds(PRIVATE_USE, address);
  }

  static boolean isIpv4(@Nullable String address) {
    IPAddress parsed = parse(address);
    return parsed != null && parsed.isIPv4();
  }

  /** The address without its prefix length. */
  static String withoutLength(String cidr) {
    int slash = cidr.indexOf('/');
    return slash < 0 ? cidr.strip() : cidr.substring(0, slash).strip();
  }

  /**
   * Whether two texts are the same address, however written. The zone of a link-local one ({@code
   * fe80::1%eth0}) is that of the host that speaks: captures and other hosts do not say it.
   */
  static boolean same(@Nullable String one, @Nullable String other) {
    IPAddress first = parse(one);
    IPAddress second = parse(other);
    if (first == null || second == null) {
      return one != null && one.equals(other);
    }
    return bare(first).equals(bare(second));
  }

  private static IPAddress bare(IPAddress address) {
    IPAddress one = address.withoutPrefixLength();
    return one.isIPv6() ? one.toIPv6().removeZone() : one;
  }

  /** Whether a prefix is of one address: a host's, not a network's. */
  static boolean isOneAddress(String prefix) {
    return length(prefix) == (prefix.indexOf(':') >= 0 ? 128 : 32);
  }
}
