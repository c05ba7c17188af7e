package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.wgwhy.connectors.kafka.Reaching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How to reach Kafka, the same for every command that does. */
final class KafkaOptions {
  static final String DEFAULT = "localhost:9092";

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

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Where Kafka is. Default: what the properties say, else " + DEFAULT + ".")
  private @Nullable String bootstrapServer;

  @Option(
      names = "--properties",
      paramLabel = "FILE",
      description = "Settings of Kafka's clients, such as those for TLS and SASL.")
  private @Nullable Path properties;

  /** Long enough for a broker that is far away; a person waits for it. */
  @Option(
      names = "--wait-for-kafka",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description = "How long to wait until Kafka answers. Default: ${DEFAULT-VALUE}.")
  private int patience = 8;

  /** Whether the person said where Kafka is. */
  boolean isGiven() {
    return bootstrapServer != null || properties != null;
  }

  /** The clients' settings; nobody has asked whether Kafka is there. */
  Map<String, Object> settings() {
    Map<String, Object> client = new HashMap<>(read());
    if (bootstrapServer != null) {
      client.put("bootstrap.servers", bootstrapServer);
    }
    client.putIfAbsent("bootstrap.servers", DEFAULT);
    return client;
  }

  /** The clients' settings, once Kafka has answered. */
  Map<String, Object> reach() {
    quiet();
    Map<String, Object> client = settings();
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
              + ". Start one with: wgwhy engine --embedded");
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

  private Map<String, Object> read() {
    Map<String, Object> read = new HashMap<>();
    if (properties == null) {
      return read;
    }
    Properties file = new Properties();
    try (var in = Files.newBufferedReader(properties)) {
      file.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read the properties in " + properties);
    }
    file.stringPropertyNames().forEach(it -> read.put(it, file.getProperty(it)));
    return read;
  }
}
