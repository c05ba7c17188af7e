package io.wgwhy.connectors.collect.output;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses and prefixes as people and commands write them, read strictly. */
public final class Cidr {
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
  public static boolean isAddress(String text) {
    return text.indexOf('/') < 0 && parse(text) != null;
  }

  /** Whether the text is an address, with a prefix length or without. */
  public static boolean isPrefix(String text) {
    return parse(text) != null;
  }

  /**
   * The prefix with its host bits cleared, in one form however it was written: a lone address is a
   * prefix of full length. Null when the text is none.
   */
  public static @Nullable String network(String text) {
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
  public static boolean hasHostBits(String text) {
    IPAddress address = parse(text);
    return address != null && address.isPrefixed() && !address.isPrefixBlock();
  }

  /**
   * The prefix length of a mask as {@code 255.255.255.0}, {@code 0xffffff00} or {@code 64}; that of
   * one address when the mask is null or unreadable.
   */
  public static String prefixLength(@Nullable String mask, boolean ipv6) {
    String single = ipv6 ? "128" : "32";
    if (mask == null) {
      return single;
    }
    if (mask.matches("0x[0-9a-fA-F]{8}")) {
      return String.valueOf(Long.bitCount(Long.decode(mask)));
    }
    if (mask.matches("\\d{1,3}")) {
      return mask;
    }
    IPAddress address = isAddress(mask) ? new IPAddressString(mask).getAddress() : null;
    Integer length = address == null ? null : address.getBlockMaskPrefixLength(true);
    return length == null ? single : length.toString();
  }

  private static @Nullable IPAddress parse(String text) {
    // The longest is an IPv6 address with an embedded IPv4 one, a zone and a length.
    if (text.isEmpty() || text.length() > 64 || ABSURD.matcher(text).find()) {
      return null;
    }
    return new IPAddressString(text, STRICT).getAddress();
  }
}
