package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Neighbours;
import io.wgwhy.facts.Neighbours.Neighbour;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ip neighbour} (ip-neighbour(8)), JSON and text.
 *
 * <pre>{@code
 * 192.168.50.77 dev eth0 FAILED
 * 192.168.50.1 dev eth0 lladdr f2:cc:a8:f7:2f:30 STALE
 * }</pre>
 */
public final class IpNeighParser implements Parser {
  private static final Pattern LINE =
      Pattern.compile(
          "^\\s*([0-9a-fA-F:.]+) dev (\\S+)(?: lladdr \\S+)?(?:\\s+[a-z]\\S*+){0,8}\\s+"
              + "(PERMANENT|NOARP|REACHABLE|STALE|NONE|INCOMPLETE|DELAY|PROBE|FAILED)\\s*$");

  static boolean isNeighbour(String line) {
    return LINE.matcher(line).matches();
  }

  @Override
  public boolean reads(CommandLine command) {
    return IpCommand.of(command).shows("neighbour");
  }

  @Override
  public boolean recognises(String output) {
    return JsonElements.looksLike(output)
        ? output.contains("\"dst\":") && output.contains("\"state\":")
        : TextLines.of(output).stream().anyMatch(IpNeighParser::isNeighbour);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    List<Neighbour> neighbours = new ArrayList<>();
    int unread = 0;
    if (JsonElements.looksLike(output)) {
      for (JsonNode element : JsonElements.read(output, reading)) {
        String address = JsonElements.word(element, "dst");
        String device = JsonElements.word(element, "dev");
        String state = JsonElements.word(element.path("state"), 0);
        if (address != null && device != null) {
          neighbours.add(new Neighbour(address, device, state == null ? "NONE" : state));
        }
      }
    } else {
      int number = 0;
      for (String line : TextLines.of(output)) {
        number++;
        Matcher neighbour = LINE.matcher(line);
        if (neighbour.matches()) {
          neighbours.add(
              new Neighbour(neighbour.group(1), Word.of(neighbour.group(2)), neighbour.group(3)));
        } else if (!line.isBlank()) {
          unread++;
          reading.skip(number, "a neighbour with its state expected");
        }
      }
    }
    Integer exit = observation.exit();
    boolean empty = neighbours.isEmpty() && unread == 0 && (exit == null || exit == 0);
    if (!neighbours.isEmpty() || empty) {
      reading.add(new Neighbours(observation.host(), observation.atMillis(), neighbours));
    }
  }
}
