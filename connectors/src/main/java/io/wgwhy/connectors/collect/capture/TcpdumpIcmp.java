package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.capture.TcpdumpPacket.IcmpMessage;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Capture.IcmpProblem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ICMP errors in tcpdump's words (its print-icmp.c and print-icmp6.c):
 *
 * <pre>{@code
 * ICMP 203.0.113.10 udp port 51820 unreachable, length 184
 * ICMP host 203.0.113.99 unreachable, length 184
 * ICMP host 203.0.113.10 unreachable - admin prohibited, length 184
 * ICMP 203.0.113.10 unreachable - need to frag (mtu 1400), length 556
 * ICMP6, destination unreachable, unreachable port, 2001:db8::10 udp port 51820, length 196
 * }</pre>
 */
final class TcpdumpIcmp {
  /** A way to say it; its groups are the address, port or mtu it is about. */
  private record Wording(IcmpProblem problem, Pattern pattern) {
    Wording(IcmpProblem problem, String pattern) {
      this(problem, Pattern.compile(pattern));
    }
  }

  private static final String ADDRESS = "(?<address>\\S+)";

  /** The first that fits: more specific wordings stand before the plain ones. */
  private static final List<Wording> WORDINGS =
      List.of(
          new Wording(
              IcmpProblem.PORT_UNREACHABLE,
              "^ICMP " + ADDRESS + " (?:udp|tcp) port (?<port>\\S+) unreachable"),
          new Wording(
              IcmpProblem.PORT_UNREACHABLE,
              "^ICMP6, destination unreachable, unreachable port, "
                  + ADDRESS
                  + " (?:udp|tcp) port (?<port>[^\\s,]+)"),
          new Wording(
              IcmpProblem.FRAGMENTATION_NEEDED,
              "^ICMP " + ADDRESS + " unreachable - need to frag(?: \\(mtu (?<mtu>\\d+)\\))?"),
          new Wording(IcmpProblem.FRAGMENTATION_NEEDED, "^ICMP6, packet too big, mtu (?<mtu>\\d+)"),
          new Wording(
              IcmpProblem.ADMIN_PROHIBITED,
              "^ICMP (?:(?:host|net) )?" + ADDRESS + " unreachable - admin prohibited"),
          new Wording(
              IcmpProblem.ADMIN_PROHIBITED,
              "^ICMP6, destination unreachable, unreachable prohibited " + ADDRESS),
          new Wording(IcmpProblem.HOST_UNREACHABLE, "^ICMP host " + ADDRESS + " unreachable"),
          new Wording(
              IcmpProblem.HOST_UNREACHABLE,
              "^ICMP6, destination unreachable, unreachable address " + ADDRESS),
          new Wording(IcmpProblem.NET_UNREACHABLE, "^ICMP net " + ADDRESS + " unreachable"),
          new Wording(
              IcmpProblem.NET_UNREACHABLE,
              "^ICMP6, destination unreachable, unreachable route " + ADDRESS),
          new Wording(IcmpProblem.TIME_EXCEEDED, "^ICMP6, time exceeded in-transit for " + ADDRESS),
          new Wording(IcmpProblem.TIME_EXCEEDED, "^ICMP6?,? (?:ip )?(?:reassembly )?time exceeded"),
          new Wording(
              IcmpProblem.OTHER,
              "^ICMP6?,? .*\\b(?:unreachable|parameter problem|source quench)\\b"));

  private TcpdumpIcmp() {}

  /** The error; null for echoes and whatever else is no error. */
  static @Nullable IcmpMessage error(String text) {
    for (Wording wording : WORDINGS) {
      Matcher matcher = wording.pattern.matcher(text);
      if (matcher.find()) {
        String address = group(matcher, "address");
        String port = group(matcher, "port");
        return new IcmpMessage(
            wording.problem,
            address == null ? null : Word.of(address.replaceFirst(",$", "")),
            port == null ? null : Services.port(port),
            Numbers.small(group(matcher, "mtu")));
      }
    }
    return null;
  }

  private static @Nullable String group(Matcher matcher, String name) {
    return matcher.pattern().pattern().contains("(?<" + name + ">") ? matcher.group(name) : null;
  }
}
