package io.wgwhy.connectors.kafka;

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
    String says = null;
    boolean refused = false;
    for (Throwable it = failure; it != null; it = it.getCause()) {
      refused |= it instanceof AuthorizationException || it instanceof AuthenticationException;
      if (says == null && it instanceof KafkaException) {
        says = it.getMessage() == null ? it.getClass().getSimpleName() : it.getMessage();
      }
    }
    return says == null ? null : new Trouble(refused, says.lines().findFirst().orElse(says));
  }
}
