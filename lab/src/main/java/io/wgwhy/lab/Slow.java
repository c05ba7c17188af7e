package io.wgwhy.lab;

import java.util.Map;

/**
 * Faults that cannot be found at once, because the protocol, or the thing that is broken, shows
 * nothing before.
 *
 * @param seconds from the break to when it can be known
 * @param why in a line
 */
record Slow(double seconds, String why) {
  private static final String MAPPING =
      "the NAT's mapping expires after 20 s of silence, the server asks 45 s after the break, and"
          + " hears nothing for 15 s (KEEPALIVE_TIMEOUT + REKEY_TIMEOUT)";

  private static final Map<String, Slow> ALL =
      Map.of(
          "nat-timeout-same-port",
          new Slow(90, MAPPING),
          "nat-timeout-new-port",
          new Slow(90, MAPPING),
          "dup-client-key",
          new Slow(
              60, "each of the two takes the session back after 15 s; to and fro is three changes"),
          "upstream-drop-gives-up",
          new Slow(45, "asked once only: one question has to stay unanswered for 15 s and more"));

  /** No seconds when it is found as soon as others are. */
  static Slow of(String fault) {
    return ALL.getOrDefault(fault, new Slow(0, ""));
  }
}
