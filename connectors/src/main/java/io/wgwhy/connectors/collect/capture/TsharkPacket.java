package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.capture.TcpdumpPacket.IcmpMessage;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.MessageType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One packet as tshark sums it up (Wireshark, packet-wireguard.c, packet-icmp.c):
 *
 * <pre>{@code
 * 1 0.000000000 192.168.1.40 → 203.0.113.9  WireGuard 190 Handshake Initiation, sender=0x6F3B11A2
 * 2 0.031020040 203.0.113.9 → 192.168.1.40  WireGuard 134 Handshake Response, sender=0x00C1D2E3, …
 * 3 0.033100000 203.0.113.9 → 192.168.1.40  ICMP 218 Destination unreachable (Port unreachable)
 * }</pre>
 *
 * Ports are not in it; the size is that of the frame.
 */
final class TsharkPacket {
  private static final Pattern LINE =
      Pattern.compile(
          "^\\s{0,10}(?:\\d{1,9}\\s+)?(?:\\S+\\s+)??\\d+[.:]\\S*\\s+([0-9a-fA-F.:*xX]{3,45})\\s+(?:→|->)\\s+"
              + "([0-9a-fA-F.:*xX]{3,45})\\s+(WireGuard|ICMP|ICMPv6)\\s+\\d{2,5}\\s+(\\S.*)$");

  /** The data message with nothing in it: a keepalive (protocol, 5.4.6). */
  private static final int KEEPALIVE = 32;

  private TsharkPacket() {}

  /** The packet; null when the line is none of these. */
  static @Nullable TcpdumpPacket of(String line) {
    Matcher packet = line.length() > 1000 ? null : LINE.matcher(line);
    if (packet == null || !packet.matches()) {
      return null;
    }
    String what = packet.group(4);
    boolean wireguard = packet.group(3).equals("WireGuard");
    MessageType type = wireguard ? type(what) : echo(what);
    IcmpProblem problem = wireguard ? null : problem(what);
    return type == null
        ? null
        : new TcpdumpPacket(
            null,
            null,
            Word.of(packet.group(1)),
            null,
            Word.of(packet.group(2)),
            null,
            type,
            length(type),
            problem == null ? null : new IcmpMessage(problem, null, null, null));
  }

  private static @Nullable MessageType type(String what) {
    if (what.startsWith("Handshake Initiation")) {
      return MessageType.INITIATION;
    }
    if (what.startsWith("Handshake Response")) {
      return MessageType.RESPONSE;
    }
    if (what.startsWith("Cookie Reply")) {
      return MessageType.COOKIE_REPLY;
    }
    if (what.startsWith("Keepalive")) {
      return MessageType.ofUdpPayload(KEEPALIVE);
    }
    return what.startsWith("Transport Data") ? MessageType.DATA : null;
  }

  private static MessageType echo(String what) {
    return what.startsWith("Echo (ping) request")
        ? MessageType.ECHO_REQUEST
        : what.startsWith("Echo (ping) reply") ? MessageType.ECHO_REPLY : MessageType.OTHER;
  }

  private static @Nullable IcmpProblem problem(String what) {
    if (!what.startsWith("Destination unreachable")) {
      return what.startsWith("Time-to-live exceeded") ? IcmpProblem.TIME_EXCEEDED : null;
    }
    if (what.contains("Port unreachable")) {
      return IcmpProblem.PORT_UNREACHABLE;
    }
    if (what.contains("Fragmentation needed")) {
      return IcmpProblem.FRAGMENTATION_NEEDED;
    }
    if (what.contains("dministratively")) {
      return IcmpProblem.ADMIN_PROHIBITED;
    }
    return what.contains("Network unreachable")
        ? IcmpProblem.NET_UNREACHABLE
        : IcmpProblem.HOST_UNREACHABLE;
  }

  private static int length(MessageType type) {
    return switch (type) {
      case INITIATION -> 148;
      case RESPONSE -> 92;
      default -> 0;
    };
  }
}
