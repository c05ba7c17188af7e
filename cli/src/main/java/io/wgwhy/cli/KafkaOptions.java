package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.wgwhy.connectors.kafka.Reaching;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to reach Kafka, the same for every command that does. */
final class KafkaOptions {
  static final String DEFAULT = KafkaAddress.DEFAULT;

  /** What Kafka says at WARN and is nothing to be done about: unknown settings, retries. */
  private static final List<String> CHATTERS =
      List.of(
          "org.apache.kafka.clients",
          "org.apache.kafka.common.config.AbstractConfig",
          "org.apache.kafka.common.utils.AppInfoParser",
          "org.apache.kafka.controller",
          "org.apache.kafka.coordinator",
          "org.apache.kafka.image",
          "org.apache.kafka.raft",
          "org.apache.kafka.server",
          "org.apache.kafka.storage",
          "org.apache.kafka.streams.StreamsConfig",
          "kafka",
          "state.change.logger");

  @Mixin private final KafkaAddress address = new KafkaAddress();

  /** Long enough for a broker that is far away; a person waits for it. */
  @Option(
      names = "--wait-for-kafka",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description = "How long to wait until Kafka answers. Default: ${DEFAULT-VALUE}.")
  private int patience = 8;

  /** Whether the person said where Kafka is. */
  boolean isGiven() {
    return address.isGiven();
  }

  /** The clients' settings, once Kafka has answered. */
  Map<String, Object> reach() {
    quiet();
    Map<String, Object> client = address.settings();
    try {
      Reaching.check(client, Duration.ofSeconds(patience));
    } catch (Reaching.Unreachable e) {
      String where = String.valueOf(client.get("bootstrap.servers"));
      throw new CannotGoOn(
          Exit.NO_KAFKA,
          "cannot reach Kafka at "
              + where
              + ": "
              + e.getMessage()
              + (where.startsWith("localhost:")
                  ? ". Start one with: wgwhy engine --embedded"
                  : ". Is that where it is? See --bootstrap-server"));
    }
    return client;
  }

  /** Keeps what Kafka tells at length off the terminal, unless it is asked for. */
  static void quiet() {
    if (Verbosity.isVerbose()) {
      return;
    }
    for (String name : CHATTERS) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(Level.OFF);
      }
    }
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
  }
}
