package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.Observation;
import java.util.List;
import java.util.Locale;

/**
 * What RouterOS answers when it is asked for a name; it stops with an error when there is none.
 *
 * <pre>
 * [admin@MikroTik] &gt; :put [:resolve vpn.example.org]
 * 203.0.113.10
 * </pre>
 */
public final class RouterOsResolveParser implements Parser {
  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches(":?put") && !name(command).isEmpty();
  }

  /** An address by itself may be anything. */
  @Override
  public boolean recognises(String output) {
    return false;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<String> addresses =
        TextLines.of(observation.output()).stream()
            .map(String::strip)
            .filter(Cidr::isAddress)
            .toList();
    if (addresses.isEmpty()) {
      reading.skip(0, "no address of a name");
    } else {
      reading.add(
          new NameLookup(observation.host(), observation.atMillis(), name(command), addresses));
    }
  }

  /** The name that is asked for; empty when the command asks for none. */
  private static String name(CommandLine command) {
    List<String> words = command.arguments();
    for (int i = 0; i + 1 < words.size(); i++) {
      String name = words.get(i + 1).replaceAll("[\\]\"]", "");
      if (words.get(i).matches("\\[:?resolve")
          && name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,252}")) {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }
}
