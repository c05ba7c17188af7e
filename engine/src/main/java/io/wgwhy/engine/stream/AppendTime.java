package io.wgwhy.engine.stream;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Says "now" to Streams, and puts the time at which a record came to its topic aside for us.
 *
 * <p>Sessions have clocks of their own. Streams' would be one for all tenants of a partition, and a
 * negative timestamp would end the application. With "now" it takes from tenants in turn: one who
 * floods does not make the others wait. The processor gets no other sight of a record's own
 * timestamp than this header, which never leaves the engine.
 */
final class AppendTime implements TimestampExtractor {
  private static final String NAME = "appended-at";

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).array();
    record.headers().add(NAME, time);
    return System.currentTimeMillis();
  }

  /** When the record with these headers came to its topic; 0 when nobody said. */
  static long of(Headers headers) {
    // The last: a sender's own header of this name does not count.
    Header said = headers.lastHeader(NAME);
    return said == null || said.value().length != Long.BYTES
        ? 0
        : ByteBuffer.wrap(said.value()).getLong();
  }
}
