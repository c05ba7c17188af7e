package io.wgwhy.cli.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The real Alertmanager of the Debian package prometheus-alertmanager, on loopback, and the person
 * whom it tells.
 */
final class RealAlertmanager implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the person was told: {@code firing FINDING} or {@code resolved FINDING}. */
  final List<String> told = new CopyOnWriteArrayList<>();

  final int port = freePort();
  private final HttpServer person;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private @Nullable Process process;

  private RealAlertmanager(Path folder) throws IOException {
    this.folder = folder;
    person = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    person.createContext(
        "/",
        exchange -> {
          for (JsonNode alert : JSON.readTree(exchange.getRequestBody()).get("alerts")) {
            told.add(alert.get("status").asText() + " " + alert.at("/labels/finding").asText());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    person.start();
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: person
          group_by: [finding]
          group_wait: 100ms
          group_interval: 300ms
          repeat_interval: 24h
        receivers:
          - name: person
            webhook_configs: [{url: 'http://127.0.0.1:%d/', send_resolved: true}]
        """
            .formatted(person.getAddress().getPort()));
  }

  /** Not running yet. Where it is not installed, the test is skipped, and says so. */
  static RealAlertmanager in(Path folder) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "the real Alertmanager is missing: apt-get install prometheus-alertmanager");
    return new RealAlertmanager(Files.createDirectories(folder));
  }

  void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (int i = 0; i < 200 && !isReady(); i++) {
      Thread.sleep(50);
    }
  }

  /** As a restart does: whom it has told stays on its disk, what is true does not. */
  void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** It forgets everything. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What it holds for true now. */
  List<JsonNode> active() throws IOException, InterruptedException {
    List<JsonNode> alerts = new ArrayList<>();
    JSON.readTree(get("/api/v2/alerts")).forEach(alerts::add);
    return alerts;
  }

  private boolean isReady() throws InterruptedException {
    try {
      get("/-/ready");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(5)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    person.stop(0);
  }
}
