package io.wgwhy.cli.bench.beside;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * What Prometheus and Alertmanager speak to: {@code /targets} lists the exporters, {@code /STATION}
 * is one, {@code /told} takes what Alertmanager tells people.
 */
final class Web implements AutoCloseable {
  private final JsonMapper json = new JsonMapper();
  private final HttpServer server;
  private final Consumer<FirstSeen> heard;
  private final Set<String> known = new HashSet<>();
  private final List<String> targets = new CopyOnWriteArrayList<>();

  Web(int port, Consumer<FirstSeen> heard) throws IOException {
    this.heard = heard;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    server.setExecutor(
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "web");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/targets", exchange -> answer(exchange, 200, targets()));
    server.createContext("/told", this::told);
    server.start();
  }

  void serve(Fleet fleet) {
    for (Station station : fleet.stations) {
      targets.add(station.name);
      server.createContext(
          "/" + station.name + "/",
          exchange -> {
            if (station.alive) {
              answer(exchange, 200, station.metrics());
            } else {
              // As near as one process comes to a host that is gone.
              exchange.close();
            }
          });
    }
  }

  private String targets() throws IOException {
    String self = "127.0.0.1:" + server.getAddress().getPort();
    List<Map<String, Object>> all = new ArrayList<>();
    for (String target : targets) {
      all.add(
          Map.of(
              "targets",
              List.of(self),
              "labels",
              Map.of("host", target, "__metrics_path__", "/" + target + "/metrics")));
    }
    return json.writeValueAsString(all);
  }

  private void told(HttpExchange exchange) throws IOException {
    Instant now = Instant.now();
    JsonNode said = json.readTree(exchange.getRequestBody());
    answer(exchange, 200, "");
    for (JsonNode alert : said.path("alerts")) {
      JsonNode labels = alert.path("labels");
      boolean isNew = alert.path("status").asText().equals("firing") && isNew(labels.toString());
      if (isNew) {
        heard.accept(
            new FirstSeen(
                labels.path("alertname").asText(),
                labels.path("host").asText(),
                labels.path("public_key").asText(),
                1,
                Instant.parse(alert.path("startsAt").asText()),
                now));
      }
    }
  }

  private synchronized boolean isNew(String labels) {
    return known.add(labels);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    String type = text.startsWith("[") ? "application/json" : "text/plain; version=0.0.4";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
