package io.wgwhy.connectors.collect;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses and prefixes as people and commands write them, read strictly. */
final class Cidr {
  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowMask(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowBinary(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

  /** A prefix length that the library stumbles over (5.5.1: ArrayIndexOutOfBoundsException). */
  private static final Pattern ABSURD = Pattern.compile("/\\d{4}");

  private Cidr() {}

  /** Whether the text is an address without a prefix length. */
  static boolean isAddress(String text) {
    return text.indexOf('/') < 0 && parse(text) != null;
  }

  /** Whether the text is an address, with a prefix length or without. */
  static boolean isPrefix(String text) {
    return parse(text) != null;
  }

  /**
   * The prefix with its host bits cleared, in one form however it was written: a lone address is a
   * prefix of full length. Null when the text is none.
   */
  static @Nullable String network(String text) {
    IPAddress address = parse(text);
    if (address == null) {
      return null;
    }
    IPAddress prefix =
        address.isPrefixed()
            ? address.toPrefixBlock()
            : address.toPrefixBlock(address.getBitCount());
    return prefix.toCanonicalString();
  }

  /** Whether bits are set behind the prefix, as in {@code 10.66.66.2/24}. */
  static boolean hasHostBits(String text) {
    IPAddress address = parse(text);
    return address != null && address.isPrefixed() && !address.isPrefixBlock();
  }

  private static @Nullable IPAddress parse(String text) {
    // The longest is an IPv6 address with an embedded IPv4 one, a zone and a length.
    if (text.isEmpty() || text.length() > 64 || ABSURD.matcher(text).find()) {
      return null;
    }
    return new IPAddressString(text, STRICT).getAddress();
  }
}
