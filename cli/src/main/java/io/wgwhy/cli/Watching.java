package io.wgwhy.cli;

import io.wgwhy.engine.stream.Engine;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.engine.watch.Health;
import io.wgwhy.engine.watch.WatchServer;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an engine is watched, if anywhere. */
final class Watching implements AutoCloseable, Health {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve /metrics for Prometheus, /health/live and /health/ready there; 0 takes any that is"
              + " free. Default: not at all.")
  private @Nullable Integer port;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description =
          "On which address. They tell names of tenants and causes, without a password. Default:"
              + " ${DEFAULT-VALUE}.")
  private String host = "localhost";

  private volatile @Nullable Engine engine;
  private @Nullable WatchServer server;

  /** Starts to answer, if that is wanted; what the engine is to count in. */
  Figures begin() {
    if (port == null) {
      return Figures.unwatched();
    }
    if (port < 0 || port > 65_535) {
      throw new CannotGoOn(Exit.UNUSABLE, "--metrics-port takes 0 to 65535");
    }
    try {
      WatchServer started = WatchServer.start(new InetSocketAddress(host, port), this);
      server = started;
      return started.figures();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "cannot listen on " + host + ":" + port + " for --metrics-port");
    }
  }

  /** From now on it is this engine that is watched. */
  void watch(Engine started) {
    engine = started;
    WatchServer answering = server;
    if (answering != null) {
      answering.beforeEach(() -> answering.figures().lag(started.lag()));
    }
  }

  /** Where figures are served; null if nowhere. */
  @Nullable String address() {
    return server == null ? null : "http://" + host + ":" + server.port() + "/metrics";
  }

  @Override
  public String state() {
    Engine watched = engine;
    return watched == null ? "starting" : watched.state();
  }

  @Override
  public boolean isAlive() {
    Engine watched = engine;
    return watched == null || watched.isAlive();
  }

  @Override
  public boolean isReady() {
    Engine watched = engine;
    return watched != null && watched.isRunning();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
