package io.wgwhy.cli.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** The real Prometheus of the Debian package prometheus, on loopback. */
final class RealPrometheus implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  private RealPrometheus(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Runs, and looks every second at the targets (host:port) of each job. Where it is not installed,
   * the test is skipped, and says so.
   */
  static RealPrometheus start(Path folder, Map<String, String> jobs) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "the real Prometheus is missing: apt-get install prometheus");
    Path config = Files.createDirectories(folder).resolve("prometheus.yml");
    Files.writeString(
        config,
        "global: {scrape_interval: 1s}\nscrape_configs:\n"
            + jobs.entrySet().stream()
                .map(
                    it ->
                        "  - {job_name: %s, static_configs: [{targets: ['%s']}]}\n"
                            .formatted(it.getKey(), it.getValue()))
                .collect(Collectors.joining()));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new RealPrometheus(port, process);
  }

  /** The series that a query has now; none while it is not ready. An invalid query is an error. */
  JsonNode query(String query) throws IOException, InterruptedException {
    return ask("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8))
        .path("data")
        .path("result");
  }

  /** The values that a label has in the series of a metric. */
  JsonNode labelValues(String metric, String label) throws IOException, InterruptedException {
    return ask("/api/v1/label/" + label + "/values?match[]=" + metric).path("data");
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path.replace("[]", "%5B%5D"));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      String body = http.send(request, BodyHandlers.ofString()).body();
      if (!body.startsWith("{")) {
        return JSON.createObjectNode(); // it says in words that it is not ready
      }
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(path + ": " + body);
      }
      return answer;
    } catch (java.net.ConnectException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
