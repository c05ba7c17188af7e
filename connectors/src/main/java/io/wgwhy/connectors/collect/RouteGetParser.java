package io.wgwhy.connectors.collect;

import io.wgwhy.facts.Observation;
import io.wgwhy.facts.RouteLookup;
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
final class RouteGetParser implements Parser {
  private static final Pattern ENTRY =
      Pattern.compile("^\\s*(route to|gateway|interface): (\\S{1,253})\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("route") && command.has("get");
  }

  @Override
  public boolean recognises(String output) {
    return value(output, "route to") != null && value(output, "interface") != null;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String destination = value(observation.output(), "route to");
    String device = value(observation.output(), "interface");
    if (destination == null || !Cidr.isAddress(destination) || device == null) {
      reading.skip(0, "no route to an address in the output");
      return;
    }
    String gateway = value(observation.output(), "gateway");
    reading.add(
        new RouteLookup(
            observation.host(),
            observation.atMillis(),
            destination,
            "unicast",
            Word.of(device),
            gateway != null && Cidr.isAddress(gateway) ? gateway : null,
            null,
            null));
  }

  private static @Nullable String value(String output, String name) {
    for (String line : TextLines.of(output)) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches() && entry.group(1).equals(name)) {
        return entry.group(2);
      }
    }
    return null;
  }
}
