package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code show interfaces} of VyOS, EdgeOS and UniFi's USG.
 *
 * <pre>
 * Codes: S - State, L - Link, u - Up, D - Down, A - Admin Down
 * Interface        IP Address                        S/L  Description
 * ---------        ----------                        ---  -----------
 * eth0             198.51.100.2/30                   u/u  WAN
 * lo               127.0.0.1/8                       u/u
 *                  ::1/128
 * wg01             10.255.0.1/30                     A/D  to-branch
 * </pre>
 */
public final class VyattaInterfacesParser implements Parser {
  private static final Pattern HEADING =
      Pattern.compile("^\\s*Interface\\s+IP Address\\s.*\\bS/L\\b.*$");

  /** Newer ones have columns for MAC, VRF and MTU before the states. */
  private static final Pattern ROW =
      Pattern.compile("^(\\S{1,15})\\s+(\\S{1,49})\\s.*?([uAD])/([uAD])(?:\\s.*)?$");

  private static final Pattern MORE = Pattern.compile("^\\s+([0-9a-fA-F.:]{2,45}/\\d{1,3})\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("show") && command.arguments().equals(List.of("interfaces"));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream().anyMatch(it -> HEADING.matcher(it).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Link> links = new ArrayList<>();
    List<AddressOn> addresses = new ArrayList<>();
    boolean table = false;
    for (String line : TextLines.of(observation.output())) {
      Matcher row = ROW.matcher(line);
      Matcher more = MORE.matcher(line);
      if (HEADING.matcher(line).matches()) {
        table = true;
      } else if (table && row.matches()) {
        String name = Word.of(row.group(1));
        links.add(new Link(name, Answer.of(!row.group(3).equals("A")), null, null));
        address(addresses, name, row.group(2));
      } else if (table && more.matches() && !links.isEmpty()) {
        address(addresses, links.get(links.size() - 1).name(), more.group(1));
      }
    }
    if (links.isEmpty()) {
      reading.skip(0, "no interface in it");
      return;
    }
    reading.add(new Links(observation.host(), observation.atMillis(), links));
    reading.add(new Addresses(observation.host(), observation.atMillis(), addresses));
  }

  private static void address(List<AddressOn> addresses, String device, String text) {
    if (Cidr.isPrefix(text)) {
      addresses.add(new AddressOn(device, text, ""));
    }
  }
}
