package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.MessageType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One packet as tcpdump describes it: {@code 192.0.2.1.40000 > 203.0.113.10.51820: UDP, length
 * 148}.
 *
 * @param direction as printed with {@code -i any}; null when it is not
 * @param length bytes of the payload; 0 when not shown
 * @param error the ICMP error that it is; null for anything else
 */
record TcpdumpPacket(
    @Nullable Long at,
    @Nullable Direction direction,
    String source,
    @Nullable Integer sourcePort,
    String destination,
    @Nullable Integer destinationPort,
    MessageType type,
    int length,
    @Nullable IcmpMessage error) {

  /** An ICMP error and what it is about. */
  record IcmpMessage(
      IcmpProblem problem,
      @Nullable String address,
      @Nullable Integer port,
      @Nullable Integer mtu) {}

  private static final int IPV4_HEADER = 20;
  private static final int UDP_HEADER = 8;

  private static final Pattern SOURCE_AND_DESTINATION = Pattern.compile("(\\S+) > (\\S+): (.*)$");
  private static final Pattern LENGTH = Pattern.compile("\\blength:? (\\d+)");
  private static final Pattern DNS_LENGTH = Pattern.compile("\\((\\d+)\\)\\s*$");

  /** Parts of addresses are also hidden by hand: {@code 10.X.X.11.51820}. */
  private static final Pattern IPV4 =
      Pattern.compile("(?:\\d{1,3}|[xX*]+)(?:\\.(?:\\d{1,3}|[xX*]+)){3}(\\.[\\w-]+)?");

  /** {@code IP (tos 0x0, ttl 62, …, offset 0, flags [DF], proto UDP (17), length 176)}. */
  private static final Pattern HEADER =
      Pattern.compile(
          "\\bIP \\(tos .*?(?:offset (\\d+), flags \\[([^\\]]*)\\], )?proto (\\S+) \\(\\d+\\), length (\\d+).*?\\)");

  /**
   * Reads what follows the timestamp and device.
   *
   * @return null when addresses are not on the line
   */
  static @Nullable TcpdumpPacket tryParse(
      @Nullable Long at, @Nullable Direction direction, String text) {
    Matcher packet = SOURCE_AND_DESTINATION.matcher(text);
    if (!packet.find()) {
      return null;
    }
    String what = packet.group(3);
    if (what.startsWith("ICMP")) {
      return icmp(at, direction, packet.group(1), packet.group(2), what);
    }
    boolean tcp =
        what.startsWith("Flags [") || what.contains(" Flags [") || what.startsWith("tcp ");
    boolean udp = what.contains("UDP, ");
    boolean fragment = what.equals("udp") || what.equals("tcp") || what.startsWith("ip-proto-");
    Side source = Side.of(packet.group(1), (tcp || udp) && !fragment);
    Side destination = Side.of(packet.group(2), (tcp || udp) && !fragment);
    Integer length = length(what);
    boolean ports = source.port != null || destination.port != null;
    MessageType type =
        tcp && !fragment
            ? MessageType.TCP
            : (udp || (ports && !fragment)) && length != null
                ? MessageType.ofUdpPayload(length)
                : MessageType.OTHER;
    return new TcpdumpPacket(
        at,
        direction,
        source.address,
        source.port,
        destination.address,
        destination.port,
        type,
        length == null ? 0 : length,
        null);
  }

  /**
   * Reads a packet of which only {@code -v}'s first line is there: its kind and size without its
   * addresses.
   */
  static @Nullable TcpdumpPacket withoutAddresses(
      @Nullable Long at, @Nullable Direction direction, String text) {
    Matcher header = HEADER.matcher(text);
    Integer length = header.find() ? Numbers.small(header.group(4)) : null;
    if (length == null) {
      return null;
    }
    int payload = Math.max(0, length - IPV4_HEADER);
    MessageType type = MessageType.OTHER;
    boolean fragment =
        header.group(1) != null && (!header.group(1).equals("0") || header.group(2).contains("+"));
    if (header.group(3).equals("UDP") && !fragment) {
      payload = Math.max(0, payload - UDP_HEADER);
      type = MessageType.ofUdpPayload(payload);
    } else if (header.group(3).equals("TCP") && !fragment) {
      type = MessageType.TCP;
    }
    return new TcpdumpPacket(
        at, direction, Word.HIDDEN, null, Word.HIDDEN, null, type, payload, null);
  }

  private static @Nullable TcpdumpPacket icmp(
      @Nullable Long at,
      @Nullable Direction direction,
      String source,
      String destination,
      String what) {
    IcmpMessage error = TcpdumpIcmp.error(what);
    MessageType type =
        what.contains("echo request")
            ? MessageType.ECHO_REQUEST
            : what.contains("echo reply") ? MessageType.ECHO_REPLY : MessageType.OTHER;
    Integer length = length(what);
    return new TcpdumpPacket(
        at,
        direction,
        Word.of(source),
        null,
        Word.of(destination),
        null,
        type,
        length == null ? 0 : length,
        error);
  }

  private static @Nullable Integer length(String what) {
    // The last one: decoders of other protocols print lengths of their own before it.
    Matcher length = LENGTH.matcher(what);
    Integer last = null;
    while (length.find()) {
      last = Numbers.small(length.group(1));
      if (what.contains("UDP, length") || what.contains("UDP, bad length")) {
        break;
      }
    }
    Matcher dns = DNS_LENGTH.matcher(what);
    return last == null && dns.find() ? Numbers.small(dns.group(1)) : last;
  }

  /** An address with the port that tcpdump appends to it after a dot. */
  private record Side(String address, @Nullable Integer port) {
    static Side of(String text, boolean hasPort) {
      int dot = text.lastIndexOf('.');
      Matcher four = IPV4.matcher(text);
      // A name has dots of its own: only the protocol tells whether the last one is the port's.
      boolean appended =
          four.matches()
              ? four.group(1) != null
              : text.contains(":") ? dot > 0 : hasPort && dot > 0;
      return appended
          ? new Side(Word.of(text.substring(0, dot)), Services.port(text.substring(dot + 1)))
          : new Side(Word.of(text), null);
    }
  }
}
