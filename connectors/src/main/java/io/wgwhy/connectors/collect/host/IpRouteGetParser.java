package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.RouteLookup;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip route get ADDRESS} (ip-route(8)), JSON and text.
 *
 * <pre>{@code
 * 203.0.113.10 dev wg0 table 51820 src 10.66.66.2 uid 0
 *     cache
 * }</pre>
 *
 * <p>No route is an answer too: {@code RTNETLINK answers: Network is unreachable}, without the "is"
 * by the C library of OpenWrt and Alpine, and behind {@code ip: } by BusyBox. A lookup with a mark,
 * a source or an incoming interface asks something else than {@link RouteLookup} says and is left
 * out.
 */
public final class IpRouteGetParser implements Parser {
  private static final Pattern NO_ROUTE =
      Pattern.compile(
          "^(?:ip: )?RTNETLINK answers: (?:Network (?:is )?unreachable|Host is unreachable"
              + "|No route to host)");
  private static final Pattern FORBIDDEN =
      Pattern.compile("^(?:ip: )?RTNETLINK answers: Permission denied");

  /** What the kernel says of a blackhole route. */
  private static final Pattern INVALID =
      Pattern.compile("^(?:ip: )?RTNETLINK answers: Invalid argument");

  /**
   * A route is printed with the user it was looked up for, or followed by its cache flags; of IPv6
   * with the source that was not given.
   */
  private static final Pattern LOOKUP =
      Pattern.compile("^\\S.*\\buid \\d+\\s*$|^\\s+cache\\b.*$|^\\S+ from :: .*\\bdev \\S+.*$");

  /** iproute2 prints {@code from ::} with every IPv6 route: no source was given. */
  private static boolean givenSource(@Nullable String from) {
    return from != null && !from.equals("::") && !from.equals("::/0");
  }

  static boolean isLookup(String line) {
    return LOOKUP.matcher(line).matches();
  }

  @Override
  public boolean reads(CommandLine command) {
    IpCommand ip = IpCommand.of(command);
    return ip.object().equals("route") && !ip.words().isEmpty() && ip.words().get(0).equals("get");
  }

  @Override
  public boolean recognises(String output) {
    if (JsonElements.looksLike(output)) {
      return output.contains("\"dst\":")
          && (output.contains("\"cache\":") || output.contains("\"uid\":"));
    }
    return TextLines.of(output).stream().anyMatch(IpRouteGetParser::isLookup)
        && TextLines.of(output).stream().anyMatch(line -> RouteLine.tryParse(line) != null);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    IpCommand ip = IpCommand.of(command);
    if (ip.words().contains("mark") || ip.words().contains("from") || ip.words().contains("iif")) {
      reading.skip(0, "a lookup with a mark, source or interface is not read");
      return;
    }
    String output = observation.output();
    if (JsonElements.looksLike(output)) {
      JsonElements.read(output, reading)
          .forEach(element -> fromJson(observation, element, reading));
      return;
    }
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      if (NO_ROUTE.matcher(line).find()) {
        none(observation, ip, "unreachable", reading);
        return;
      }
      if (INVALID.matcher(line).find()) {
        none(observation, ip, "blackhole", reading);
        return;
      }
      if (FORBIDDEN.matcher(line).find()) {
        none(observation, ip, "prohibit", reading);
        return;
      }
      RouteLine route =
          line.isBlank() || line.contains(" lladdr ") ? null : RouteLine.tryParse(line);
      if (route == null) {
        continue;
      }
      if (route.value("mark") != null
          || route.value("iif") != null
          || givenSource(route.value("from"))) {
        reading.skip(number, "a lookup with a mark, source or interface is not read");
        return;
      }
      reading.add(
          new RouteLookup(
              observation.host(),
              observation.atMillis(),
              Word.of(route.destination()),
              route.type(),
              route.value("dev"),
              route.value("via"),
              route.value("src"),
              route.value("table")));
      // One command, one lookup; a second command on the same line may print neighbours.
      return;
    }
    reading.skip(0, "no route in the output");
  }

  private static void fromJson(Observation observation, JsonNode element, Reading reading) {
    String destination = JsonElements.word(element, "dst");
    if (destination == null || element.has("mark") || element.has("from") || element.has("iif")) {
      return;
    }
    String type = JsonElements.word(element, "type");
    String gateway = JsonElements.word(element, "gateway");
    reading.add(
        new RouteLookup(
            observation.host(),
            observation.atMillis(),
            destination,
            type == null ? "unicast" : type,
            JsonElements.word(element, "dev"),
            gateway != null ? gateway : JsonElements.word(element.path("via"), "host"),
            JsonElements.word(element, "prefsrc"),
            JsonElements.word(element, "table")));
  }

  /** The output names no destination then: it is taken from the command. */
  private static void none(Observation observation, IpCommand ip, String type, Reading reading) {
    String asked =
        ip.words().size() > 1 ? ip.words().get(ip.words().get(1).equals("to") ? 2 : 1) : "";
    Matcher address = Pattern.compile("^([0-9a-fA-F:.]+)(?:/\\d+)?$").matcher(asked);
    if (!address.matches()) {
      reading.skip(0, "no route, and the command does not say to where");
      return;
    }
    reading.add(
        new RouteLookup(
            observation.host(),
            observation.atMillis(),
            address.group(1),
            type,
            null,
            null,
            null,
            null));
  }
}
