package io.wgwhy.engine.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, for one machine: demo, tests, and small installations. It
 * listens on the loopback interface only; without authentication, unless it is started secured. A
 * folder that is kept is served again with its data.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private final KafkaRaftServer server;
  private final int port;
  private final @Nullable AdminLogin admin;

  private EmbeddedBroker(KafkaRaftServer server, int port, @Nullable AdminLogin admin) {
    this.server = server;
    this.port = port;
    this.admin = admin;
  }

  /** Starts a broker on a free port, its data in the given folder, which is made if missing. */
  public static EmbeddedBroker start(Path data) {
    return startAnywhere(data, null);
  }

  /**
   * The same, secured: only the administrator may do anything, and whom it gives rights. Its login
   * is kept in {@link #adminFile}.
   */
  public static EmbeddedBroker startSecured(Path data) {
    return startAnywhere(data, AdminLogin.of(data));
  }

  private static EmbeddedBroker startAnywhere(Path data, @Nullable AdminLogin admin) {
    try {
      return startOn(freePort(), data, admin);
    } catch (RuntimeException e) {
      // Between choosing a free port and binding it, another process may have taken it.
      if (!isTaken(e)) {
        throw e;
      }
      return startOn(freePort(), data, admin);
    }
  }

  /**
   * The same on a port that people can remember.
   *
   * @throws PortTaken if another process has it
   */
  public static EmbeddedBroker start(Path data, int port) {
    requireFree(port);
    return startOn(port, data, null);
  }

  /**
   * The same, secured.
   *
   * @throws PortTaken if another process has it
   */
  public static EmbeddedBroker startSecured(Path data, int port) {
    requireFree(port);
    return startOn(port, data, AdminLogin.of(data));
  }

  private static void requireFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      // A broker that cannot bind leaves half of itself behind.
      probe.setReuseAddress(true);
    } catch (IOException e) {
      throw new PortTaken(port, e);
    }
  }

  /** Where the login of the administrator is kept; there is a file if the data is a secured one. */
  public static Path adminFile(Path data) {
    return AdminLogin.file(data);
  }

  /** Somebody else listens there. */
  public static final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(int port, Throwable cause) {
      super("port " + port + " is taken", cause);
    }
  }

  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** The settings of a client that may do everything. */
  public Map<String, Object> client() {
    return admin == null
        ? Map.of("bootstrap.servers", bootstrapServers())
        : admin.client(bootstrapServers());
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static EmbeddedBroker startOn(int port, Path data, @Nullable AdminLogin admin) {
    int controllerPort = freePort();
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data);
    }
    var settings =
        admin == null
            ? EmbeddedBrokerSettings.of(data, port, controllerPort)
            : EmbeddedBrokerSettings.secured(data, port, controllerPort, admin);
    if (KilledBroker.left(data)) {
      KilledBroker.giveUp(EmbeddedBrokerSettings.controllerAlone(settings, controllerPort));
    }
    var config = new KafkaConfig(settings, false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    var broker = new EmbeddedBroker(server, port, admin);
    if (admin != null) {
      admin.keep(broker.bootstrapServers());
    }
    return broker;
  }

  private static void format(Path data) {
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(EmbeddedBrokerSettings.NODE)
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(EmbeddedBrokerSettings.CONTROLLER)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot prepare " + data + " for the broker's data", e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("No free port for the broker", e);
    }
  }

  private static boolean isTaken(Throwable thrown) {
    return Stream.<@Nullable Throwable>iterate(thrown, t -> t != null, t -> t.getCause())
        .anyMatch(
            t ->
                t instanceof BindException
                    || String.valueOf(t.getMessage()).contains("Address already in use"));
  }
}
