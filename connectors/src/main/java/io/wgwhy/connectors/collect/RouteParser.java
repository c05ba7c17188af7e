package io.wgwhy.connectors.collect;

import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Routes.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code route -n} (net-tools route(8)) and {@code netstat -rn} (netstat(8)), IPv4.
 *
 * <pre>{@code
 * Kernel IP routing table
 * Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
 * 0.0.0.0         192.168.50.1    0.0.0.0         UG    100    0        0 eth0
 * 10.66.66.0      0.0.0.0         255.255.255.0   U     0      0        0 wg0
 * }</pre>
 *
 * <p>Only the main table is shown, and only a part of what is asked with names instead of numbers.
 */
final class RouteParser implements Parser {
  private static final Pattern HEADING =
      Pattern.compile("^Destination\\s+Gateway\\s+Genmask\\s+Flags\\s.*Iface\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("route") && !command.has("add") && !command.has("del"))
        || (command.program().equals("netstat")
            && command.arguments().stream().anyMatch(option -> option.matches("-\\w*r\\w*")));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream().anyMatch(line -> HEADING.matcher(line.strip()).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Route> routes = new ArrayList<>();
    boolean metricShown = false;
    boolean seen = false;
    int number = 0;
    for (String line : TextLines.of(observation.output())) {
      number++;
      String text = line.strip();
      if (HEADING.matcher(text).matches()) {
        metricShown = text.contains("Metric");
        seen = true;
        continue;
      }
      if (!seen || text.isEmpty()) {
        continue;
      }
      String[] columns = text.split("\\s+");
      if (columns.length != 8) {
        reading.skip(number, "eight columns expected");
        continue;
      }
      String destination = columns[0].equals("default") ? "0.0.0.0" : columns[0];
      if (!Cidr.isAddress(destination) || !Cidr.isAddress(columns[2])) {
        reading.skip(number, "an address and a mask expected");
        continue;
      }
      Long metric = metricShown ? Numbers.whole(columns[4]) : null;
      boolean direct = columns[1].equals("0.0.0.0") || columns[1].equals("*");
      boolean rejected = columns[3].contains("!");
      routes.add(
          new Route(
              destination + "/" + IfconfigParser.prefixLength(columns[2], false),
              rejected ? "unreachable" : columns[7].equals("*") ? "blackhole" : "unicast",
              "main",
              direct || rejected ? null : Word.of(columns[1]),
              rejected || columns[7].equals("*") ? null : Word.of(columns[7]),
              null,
              metric == null ? 0 : metric));
    }
    if (seen) {
      reading.add(new Routes(observation.host(), observation.atMillis(), routes));
    }
  }
}
