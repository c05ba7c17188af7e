package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void ready_is_200_and_nothing_else() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    HttpServer engine =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    engine.start();
    try {
      int port = engine.getAddress().getPort();
      assertThat(Health.isReady(port)).isTrue();
      status.set(503);
      assertThat(Health.isReady(port)).isFalse();
    } finally {
      engine.stop(0);
    }
  }

  @Test
  void nobody_there_is_not_ready() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(Health.isReady(port)).isFalse();
  }
}
