package io.wgwhy.connectors.kafka;

import io.wgwhy.connectors.Causes;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of Kafka's means to whoever typed a command.
 *
 * @param refused whether this login may not do it; otherwise Kafka did not answer, or not well
 * @param says what happened, in a line
 */
public record Trouble(boolean refused, String says) {

  /** null when Kafka has no part in it. */
  public static @Nullable Trouble of(Throwable failure) {
    KafkaException kafka = Causes.find(failure, KafkaException.class).orElse(null);
    if (kafka == null) {
      return null;
    }
    boolean refused =
        Causes.has(failure, AuthorizationException.class)
            || Causes.has(failure, AuthenticationException.class);
    String says =
        kafka.getMessage() == null ? kafka.getClass().getSimpleName() : kafka.getMessage();
    return new Trouble(refused, says.lines().findFirst().orElse(says));
  }
}
