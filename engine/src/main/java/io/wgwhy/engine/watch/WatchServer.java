package io.wgwhy.engine.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Figures and health over HTTP, for Prometheus and for whoever restarts engines: {@code /metrics},
 * {@code /health/live}, {@code /health/ready}. Read-only, and without passwords: it tells names of
 * tenants and of causes, and nothing of what facts say.
 */
public final class WatchServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** The text format that every Prometheus reads. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Figures figures = new Figures(registry);
  private final HttpServer server;
  private final ExecutorService thread;
  private volatile Runnable refresh = () -> {};

  private WatchServer(InetSocketAddress address) {
    new JvmMemoryMetrics().bindTo(registry);
    // Micrometer's own has a name that promtool refuses (process_cpu_time_ns_total).
    FunctionCounter.builder("process.cpu", ProcessHandle.current(), WatchServer::cpuSeconds)
        .description("CPU time that this process has used.")
        .baseUnit("seconds")
        .register(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    try {
      this.server = HttpServer.create(address, 0);
    } catch (IOException e) {
      gc.close();
      throw new UncheckedIOException(e);
    }
    // One at a time: whoever asks too often waits, and the engine does not.
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread watch = new Thread(work, "watch");
              watch.setDaemon(true);
              return watch;
            });
    server.setExecutor(thread);
  }

  /**
   * Starts to answer.
   *
   * @param address with port 0: any that is free
   * @param health how the engine is
   * @throws UncheckedIOException if the address cannot be had
   */
  public static WatchServer start(InetSocketAddress address, Health health) {
    WatchServer watch = new WatchServer(address);
    watch.answer("/metrics", METRICS, () -> new Answer(200, watch.metrics()));
    watch.answer("/health/live", TEXT, () -> Answer.of(health.isAlive(), health.state()));
    watch.answer("/health/ready", TEXT, () -> Answer.of(health.isReady(), health.state()));
    watch.server.start();
    return watch;
  }

  /** What the engine is to count in. */
  public Figures figures() {
    return figures;
  }

  /** What to bring up to date before figures are told. */
  public void beforeEach(Runnable refresh) {
    this.refresh = refresh;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
    gc.close();
    registry.close();
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(it -> it.toNanos() / 1e9).orElse(Double.NaN);
  }

  private String metrics() {
    refresh.run();
    return registry.scrape();
  }

  private record Answer(int status, String body) {
    static Answer of(boolean well, String state) {
      return new Answer(well ? 200 : 503, state + "\n");
    }
  }

  private void answer(String path, String type, Supplier<Answer> answers) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean asked = exchange.getRequestURI().getPath().equals(path);
            boolean reads = exchange.getRequestMethod().equals("GET");
            send(
                exchange,
                type,
                !asked
                    ? new Answer(404, "not here\n")
                    : reads ? answers.get() : new Answer(405, "GET only\n"));
          }
        });
  }

  private static void send(HttpExchange exchange, String type, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
