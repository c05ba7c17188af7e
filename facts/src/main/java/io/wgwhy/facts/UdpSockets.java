package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on UDP ports, from {@code ss -lunp} (ss(8)) or netstat.
 *
 * @param complete NO when only a part was shown ({@code | grep wg}, a line that was not
 *     understood), so that absence proves nothing; null when all were
 */
public record UdpSockets(
    String host,
    long at,
    List<UdpSocket> sockets,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Answer complete)
    implements Fact {

  /** All there are. */
  public UdpSockets(String host, long at, List<UdpSocket> sockets) {
    this(host, at, sockets, null);
  }

  /**
   * @param address the local address; {@code *} for any
   * @param process the program; null when there is none (the kernel module's sockets) or it was not
   *     shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UdpSocket(String address, int port, @Nullable String process) {}

  @Override
  public String identity() {
    return "udp-sockets/" + host;
  }
}
