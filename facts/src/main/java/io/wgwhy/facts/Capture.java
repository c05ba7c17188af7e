package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tcpdump(8) saw on a device, counted. It sees arriving packets before netfilter's input hook
 * and leaving ones after the output hook. No packets is news.
 *
 * @param at when the window ended
 * @param device the interface; {@code any} for all of them, {@code ?} when unknown
 * @param direction what was looked at; BOTH without {@code -Q}
 * @param from when the window began, ms since the epoch; null when unknown
 * @param packets packets seen; null when unknown
 * @param complete NO when the output was cut, so that absence proves nothing
 * @param filter whether the capture could have seen any handshake message and ICMP error: NO when
 *     its filter was narrower
 * @param data whether it could have seen any other UDP packet, too: NO when its filter let
 *     handshakes through only, so that no data seen says nothing
 * @param flows packets of one type between two addresses, counted
 * @param errors ICMP errors, counted
 * @param port the UDP port that the filter asks for, whatever else it asks for not; null when it
 *     names none or more than that
 */
public record Capture(
    String host,
    long at,
    String device,
    Direction direction,
    @Nullable Long from,
    @Nullable Integer packets,
    Answer complete,
    Answer filter,
    Answer data,
    List<Flow> flows,
    List<IcmpError> errors,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer port)
    implements Fact {

  /** A capture whose filter let all of UDP through, or not even all handshakes. */
  public Capture(
      String host,
      long at,
      String device,
      Direction direction,
      @Nullable Long from,
      @Nullable Integer packets,
      Answer complete,
      Answer filter,
      List<Flow> flows,
      List<IcmpError> errors) {
    this(host, at, device, direction, from, packets, complete, filter, filter, flows, errors, null);
  }

  /** Seen from the host. */
  public enum Direction {
    IN,
    OUT,
    BOTH
  }

  /**
   * @param direction as printed ({@code -i any}) or as asked for; BOTH when neither tells
   * @param sourcePort null for other protocols than UDP and TCP
   * @param largest the largest UDP or IP payload of the flow, bytes
   * @param firstAt when the first was seen, ms since the epoch; null when lines have no date
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Flow(
      Direction direction,
      String source,
      @Nullable Integer sourcePort,
      String destination,
      @Nullable Integer destinationPort,
      MessageType type,
      int count,
      int largest,
      @Nullable Long firstAt,
      @Nullable Long lastAt) {}

  /** ICMP's reasons (RFC 792, RFC 1812, RFC 4443), in the field's words. */
  public enum IcmpProblem {
    PORT_UNREACHABLE,
    HOST_UNREACHABLE,
    NET_UNREACHABLE,
    ADMIN_PROHIBITED,
    FRAGMENTATION_NEEDED,
    TIME_EXCEEDED,
    OTHER
  }

  /**
   * @param source who sent the ICMP message
   * @param destination whom it was sent to
   * @param aboutAddress the address that could not be reached; null when not printed
   * @param aboutPort the UDP port that could not be reached; null when not printed
   * @param mtu the next hop's MTU for FRAGMENTATION_NEEDED; null otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record IcmpError(
      Direction direction,
      String source,
      String destination,
      IcmpProblem problem,
      @Nullable String aboutAddress,
      @Nullable Integer aboutPort,
      @Nullable Integer mtu,
      int count,
      @Nullable Long lastAt) {}

  @Override
  public String identity() {
    return "capture/" + host + "/" + device + "/" + direction;
  }
}
