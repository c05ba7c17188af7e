package io.wgwhy.engine.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker of the image {@code apache/kafka}, with the embedded one's settings. */
final class ContainerBroker implements AutoCloseable {
  static final String IMAGE =
      System.getProperty("broker.image", "apache/kafka:" + AppInfoParser.getVersion());

  /** What the container sets itself: where it listens, and where its data is. */
  private static final Set<String> ITS_OWN =
      Set.of(
          "process.roles",
          "node.id",
          "log.dirs",
          "controller.quorum.voters",
          "controller.listener.names",
          "inter.broker.listener.name",
          "listener.security.protocol.map",
          "listeners",
          "advertised.listeners");

  /** A minute, the default, is too short on a machine that builds something else. */
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final KafkaContainer container;

  private ContainerBroker(KafkaContainer container) {
    this.container = container;
  }

  /** Why there can be none here; null if there can. */
  static @Nullable String missing() {
    if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
      return "no container engine at /var/run/docker.sock, and DOCKER_HOST is not set";
    }
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return "the container engine does not answer";
    }
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(IMAGE).exec();
      return null;
    } catch (RuntimeException e) {
      return "no image " + IMAGE + " here: docker pull it, or deploy/images/stand-ins kafka";
    }
  }

  /** Starts one; with a login it is secured, and that is the administrator's. */
  static ContainerBroker start(@Nullable AdminLogin admin) {
    var container =
        new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));
    settings(admin).forEach((name, value) -> container.withEnv(environment(name), value));
    container.withStartupTimeout(AT_MOST).start();
    return new ContainerBroker(container);
  }

  String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.stop();
  }

  private static Map<String, String> settings(@Nullable AdminLogin admin) {
    Path nowhere = Path.of("its-own");
    var settings =
        new HashMap<>(
            admin == null
                ? EmbeddedBrokerSettings.of(nowhere, 0, 0)
                : EmbeddedBrokerSettings.secured(nowhere, 0, 0, admin));
    settings.keySet().removeAll(ITS_OWN);
    if (admin != null) {
      // Its listeners have names of their own: PLAINTEXT for clients, BROKER for itself.
      settings.put(
          "listener.security.protocol.map",
          "PLAINTEXT:SASL_PLAINTEXT,BROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
      for (String name : Set.copyOf(settings.keySet())) {
        if (name.startsWith("listener.name.sasl_plaintext.")) {
          String value = settings.remove(name);
          settings.put(name.replace("sasl_plaintext", "plaintext"), value);
          settings.put(name.replace("sasl_plaintext", "broker"), value);
        }
      }
    }
    return settings;
  }

  /** As the image reads it: {@code ___} is a dash, {@code __} an underscore, {@code _} a dot. */
  private static String environment(String name) {
    return "KAFKA_"
        + name.replace("_", "__").replace("-", "___").replace(".", "_").toUpperCase(Locale.ROOT);
  }
}
