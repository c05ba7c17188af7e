package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.IcmpError;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nmap -sU} (nmap(1), "UDP scans"): a closed port is one of which ICMP port unreachable came
 * back. Everything else that it says of UDP says nothing: WireGuard does not answer strangers.
 *
 * <pre>
 * Nmap scan report for vpn.example.com (203.0.113.61)
 * PORT      STATE  SERVICE
 * 51820/udp closed unknown
 * </pre>
 */
public final class NmapParser implements Parser {
  private static final Pattern HOST =
      Pattern.compile("^\\s*Nmap scan report for (?:\\S+ \\()?([0-9a-fA-F.:]{2,45})\\)?\\s*$");

  private static final Pattern PORT =
      Pattern.compile("^\\s*(\\d{1,5})/udp\\s+(closed|open|filtered|open\\|filtered)\\b.*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("nmap");
  }

  @Override
  public boolean recognises(String output) {
    return output.lines().anyMatch(it -> HOST.matcher(it).matches())
        && output.lines().anyMatch(it -> PORT.matcher(it).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String address = null;
    List<IcmpError> closed = new ArrayList<>();
    for (String line : TextLines.of(observation.output())) {
      Matcher host = HOST.matcher(line);
      Matcher port = PORT.matcher(line);
      if (host.matches()) {
        address = Cidr.isAddress(host.group(1)) ? host.group(1) : null;
      } else if (port.matches() && port.group(2).equals("closed") && address != null) {
        Integer number = Numbers.port(port.group(1));
        if (number != null) {
          // Whom it was sent to, nmap does not say.
          closed.add(
              new IcmpError(
                  Direction.IN,
                  address,
                  Word.HIDDEN,
                  IcmpProblem.PORT_UNREACHABLE,
                  address,
                  number,
                  null,
                  1,
                  null));
        }
      }
    }
    if (closed.isEmpty()) {
      reading.skip(0, "no closed UDP port: the others tell nothing");
      return;
    }
    reading.add(
        new Capture(
            observation.host(),
            observation.atMillis(),
            "?",
            Direction.IN,
            null,
            null,
            Answer.NO,
            Answer.NO,
            List.of(),
            closed));
  }
}
