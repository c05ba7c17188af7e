package io.wgwhy.facts;

/**
 * Constants of the WireGuard protocol. Sources: Donenfeld, "WireGuard: Next Generation Kernel
 * Network Tunnel", sections 5.4 and 6; the Linux driver's {@code messages.h} and {@code timers.c}.
 */
public final class WireGuard {
  /** UDP payload of a handshake initiation, bytes (messages.h, message_handshake_initiation). */
  public static final int INITIATION_BYTES = 148;

  /** UDP payload of a handshake response, bytes (messages.h, message_handshake_response). */
  public static final int RESPONSE_BYTES = 92;

  /** UDP payload of a cookie reply, bytes (messages.h, message_handshake_cookie). */
  public static final int COOKIE_REPLY_BYTES = 64;

  /** UDP payload of a keepalive: a data message without data, bytes. */
  public static final int KEEPALIVE_BYTES = 32;

  /** The smallest data message that carries a packet: 32 bytes around 16 padded ones. */
  public static final int SMALLEST_DATA_BYTES = 48;

  /** Port that everybody's configuration begins with; only a convention. */
  public static final int DEFAULT_PORT = 51820;

  /** An unanswered initiation is sent again after this long (plus up to 1/3 s), ms. */
  public static final long REKEY_TIMEOUT = 5_000;

  /** Initiations stop after this long without an answer, unless new data asks again, ms. */
  public static final long REKEY_ATTEMPT_TIME = 90_000;

  /** The initiator renews the handshake when it sends and the session is this old, ms. */
  public static final long REKEY_AFTER_TIME = 120_000;

  /** Nothing is sent on a session that is this old, ms. */
  public static final long REJECT_AFTER_TIME = 180_000;

  /** A receiver that has nothing to send answers with an empty packet after this long, ms. */
  public static final long KEEPALIVE_TIMEOUT = 10_000;

  /**
   * Data was sent and nothing authenticated came back for this long: a new handshake is tried
   * (timers.c, wg_timers_data_sent: KEEPALIVE_TIMEOUT + REKEY_TIMEOUT), ms.
   */
  public static final long HEARING_TIMEOUT = KEEPALIVE_TIMEOUT + REKEY_TIMEOUT;

  /** IPv4 header 20 + UDP header 8 + data message 32, bytes. */
  public static final int OVERHEAD_IPV4 = 60;

  /** IPv6 header 40 + UDP header 8 + data message 32, bytes. */
  public static final int OVERHEAD_IPV6 = 80;

  private WireGuard() {}
}
