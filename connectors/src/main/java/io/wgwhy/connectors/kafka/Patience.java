package io.wgwhy.connectors.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;

/** Waits for what an administrator's client was asked for, and not for ever. */
final class Patience {
  static final Duration USUAL = Duration.ofSeconds(20);

  private Patience() {}

  /**
   * The answer.
   *
   * @param what it is for: "create topic x", for people
   * @throws KafkaException if there is none in time, or a refusal; an {@link ApiException} is its
   *     cause where Kafka said why
   */
  static <T> T await(String what, KafkaFuture<T> done) {
    try {
      return done.get(USUAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new KafkaException("Cannot " + what + ": " + (cause == null ? e : cause), cause);
    } catch (TimeoutException e) {
      throw new KafkaException("No answer in time: cannot " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted: cannot " + what, e);
    }
  }
}
