package io.wgwhy.connectors.sink.syslog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.Span;
import io.wgwhy.connectors.sink.Trust;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server.
 *
 * @param host where it is
 * @param port null for the usual one: 514, with TLS 6514
 * @param transport null for {@code tcp}. UDP may lose messages, and nobody would know
 * @param ca certificates of whom to trust, with TLS; null for the system's
 * @param timeout null for 10 s
 */
public record SyslogSettings(
    @JsonProperty(required = true) String host,
    @Nullable Integer port,
    @Nullable Transport transport,
    @Nullable Path ca,
    @Nullable Span timeout)
    implements SinkSettings {

  /** How messages travel. */
  public enum Transport {
    /** RFC 5426: a datagram each, of which nobody knows whether it arrived. */
    @JsonProperty("udp")
    UDP(514),
    /** RFC 6587, counted octets. */
    @JsonProperty("tcp")
    TCP(514),
    /** RFC 5425. */
    @JsonProperty("tls")
    TLS(6514);

    private final int port;

    Transport(int port) {
      this.port = port;
    }
  }

  private Transport transportOrUsual() {
    return transport == null ? Transport.TCP : transport;
  }

  private int portOrUsual() {
    return port == null ? transportOrUsual().port : port;
  }

  @Override
  public Sink open() {
    Duration limit = timeout == null ? Duration.ofSeconds(10) : timeout.length();
    Frames frames =
        switch (transportOrUsual()) {
          case UDP -> new Datagrams(host, portOrUsual());
          case TCP -> new Stream(SocketFactory.getDefault(), host, portOrUsual(), limit);
          case TLS ->
              new Stream(
                  ca == null ? SSLSocketFactory.getDefault() : Trust.in(ca).getSocketFactory(),
                  host,
                  portOrUsual(),
                  limit);
        };
    return new Syslog(frames, ownName());
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "-";
    }
  }

  @Override
  public String destination() {
    return "syslog at " + host + ":" + portOrUsual();
  }
}
