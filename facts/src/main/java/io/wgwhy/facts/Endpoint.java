package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer is reached, written as wg(8) does: {@code 203.0.113.10:51820}, {@code
 * [2001:db8::1]:51820}, in a configuration also {@code vpn.example.org:51820}.
 *
 * @param address an address or a name, without brackets
 * @param port the UDP port; 0 when it could not be read
 */
public record Endpoint(String address, int port) {

  /** Reads {@code address:port}; null when the text is no endpoint (also for {@code (none)}). */
  @JsonCreator
  public static @Nullable Endpoint tryParse(String text) {
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    if (colon <= 0 || colon == trimmed.length() - 1) {
      return null;
    }
    String address = trimmed.substring(0, colon);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    try {
      int port = Integer.parseInt(trimmed.substring(colon + 1));
      return address.isEmpty() || port < 0 || port > 65535 ? null : new Endpoint(address, port);
    } catch (NumberFormatException notAPort) {
      return null;
    }
  }

  // As records have them, but compiled as such: an engine compares two for each sample of a peer.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Endpoint it && port == it.port && address.equals(it.address));
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + port;
  }

  @JsonValue
  @Override
  public String toString() {
    return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
  }
}
