package io.wgwhy.engine.stream;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Streams would by itself, and tells {@link Aside} what was refused for good. Streams
 * makes it by the name of its class.
 */
public final class TellingAside implements ProductionExceptionHandler {
  private @Nullable Aside aside;

  @Override
  public void configure(Map<String, ?> settings) {
    aside = settings.get(Aside.SETTING) instanceof Aside known ? known : null;
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RetriableException) {
      return Response.retry();
    }
    if (aside != null) {
      aside.refused(record.topic(), record.key(), exception);
    }
    // To go on would lose the record: the transaction is repeated, without this tenant.
    return Response.fail();
  }
}
