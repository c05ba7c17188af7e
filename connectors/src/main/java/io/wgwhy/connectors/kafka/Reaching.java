package io.wgwhy.connectors.kafka;

import io.wgwhy.connectors.Causes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;

/** Finds out early whether Kafka answers: clients would try for minutes, and say little. */
public final class Reaching {
  private Reaching() {}

  /** Kafka does not answer; the message says why, for people. */
  public static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreachable(String why, Throwable cause) {
      super(why, cause);
    }
  }

  /**
   * Waits for an answer.
   *
   * @param client how to reach Kafka
   * @throws Unreachable if there is none in time, or an unfriendly one
   */
  public static void check(Map<String, Object> client, Duration patience) {
    var settings = new HashMap<>(client);
    int millis = (int) patience.toMillis();
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try (var admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Unreachable("no answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean late = cause instanceof org.apache.kafka.common.errors.TimeoutException;
      throw new Unreachable(
          late ? "no answer within " + patience.toSeconds() + " s" : text(cause), cause);
    } catch (KafkaException e) {
      if (client.containsKey(SaslConfigs.SASL_JAAS_CONFIG)
          && Causes.has(e, IllegalArgumentException.class)) {
        // What Kafka says of it may be a part of the password.
        throw new Unreachable("sasl.jaas.config cannot be read: is the password in quotes?", e);
      }
      throw new Unreachable(text(e.getCause() == null ? e : e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted", e);
    }
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    if (message != null && message.startsWith("No resolvable bootstrap")) {
      return "its name does not resolve";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
