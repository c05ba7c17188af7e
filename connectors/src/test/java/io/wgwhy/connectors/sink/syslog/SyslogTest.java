package io.wgwhy.connectors.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Again;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Keys;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.Span;
import io.wgwhy.connectors.sink.syslog.SyslogSettings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SyslogTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  @Test
  void a_message_has_identity_as_data_and_the_verdict_as_text() {
    assertThat(new String(Entry.of(Notices.opened("f1"), "mon itor"), UTF_8))
        .isEqualTo(
            "<26>1 2026-11-22T12:00:05Z monitor wgwhy - opened [wgwhy@32473 id=\""
                + Notices.opened("f1").id()
                + "\" finding=\"f1\" tenant=\"acme\" network=\"home\""
                + " cause=\"udp-port-blocked-by-host-firewall\" severity=\"critical\""
                + " confidence=\"confirmed\" hosts=\"srv,cli\"]"
                + " \uFEFFsrv's firewall drops WireGuard's packets (confirmed) | cli wg0 → srv wg0"
                + " | no handshake | Let UDP port 51820 in.");
    assertThat(new String(Entry.of(Notices.resolved("f1"), "m"), UTF_8))
        .startsWith("<29>1 2026-11-22T12:01:00Z m wgwhy - resolved [");
  }

  @Test
  void over_tcp_each_message_has_its_length_and_the_connection_is_kept() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Sink sink = to(server.getLocalPort(), Transport.TCP)) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      try (Socket socket = server.accept()) {
        assertThat(sink.deliver(List.of(Notices.opened("é")))).isEqualTo(Delivery.delivered());
        assertThat(frame(socket.getInputStream())).startsWith("<26>1 ").contains("finding=\"f1\"");
        assertThat(frame(socket.getInputStream())).contains("finding=\"é\"");
      }
    }
  }

  @Test
  void a_server_that_has_gone_is_noticed_and_the_message_is_tried_again() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Sink sink = to(server.getLocalPort(), Transport.TCP)) {
      sink.deliver(List.of(Notices.opened("f1")));
      server.accept().close();
      assertThat(sink.deliver(List.of(Notices.opened("f2")))).isInstanceOf(Again.class);
      assertThat(sink.deliver(List.of(Notices.opened("f2")))).isEqualTo(Delivery.delivered());
    }
  }

  @Test
  void a_server_that_reads_no_more_is_not_waited_for() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.setReceiveBufferSize(4096);
      server.bind(new InetSocketAddress(LOOPBACK, 0));
      try (Sink sink = to(server.getLocalPort(), Transport.TCP)) {
        Delivery last = Delivery.delivered();
        while (last.equals(Delivery.delivered())) {
          last = sink.deliver(List.of(Notices.opened("f1")));
        }
        assertThat(last).isInstanceOf(Again.class);
        assertThat(((Again) last).reason()).isEqualTo(Delivery.Reason.TIMEOUT);
      }
    }
  }

  @Test
  void over_tls_a_server_that_is_trusted_is_told_on_one_connection() throws Exception {
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    try (ServerSocket server = keys.server();
        Sink sink = trusting(keys.certificate(), server.getLocalPort())) {
      BlockingQueue<String> got = new LinkedBlockingQueue<>();
      served(
          server,
          it -> {
            got.add(frame(it.getInputStream()));
            got.add(frame(it.getInputStream()));
            return it.getInputStream().read();
          });
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      assertThat(sink.deliver(List.of(Notices.opened("f2")))).isEqualTo(Delivery.delivered());
      assertThat(got.poll(10, TimeUnit.SECONDS)).contains("finding=\"f1\"");
      assertThat(got.poll(10, TimeUnit.SECONDS)).contains("finding=\"f2\"");
    }
  }

  @Test
  void a_certificate_that_nobody_signed_or_of_another_name_is_not_trusted() throws Exception {
    try (ServerSocket server = Keys.of("ip:127.0.0.1", folder).server();
        Sink sink = to(server.getLocalPort(), Transport.TLS)) {
      assertNotTrusted(server, sink);
    }
    Keys other = Keys.of("dns:elsewhere.example.org", folder);
    try (ServerSocket server = other.server();
        Sink sink = trusting(other.certificate(), server.getLocalPort())) {
      assertNotTrusted(server, sink);
    }
  }

  private static void assertNotTrusted(ServerSocket server, Sink sink) throws Exception {
    CompletableFuture<String> got = served(server, it -> frame(it.getInputStream()));
    assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TLS);
    assertThat(got).as("nothing was sent").failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void over_tls_too_a_server_that_has_gone_is_noticed_and_the_message_is_tried_again()
      throws Exception {
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    try (ServerSocket server = keys.server();
        Sink sink = trusting(keys.certificate(), server.getLocalPort())) {
      CountDownLatch gone = new CountDownLatch(1);
      CompletableFuture<String> first =
          served(
              server,
              it -> {
                String got = frame(it.getInputStream());
                gone.await();
                return got;
              });
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      gone.countDown();
      assertThat(first.get()).contains("finding=\"f1\"");
      assertThat(sink.deliver(List.of(Notices.opened("f2")))).isInstanceOf(Again.class);
      BlockingQueue<String> again = new LinkedBlockingQueue<>();
      served(
          server,
          it -> {
            again.add(frame(it.getInputStream()));
            return it.getInputStream().read();
          });
      assertThat(sink.deliver(List.of(Notices.opened("f2")))).isEqualTo(Delivery.delivered());
      assertThat(again.poll(10, TimeUnit.SECONDS)).contains("finding=\"f2\"");
    }
  }

  @Test
  void who_does_not_shake_hands_or_reads_no_more_is_not_waited_for() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
        Sink sink = to(silent.getLocalPort(), Transport.TLS)) {
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TIMEOUT);
    }
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    try (ServerSocket server = keys.server();
        Sink sink = trusting(keys.certificate(), server.getLocalPort())) {
      server.setReceiveBufferSize(4096);
      served(server, it -> reluctant((SSLSocket) it));
      // Long, so that few of them fill what lies between.
      var notice = Notices.opened("f".repeat(20_000));
      Delivery last = Delivery.delivered();
      while (last.equals(Delivery.delivered())) {
        last = sink.deliver(List.of(notice));
      }
      assertThat(reason(last)).isEqualTo(Reason.TIMEOUT);
    }
  }

  /** Each byte comes in time: of a record, of which there are always more to come. */
  @Test
  void who_shakes_hands_drop_by_drop_is_waited_for_no_longer_than_told() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Sink sink = to(server.getLocalPort(), Transport.TLS)) {
      served(server, SyslogTest::trickle);
      Instant start = Instant.now();
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TIMEOUT);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static String reluctant(SSLSocket socket) throws IOException, InterruptedException {
    socket.startHandshake();
    // Longer than it takes to fill what lies between, on a busy machine, too.
    Thread.sleep(120_000);
    return "";
  }

  private static String trickle(Socket socket) throws IOException, InterruptedException {
    // A handshake record of 16 KB begins.
    socket.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
    for (int i = 0; i < 200; i++) {
      socket.getOutputStream().write(0);
      Thread.sleep(100);
    }
    return "";
  }

  private interface Service<T> {
    T serve(Socket socket) throws IOException, InterruptedException;
  }

  /** One connection, served beside the test; what comes of it is there when it is closed. */
  private static <T> CompletableFuture<T> served(ServerSocket server, Service<T> service) {
    CompletableFuture<T> served = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                T result;
                try (Socket socket = server.accept()) {
                  result = service.serve(socket);
                }
                served.complete(result);
              } catch (IOException | InterruptedException | RuntimeException e) {
                served.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return served;
  }

  private static Reason reason(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Again.class);
    return ((Again) delivery).reason();
  }

  private static Sink trusting(Path ca, int port) {
    return new SyslogSettings("127.0.0.1", port, Transport.TLS, ca, Span.of("2s")).open();
  }

  @Test
  void nobody_there_is_tried_again() throws Exception {
    try (Sink sink = to(1, Transport.TCP)) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isInstanceOf(Again.class);
    }
  }

  @Test
  void over_udp_each_message_is_a_datagram() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
        Sink sink = to(server.getLocalPort(), Transport.UDP)) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      server.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8)).startsWith("<26>1 ");
    }
  }

  private static Sink to(int port, Transport transport) {
    return new SyslogSettings("127.0.0.1", port, transport, null, Span.of("2s")).open();
  }

  private static String frame(InputStream in) throws IOException {
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    for (int next = in.read(); next != ' '; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no message");
      }
      length.write(next);
    }
    return new String(in.readNBytes(Integer.parseInt(length.toString(UTF_8))), UTF_8);
  }
}
