package io.wgwhy.connectors.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Again;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.Span;
import io.wgwhy.connectors.sink.syslog.SyslogSettings.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SyslogTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

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
      length.write(next);
    }
    return new String(in.readNBytes(Integer.parseInt(length.toString(UTF_8))), UTF_8);
  }
}
