package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.Endpoint;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names in outputs: which may stand in a fact, and which were made unreadable by hand. */
public final class Names {
  /** What wg-quick takes for an interface (wg-quick(8)); the kernel's limit is 15 characters. */
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_=+.-]{1,15}");

  /** RFC 1123, with the underscore that people use. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /** {@code x.x.x.x}, {@code a.b.c.d}, {@code 203.0.XXX.XXX}, {@code YOUR_SERVER_IP}. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?:[A-Za-z]\\.){3}[A-Za-z]|.*(?:XX|xxx|\\*\\*).*|(?:[xX\\d]+\\.)+[xX]+(?:\\.[xX\\d]+)*"
              + "|[A-Z]+(?:_[A-Z]+)+|(?:your|my)[._-]?server.*|.*(?:redacted|hidden|removed).*");

  private Names() {}

  /** Whether it may be the name of a network interface. */
  public static boolean isDevice(String text) {
    return DEVICE.matcher(text).matches();
  }

  /** Whether the text is the name of a host that can be looked up. */
  public static boolean isHost(String text) {
    return HOST.matcher(text).matches() && !isPlaceholder(text);
  }

  /** Whether somebody put it there instead of the true address or name. */
  public static boolean isPlaceholder(String text) {
    return text.length() <= 253 && PLACEHOLDER.matcher(text).matches();
  }

  /** The endpoint, when it was printed whole; null when it is none or was made unreadable. */
  public static @Nullable Endpoint endpoint(String text) {
    Endpoint endpoint = text.length() > 300 ? null : Endpoint.tryParse(text);
    if (endpoint == null) {
      return null;
    }
    String address = endpoint.address();
    boolean readable = Cidr.isAddress(address) || (isHost(address) && !address.matches("[\\d.]+"));
    return readable ? endpoint : null;
  }
}
