package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Runs;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.RouteLookup;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code route -n get ADDRESS} (route(8) of macOS and the BSDs).
 *
 * <pre>
 *    route to: 203.0.113.55
 * destination: 128.0.0.0
 *        mask: 128.0.0.0
 *   interface: utun5
 *       flags: &lt;UP,DONE,STATIC&gt;
 * </pre>
 */
public final class RouteGetParser implements Parser {
  private static final Pattern ENTRY =
      Pattern.compile("^\\s*(route to|gateway|interface|flags): (\\S{1,253})\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("route") && command.has("get");
  }

  @Override
  public boolean recognises(String output) {
    List<String> lines = TextLines.of(output);
    return value(lines, "route to") != null && value(lines, "interface") != null;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    for (List<String> lines : Runs.of(observation.output(), RouteGetParser::begins)) {
      one(observation, lines, reading);
    }
  }

  private static boolean begins(String line) {
    return line.strip().startsWith("route to: ");
  }

  private static void one(Observation observation, List<String> lines, Reading reading) {
    String destination = value(lines, "route to");
    String device = value(lines, "interface");
    if (destination == null || !Cidr.isAddress(destination) || device == null) {
      reading.skip(0, "no route to an address in the output");
      return;
    }
    String gateway = value(lines, "gateway");
    String type = type(Objects.requireNonNullElse(value(lines, "flags"), ""));
    boolean leads = type.equals("unicast") || type.equals("local");
    reading.add(
        new RouteLookup(
            observation.host(),
            observation.atMillis(),
            destination,
            type,
            leads ? Word.of(device) : null,
            leads && gateway != null && Cidr.isAddress(gateway) ? gateway : null,
            null,
            null));
  }

  /** A route that refuses has a device, too: mostly lo0. */
  private static String type(String flags) {
    List<String> all = List.of(flags.split("[<,>]"));
    String type = type(all.contains("REJECT"), all.contains("BLACKHOLE"));
    return type.equals("unicast") && all.contains("LOCAL") ? "local" : type;
  }

  /** What ip(8) calls a route that refuses what it is for. */
  static String type(boolean rejects, boolean swallows) {
    return rejects ? "unreachable" : swallows ? "blackhole" : "unicast";
  }

  private static @Nullable String value(List<String> lines, String name) {
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches() && entry.group(1).equals(name)) {
        return entry.group(2);
      }
    }
    return null;
  }
}
