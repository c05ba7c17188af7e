package io.wgwhy.engine.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** A broker in a process of its own, so that it can be killed; it comes back at the same port. */
final class BrokerProcess implements AutoCloseable {
  private final Path folder;
  private final int port;
  private Process process;

  /**
   * @param folder for its data and its log
   */
  BrokerProcess(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  /** Starts it, also again; waits until it answers. */
  void start() throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    folder.resolve("data").toString(),
                    String.valueOf(port)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the broker does not start");
      }
      Thread.sleep(100);
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Map<String, Object> client() {
    return Map.of("bootstrap.servers", "localhost:" + port);
  }

  private boolean answers() throws InterruptedException {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            "localhost:" + port,
            "request.timeout.ms",
            1_000,
            "default.api.timeout.ms",
            2_000);
    try (var admin = Admin.create(settings)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (java.util.concurrent.ExecutionException | KafkaException e) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] args) throws Exception {
    EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
    Thread.currentThread().join();
  }
}
