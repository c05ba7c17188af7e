package io.wgwhy.engine.stream;

import org.jspecify.annotations.Nullable;

/** A record of a facts topic as it came, and where it stands. */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; nobody compares them.
record Source(
    String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {

  int size() {
    return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }
}
