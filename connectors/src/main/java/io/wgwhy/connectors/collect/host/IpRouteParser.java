package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Routes.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip route} (ip-route(8)), JSON and text, one table or all.
 *
 * <pre>{@code
 * default dev wg0 table 51820 scope link
 * default via 192.168.50.1 dev eth0
 * 10.66.66.0/24 dev wg0 proto kernel scope link src 10.66.66.2
 * local 10.66.66.2 dev wg0 table local proto kernel scope host src 10.66.66.2
 * }</pre>
 *
 * <p>Where one table is asked for, ip leaves its name out; it is then taken from the command.
 */
public final class IpRouteParser implements Parser {
  @Override
  public boolean reads(CommandLine command) {
    IpCommand ip = IpCommand.of(command);
    return ip.shows("route") && !ip.words().contains("get");
  }

  @Override
  public boolean recognises(String output) {
    if (JsonElements.looksLike(output)) {
      return output.contains("\"dst\":")
          && output.contains("\"flags\":")
          && !output.contains("\"cache\":")
          && !output.contains("\"uid\":");
    }
    List<String> lines = TextLines.of(output).stream().filter(line -> !line.isBlank()).toList();
    return !lines.isEmpty()
        && lines.stream().noneMatch(IpRouteGetParser::isLookup)
        && lines.stream().anyMatch(IpRouteParser::isRoute)
        && lines.stream()
            .allMatch(
                line ->
                    (RouteLine.tryParse(line) != null && !IpNeighParser.isNeighbour(line))
                        || line.strip().startsWith("nexthop "));
  }

  private static boolean isRoute(String line) {
    RouteLine route = RouteLine.tryParse(line);
    return route != null
        && (route.value("dev") != null || !route.type().equals("unicast"))
        && route.value("lladdr") == null
        && !line.contains(" lladdr ")
        && !IpNeighParser.isNeighbour(line);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    IpCommand ip = IpCommand.of(command);
    String asked = ip.after("table");
    String table = asked.isEmpty() || asked.equals("all") ? "main" : Word.of(asked);
    String output = observation.output();
    List<Route> routes = new ArrayList<>();
    boolean json = JsonElements.looksLike(output);
    if (json) {
      for (JsonNode element : JsonElements.read(output, reading)) {
        fromJson(element, table, ip.ipv6(), routes);
      }
    } else {
      fromText(output, table, ip.ipv6(), routes, reading);
    }
    boolean empty = output.isBlank() && !ip.object().isEmpty() && succeeded(observation);
    if (json || empty || !routes.isEmpty()) {
      reading.add(new Routes(observation.host(), observation.atMillis(), routes));
    }
  }

  private static boolean succeeded(Observation observation) {
    Integer exit = observation.exit();
    return exit != null && exit == 0;
  }

  private static void fromJson(JsonNode element, String table, boolean ipv6, List<Route> routes) {
    String destination = JsonElements.word(element, "dst");
    if (destination == null || !(destination.equals("default") || Cidr.isPrefix(destination))) {
      return;
    }
    String gateway = gateway(element);
    String source = JsonElements.word(element, "prefsrc");
    // Default routes of both families look alike; only IPv6's carry a preference (RFC 4191).
    boolean six = ipv6 || element.has("pref") || isIpv6(gateway) || isIpv6(source);
    Route route =
        new Route(
            RouteLine.cidr(destination, six),
            or(JsonElements.word(element, "type"), "unicast"),
            or(JsonElements.word(element, "table"), table),
            gateway,
            JsonElements.word(element, "dev"),
            source,
            orZero(JsonElements.number(element, "metric")));
    if (!element.has("nexthops")) {
      routes.add(route);
    }
    for (JsonNode hop : element.path("nexthops")) {
      routes.add(over(route, gateway(hop), JsonElements.word(hop, "dev")));
    }
  }

  private static @Nullable String gateway(JsonNode element) {
    String gateway = JsonElements.word(element, "gateway");
    return gateway != null ? gateway : JsonElements.word(element.path("via"), "host");
  }

  private static void fromText(
      String output, String table, boolean ipv6, List<Route> routes, Reading reading) {
    Route last = null;
    boolean firstHop = false;
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      String text = line.strip();
      if (last != null && text.startsWith("nexthop ")) {
        Map<String, String> hop = RouteLine.pairs(Arrays.asList(text.split("\\s+")));
        if (firstHop) {
          routes.remove(routes.size() - 1);
        }
        firstHop = false;
        routes.add(over(last, hop.get("via"), hop.get("dev")));
        continue;
      }
      RouteLine route = text.isEmpty() ? null : RouteLine.tryParse(text);
      if (route == null) {
        if (!text.isEmpty()) {
          reading.skip(number, "a route expected");
        }
        continue;
      }
      last = route(route, table, ipv6);
      firstHop = true;
      routes.add(last);
    }
  }

  private static Route route(RouteLine line, String table, boolean ipv6) {
    String via = line.value("via");
    String source = line.value("src");
    boolean six = ipv6 || line.value("pref") != null || isIpv6(via) || isIpv6(source);
    return new Route(
        RouteLine.cidr(line.destination(), six),
        line.type(),
        or(line.value("table"), table),
        via,
        line.value("dev"),
        source,
        orZero(Numbers.whole(line.value("metric"))));
  }

  private static Route over(Route route, @Nullable String via, @Nullable String device) {
    return new Route(
        route.destination(),
        route.type(),
        route.table(),
        via,
        device,
        route.source(),
        route.metric());
  }

  private static boolean isIpv6(@Nullable String address) {
    return address != null && address.contains(":");
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
