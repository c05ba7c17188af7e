package io.wgwhy.connectors.kafka;

import java.util.Map;

/**
 * What each account of a tenant may use of each broker; who takes more is slowed down, not refused.
 *
 * @param inBytesPerSecond what it may publish
 * @param outBytesPerSecond what it may read
 * @param requestPercent of one of the broker's threads; 100 is one of them, all the time
 */
public record Quota(long inBytesPerSecond, long outBytesPerSecond, int requestPercent) {

  /**
   * 1 MiB/s is what 50,000 busy peers say that are looked at every 5 s (2 kB/s for each hundred);
   * reading may be faster, to catch up.
   */
  public static final Quota USUAL = new Quota(1 << 20, 8 << 20, 50);

  static final String IN = "producer_byte_rate";
  static final String OUT = "consumer_byte_rate";
  static final String REQUESTS = "request_percentage";

  /** By Kafka's names. */
  Map<String, Double> values() {
    return Map.of(
        IN,
        (double) inBytesPerSecond,
        OUT,
        (double) outBytesPerSecond,
        REQUESTS,
        (double) requestPercent);
  }
}
