package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ports of containers a host publishes, from a compose file, {@code docker run}, {@code
 * docker ps} or {@code docker port} (docs.docker.com, "Port publishing").
 *
 * @param ports in order; empty when none is published
 * @param declaredPort the UDP port that the image is told to have from outside ({@code WG_PORT} of
 *     wg-easy, {@code SERVERPORT} of linuxserver/wireguard); null when it is not told
 * @param declaredAddress the address or name that the image is told to have from outside ({@code
 *     WG_HOST}, {@code SERVERURL}); null when it is not told, or found out by itself
 * @param imagePort the port that WireGuard listens on inside an image that has a fixed one; null
 *     for others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublishedPorts(
    String host,
    long at,
    List<Port> ports,
    @Nullable Integer declaredPort,
    @Nullable String declaredAddress,
    @Nullable Integer imagePort)
    implements Fact {

  /**
   * @param published the host's port or range ({@code 51820}, {@code 51820-51830})
   * @param container the container's port or range that it leads to
   * @param protocol {@code udp} or {@code tcp}
   */
  public record Port(String published, String container, String protocol) {

    /** Whether it leads to this port of the container. */
    @JsonIgnore
    public boolean holds(int port) {
      int dash = container.indexOf('-');
      try {
        int from = Integer.parseInt(dash < 0 ? container : container.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(container.substring(dash + 1));
        return port >= from && port <= to;
      } catch (NumberFormatException unreadable) {
        return false;
      }
    }
  }

  @Override
  public String identity() {
    return "published-ports/" + host;
  }
}
