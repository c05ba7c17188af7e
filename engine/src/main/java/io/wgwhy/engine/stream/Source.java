package io.wgwhy.engine.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record of a facts topic as it came, and where it stands.
 *
 * @param appendedAt when it came to the topic, ms since the epoch; 0 when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; nobody compares them.
record Source(
    String topic,
    int partition,
    long offset,
    long appendedAt,
    byte @Nullable [] key,
    byte @Nullable [] value) {

  int size() {
    return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }
}
