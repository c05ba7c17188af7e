package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that an engine refused.
 *
 * @param number its place among its tenant's dead letters; numbers grow, and some are missing
 * @param at when it was refused
 * @param key as it came; null when it had none, or was left out with the value
 * @param value as it came; null when it had none, or was left out as too large ({@code leftOut})
 * @param refusal the kind of reason; null when an engine of an older version refused it
 * @param reason the reason in the words of this one case
 * @param origin where it was read; null when that cannot be told
 * @param leftOut how large it was, when it was too large to be kept here; else null
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; nobody compares them.
public record DeadLetter(
    Tenant tenant,
    long number,
    Instant at,
    byte @Nullable [] key,
    byte @Nullable [] value,
    @Nullable String refusal,
    String reason,
    @Nullable Origin origin,
    @Nullable String leftOut) {

  /** Where a record stood when it was refused. */
  public record Origin(String topic, int partition, long offset) {}
}
