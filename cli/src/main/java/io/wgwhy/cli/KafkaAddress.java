package io.wgwhy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, and how to log in there. */
final class KafkaAddress {
  static final String DEFAULT = "localhost:9092";

  /** As Kafka reads it: a protocol may stand before it, brackets around an IPv6 address. */
  private static final Pattern SERVER =
      Pattern.compile("(?:\\w+://)?(?:\\[[\\da-fA-F:.]+(?:%\\w+)?]|[\\w.%:-]+):(\\d{1,5})");

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
    check(String.valueOf(client.get("bootstrap.servers")));
    return client;
  }

  /** Else it would be said that Kafka does not answer, after a while. */
  private void check(String servers) {
    for (String server : servers.split(",", -1)) {
      Matcher it = SERVER.matcher(server.strip());
      if (!it.matches() || Integer.parseInt(it.group(1)) > 65_535) {
        throw new CannotGoOn(
            Exit.UNUSABLE,
            (bootstrapServer == null ? "bootstrap.servers in " + properties : "--bootstrap-server")
                + " takes HOST:PORT, such as kafka:9092, not "
                + server);
      }
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
