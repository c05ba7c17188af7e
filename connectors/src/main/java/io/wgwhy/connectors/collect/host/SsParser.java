package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.UdpSockets;
import io.wgwhy.facts.UdpSockets.UdpSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ss -lunp} (ss(8)) and {@code netstat -lunp} (netstat(8)), with headers or without, other
 * protocols among them.
 *
 * <pre>
 * State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
 * UNCONN 0      0            0.0.0.0:51820      0.0.0.0:*
 * UNCONN 0      0                  *:53               *:*    users:(("dnsmasq",pid=611,fd=4))
 *
 * udp        0      0 0.0.0.0:51820           0.0.0.0:*                           -
 * udp6       0      0 :::51820                :::*                                611/wireguard-go
 * </pre>
 *
 * The kernel module's sockets have no process.
 */
public final class SsParser implements Parser {
  private static final Pattern SS =
      Pattern.compile(
          "\\s*(?:(udp)\\s+)?(?:UNCONN|ESTAB)\\s+\\d+\\s+\\d+\\s+(\\S+):([\\w*]+)\\s+\\S+:[\\w*]+(\\s.*)?");
  private static final Pattern NETSTAT =
      Pattern.compile(
          "\\s*udp6?\\s+\\d+\\s+\\d+\\s+(\\S+):([\\w*]+)\\s+\\S+:[\\w*]+(?:\\s+(\\S.*)?)?");

  /** {@code lsof -i UDP} (lsof(8)), which keeps nine letters of a program's name. */
  private static final Pattern LSOF =
      Pattern.compile(
          "\\s*(\\S{1,15})\\s+\\d+\\s+\\S+\\s+\\d+u\\s+IPv[46]\\s+\\S+\\s+\\S+\\s+UDP (\\S+):(\\d{1,5})(?:\\s.*)?");

  private static final Pattern USER = Pattern.compile("users:\\(\\(\"([\\w .:/-]{1,32})\"");
  private static final Pattern OWNER =
      Pattern.compile("(?:\\S+\\s+\\S+\\s+)?\\d+/([\\w.-]{1,32}).*");

  /** Headers, and the rows of other protocols. */
  private static final Pattern OTHER =
      Pattern.compile(
          "\\s*(?:State|Netid|Proto|Active|tcp|u_|nl|raw|icmp6|v_|p_|mptcp|sctp|LISTEN|udplite).*");

  @Override
  public boolean reads(CommandLine command) {
    boolean lsof =
        command.program().equals("lsof")
            && command.arguments().stream().anyMatch(word -> word.matches("-\\w*i.*|(?i)udp.*"));
    return lsof
        || ((command.program().equals("ss") || command.program().equals("netstat"))
            && command.arguments().stream().anyMatch(word -> word.matches("-[^s]*u[^s]*|--udp")));
  }

  @Override
  public boolean recognises(String output) {
    return OutputLines.of(output).stream()
        .filter(line -> line.length() < 1000)
        .anyMatch(
            line ->
                SS.matcher(line).matches()
                    || NETSTAT.matcher(line).matches()
                    || LSOF.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Set<UdpSocket> sockets = new LinkedHashSet<>();
    Integer exit = observation.exit();
    boolean whole = (exit == null || exit == 0) && !isPart(command);
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      Matcher ss = SS.matcher(line);
      Matcher netstat = NETSTAT.matcher(line);
      UdpSocket socket = null;
      Matcher lsof = LSOF.matcher(line);
      if (lsof.matches()) {
        // It shows what it was asked for, and what its user may see.
        whole = false;
        String program = lsof.group(1).equals("docker-pr") ? "docker-proxy" : lsof.group(1);
        socket = socket(lsof.group(2), lsof.group(3), Word.of(program));
      } else if (line.startsWith("COMMAND ")) {
        continue;
      } else if (line.isBlank() || line.length() >= 1000 || OTHER.matcher(line).matches()) {
        continue;
      } else if (ss.matches()) {
        socket = socket(ss.group(2), ss.group(3), first(USER, ss.group(4)));
      } else if (netstat.matches()) {
        socket = socket(netstat.group(1), netstat.group(2), owner(netstat.group(3)));
      }
      if (socket == null) {
        whole = false;
        reading.skip(number, "no socket with a port number");
      } else {
        sockets.add(socket);
      }
    }
    // That nothing is in a part says nothing.
    if (whole || !sockets.isEmpty()) {
      reading.add(
          new UdpSockets(
              observation.host(),
              observation.atMillis(),
              new ArrayList<>(sockets),
              whole ? null : Answer.NO));
    }
  }

  /** Whether it was asked for some of the sockets: {@code | grep wg}, {@code sport = :51820}. */
  private static boolean isPart(CommandLine command) {
    return command.filtered()
        || command.arguments().stream()
            .anyMatch(word -> !word.startsWith("-") && !word.matches("\\d*>.*|/dev/null"));
  }

  private static @Nullable UdpSocket socket(
      String address, String digits, @Nullable String process) {
    Integer port = Numbers.port(digits);
    String bare = address.replaceAll("%[^\\]]*|[\\[\\]]", "");
    boolean any = bare.equals("*") || bare.equals("0.0.0.0") || bare.equals("::");
    return port == null || !(any || Cidr.isAddress(bare))
        ? null
        : new UdpSocket(any ? "*" : bare, port, process);
  }

  private static @Nullable String first(Pattern pattern, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static @Nullable String owner(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = OWNER.matcher(text.strip());
    return matcher.matches() ? matcher.group(1) : null;
  }
}
