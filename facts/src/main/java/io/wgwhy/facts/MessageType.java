package io.wgwhy.facts;

/** What a packet is, by its protocol and, for UDP, by its payload size (WireGuard paper, 5.4). */
public enum MessageType {
  INITIATION,
  RESPONSE,
  COOKIE_REPLY,
  KEEPALIVE,
  /** UDP of any other size; a data message if it belongs to WireGuard. */
  DATA,
  ECHO_REQUEST,
  ECHO_REPLY,
  TCP,
  /** A fragment or anything else. */
  OTHER;

  /** The type that a UDP payload of this size would be, were it WireGuard's. */
  public static MessageType ofUdpPayload(int bytes) {
    return switch (bytes) {
      case WireGuard.INITIATION_BYTES -> INITIATION;
      case WireGuard.RESPONSE_BYTES -> RESPONSE;
      case WireGuard.COOKIE_REPLY_BYTES -> COOKIE_REPLY;
      case WireGuard.KEEPALIVE_BYTES -> KEEPALIVE;
      default -> DATA;
    };
  }
}
