package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Counters;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip link}, with {@code -s} or {@code -s -s} for counters (ip-link(8)): JSON, text and
 * {@code -brief}.
 *
 * <pre>{@code
 * 3: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN mode DEFAULT group default
 *     link/none
 *     RX:  bytes packets errors dropped  missed   mcast
 *            180       2      0       0       0       0
 *     RX errors:  length    crc   frame    fifo overrun
 *                      0      0       3       0       0
 *     TX:  bytes packets errors dropped carrier collsns
 *           2960      20      7       0       0       0
 * }</pre>
 */
public final class IpLinkParser implements Parser {
  private static final Pattern COLUMNS =
      Pattern.compile("^\\s*(RX|TX)(?: errors)?:\\s+([a-z_ \\t]+?)\\s*$");
  private static final Pattern VALUES = Pattern.compile("^[\\d\\s]+$");
  private static final Pattern BRIEF =
      Pattern.compile(
          "^(\\S+)\\s+(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING)\\s+(?:[0-9a-f:]+\\s+)?<([^>]*)>\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return IpCommand.of(command).shows("link");
  }

  @Override
  public boolean recognises(String output) {
    if (JsonElements.looksLike(output)) {
      return output.contains("\"ifname\"")
          && output.contains("\"flags\"")
          && !output.contains("\"addr_info\"");
    }
    return TextLines.of(output).stream()
            .anyMatch(line -> LinkHeader.tryParse(line) != null || BRIEF.matcher(line).matches())
        && TextLines.of(output).stream().noneMatch(line -> line.matches("^\\s*inet6? .*"));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    boolean json = JsonElements.looksLike(output);
    List<Link> links =
        json ? fromJson(JsonElements.read(output, reading)) : fromText(output, reading);
    if (json || !links.isEmpty()) {
      reading.add(new Links(observation.host(), observation.atMillis(), links));
    }
  }

  private static List<Link> fromJson(List<JsonNode> elements) {
    List<Link> links = new ArrayList<>();
    for (JsonNode element : elements) {
      String name = JsonElements.word(element, "ifname");
      if (name == null) {
        continue; // ip prints {} for what a filter left out
      }
      List<String> flags = new ArrayList<>();
      element.path("flags").forEach(flag -> flags.add(flag.asText()));
      Long mtu = JsonElements.number(element, "mtu");
      JsonNode stats = element.has("stats64") ? element.path("stats64") : element.path("stats");
      links.add(
          new Link(
              name,
              element.has("flags") ? Answer.of(flags.contains("UP")) : Answer.UNKNOWN,
              mtu == null ? null : Integer.valueOf(mtu.intValue()),
              stats.isObject() ? counters(stats.path("rx"), stats.path("tx")) : null));
    }
    return links;
  }

  private static Counters counters(JsonNode rx, JsonNode tx) {
    return new Counters(
        JsonElements.number(rx, "packets"),
        JsonElements.number(rx, "errors"),
        JsonElements.number(rx, "dropped"),
        JsonElements.number(rx, "frame_errors"),
        JsonElements.number(tx, "packets"),
        JsonElements.number(tx, "errors"),
        JsonElements.number(tx, "dropped"));
  }

  private static List<Link> fromText(String output, Reading reading) {
    List<Link> links = new ArrayList<>();
    LinkHeader header = null;
    Map<String, Long> counted = new HashMap<>();
    String[] columns = {};
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      LinkHeader next = LinkHeader.tryParse(line);
      Matcher brief = BRIEF.matcher(line);
      Matcher heading = COLUMNS.matcher(line);
      if (next != null) {
        finish(header, counted, links);
        header = next;
        counted.clear();
        columns = new String[0];
      } else if (brief.matches()) {
        String name = Word.of(brief.group(1).replaceFirst("@.*", ""));
        links.add(new Link(name, LinkHeader.upIn(brief.group(2)), null, null));
      } else if (heading.matches()) {
        columns = named(heading.group(1), heading.group(2));
      } else if (columns.length > 0 && VALUES.matcher(line).matches()) {
        String[] values = line.strip().split("\\s+");
        if (values.length != columns.length) {
          reading.skip(number, "as many counters as columns expected");
        }
        for (int i = 0; i < values.length && values.length == columns.length; i++) {
          Long value = Numbers.whole(values[i]);
          if (value != null) {
            counted.put(columns[i], value);
          }
        }
        columns = new String[0];
      }
    }
    finish(header, counted, links);
    return links;
  }

  /** The columns' names with their direction before them: {@code rx packets}. */
  private static String[] named(String direction, String columns) {
    String[] names = columns.strip().split("\\s+");
    for (int i = 0; i < names.length; i++) {
      names[i] = direction.toLowerCase(Locale.ROOT) + " " + names[i];
    }
    return names;
  }

  private static void finish(
      @Nullable LinkHeader header, Map<String, Long> counted, List<Link> links) {
    if (header == null) {
      return;
    }
    Counters counters =
        new Counters(
            counted.get("rx packets"),
            counted.get("rx errors"),
            counted.get("rx dropped"),
            counted.get("rx frame"),
            counted.get("tx packets"),
            counted.get("tx errors"),
            counted.get("tx dropped"));
    links.add(header.with(counted.isEmpty() ? null : counters));
  }
}
