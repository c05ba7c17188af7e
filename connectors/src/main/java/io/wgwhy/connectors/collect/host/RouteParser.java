package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Routes.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
 *
 * <p>The BSDs' and macOS's {@code netstat -rn}, and {@code route print} of Windows, which tells
 * devices by their addresses, bind sockets of full tunnels to a device: their default routes do not
 * say where WireGuard's own packets go, and are left out.
 */
public final class RouteParser implements Parser {
  private static final Pattern HEADING =
      Pattern.compile("^Destination\\s+Gateway\\s+Genmask\\s+Flags\\s.*Iface\\s*$");

  private static final Pattern BSD_HEADING =
      Pattern.compile("^Destination\\s+Gateway\\s+Flags\\s+(?:\\w+\\s+){0,3}Netif\\b.*");
  private static final Pattern BSD =
      Pattern.compile(
          "^(\\d{1,3}(?:\\.\\d{1,3}){0,3})(?:/(\\d{1,2}))?\\s+(\\S+)\\s+([A-Za-z\\d]+)\\s+(?:\\d+\\s+){0,3}([a-z]{2,12}\\d{1,5})(?:\\s+\\S+)?$");
  private static final Pattern WINDOWS =
      Pattern.compile(
          "^([\\d.]{7,15})\\s+([\\d.]{7,15})\\s+(\\S.{0,30}?)\\s+([\\d.]{7,15})\\s+(\\d{1,5})$");

  /** {@code Get-NetRoute}, with the names of the devices where they were asked for. */
  private static final Pattern POWERSHELL_HEADING =
      Pattern.compile("^ifIndex\\s+DestinationPrefix\\s+NextHop\\s+.*$");

  private static final Pattern POWERSHELL =
      Pattern.compile(
          "^(\\d{1,5})\\s+([\\d.]{7,15}/\\d{1,2})\\s+([\\d.]{7,15})\\s+\\d{1,9}(?:\\s+(?:\\d{1,9}\\s+(?:Active|Persistent)\\w*|(\\S.*)))?$");

  /** Shorter ones are halves of the default route, longer ones hosts and broadcasts. */
  private static final int SHORTEST = 8;

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("Get-NetRoute")
        || (command.program().matches("route|route\\.exe|ROUTE")
            && !command.has("add")
            && !command.has("get")
            && !command.has("del"))
        || (command.program().equals("netstat")
            && command.arguments().stream().anyMatch(option -> option.matches("-\\w*r\\w*")));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .map(String::strip)
        .anyMatch(
            line ->
                HEADING.matcher(line).matches()
                    || BSD_HEADING.matcher(line).matches()
                    || POWERSHELL_HEADING.matcher(line).matches()
                    || (line.startsWith("127.0.0.0 ") && WINDOWS.matcher(line).matches()));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Route> others = others(observation.output());
    if (!others.isEmpty()) {
      reading.add(new Routes(observation.host(), observation.atMillis(), others));
      return;
    }
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
              destination + "/" + Cidr.prefixLength(columns[2], false),
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

  /** The networks of a table of the BSDs or of Windows; none when it is neither. */
  private static List<Route> others(String output) {
    List<Route> routes = new ArrayList<>();
    List<Matcher> windows = new ArrayList<>();
    boolean bsd = false;
    for (String line : TextLines.of(output)) {
      String text = line.strip();
      Matcher row = WINDOWS.matcher(text);
      Matcher bsdRow = BSD.matcher(text);
      bsd |= BSD_HEADING.matcher(text).matches();
      if (bsd && bsdRow.matches()) {
        String destination = bsdPrefix(bsdRow.group(1), bsdRow.group(2));
        String via = gateway(bsdRow.group(3));
        boolean own = via != null && isInside(via, destination);
        String flags = bsdRow.group(4);
        String type = RouteGetParser.type(flags.contains("R"), flags.contains("B"));
        add(routes, destination, type, own ? null : via, bsdRow.group(5));
      } else if (!powershell(text, routes)
          && row.matches()
          && Cidr.isAddress(row.group(1))
          && Cidr.isAddress(row.group(4))) {
        windows.add(row);
      }
    }
    Set<String> tunnels = new HashSet<>();
    for (Matcher row : windows) {
      if (isNetwork(prefix(row)) && via(row) == null && !isInside(row.group(4), prefix(row))) {
        tunnels.add(row.group(4));
      }
    }
    for (Matcher row : windows) {
      String device = row.group(4);
      add(
          routes,
          prefix(row),
          "unicast",
          via(row),
          tunnels.contains(device) ? "tun-" + device : device);
    }
    return routes;
  }

  /** Whether it is a row of {@code Get-NetRoute}; a link-local next hop of zeros is none. */
  private static boolean powershell(String text, List<Route> routes) {
    Matcher row = POWERSHELL.matcher(text);
    if (!row.matches()) {
      return false;
    }
    boolean direct = row.group(3).equals("0.0.0.0");
    String alias = row.group(4);
    String device = "if" + row.group(1);
    boolean usual =
        alias != null && alias.matches("(?i)(?:wi-?fi|wlan|ethernet|lan|local area|vethernet).*");
    // A tunnel has the name that its owner gave it: the others are Windows' own.
    String named = alias == null || usual ? device : "tun-" + device;
    add(routes, row.group(2), "unicast", direct ? null : gateway(row.group(3)), named);
    return true;
  }

  private static void add(
      List<Route> to, String prefix, String type, @Nullable String via, String device) {
    if (isNetwork(prefix)) {
      boolean leads = type.equals("unicast");
      String by = leads ? Word.of(device) : null;
      to.add(new Route(prefix, type, "main", leads ? via : null, by, null, 0));
    }
  }

  private static String prefix(Matcher row) {
    return row.group(1) + "/" + Cidr.prefixLength(row.group(2), false);
  }

  private static @Nullable String via(Matcher row) {
    return gateway(row.group(3));
  }

  /** "link#6" and "On-link", in any language, are no gateways. */
  private static @Nullable String gateway(String text) {
    return text.matches("[\\d.]{7,15}") && Cidr.isAddress(text) ? text : null;
  }

  /** {@code 192.168.1} is 192.168.1.0/24. */
  private static String bsdPrefix(String digits, @Nullable String length) {
    int octets = digits.split("\\.").length;
    return digits + ".0".repeat(4 - octets) + "/" + (length == null ? "" + 8 * octets : length);
  }

  private static boolean isNetwork(String prefix) {
    int length = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
    boolean special = prefix.matches("(?:127|0|22[4-9]|23\\d|24\\d|25\\d|169\\.254)\\..*");
    return Cidr.isPrefix(prefix) && !special && length >= SHORTEST && length < 32;
  }

  private static boolean isInside(String address, String prefix) {
    int slash = prefix.indexOf('/');
    int shift = 32 - Integer.parseInt(prefix.substring(slash + 1));
    return shift > 31 || number(address) >>> shift == number(prefix.substring(0, slash)) >>> shift;
  }

  private static long number(String address) {
    long number = 0;
    for (String octet : address.split("\\.")) {
      number = number * 256 + Long.parseLong(octet);
    }
    return number;
  }
}
