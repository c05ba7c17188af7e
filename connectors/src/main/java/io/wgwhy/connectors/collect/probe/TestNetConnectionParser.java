package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Runs;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.RouteLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PowerShell's {@code Test-NetConnection} (Microsoft Learn, NetTCPIP): which way it took, and
 * whether somebody answered.
 *
 * <pre>
 * ComputerName           : 192.168.1.50
 * RemoteAddress          : 192.168.1.50
 * InterfaceAlias         : WiFi
 * SourceAddress          : 192.168.1.137
 * PingSucceeded          : False
 * </pre>
 *
 * <p>{@code -InformationLevel Detailed} adds the gateway.
 */
public final class TestNetConnectionParser implements Parser {
  private static final Pattern PROPERTY =
      Pattern.compile("^\\s*([A-Z][A-Za-z]{2,30}(?: \\([A-Za-z]{2,10}\\))?)\\s*:(.{0,200})$");

  private static final Pattern OWN = Pattern.compile("(?m)^\\s*InterfaceAlias\\s*:");

  private static final Pattern ANSWER =
      Pattern.compile("(?m)^\\s*(?:PingSucceeded|TcpTestSucceeded)\\s*:");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("(?i)Test-NetConnection|tnc");
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find() && ANSWER.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    boolean any = false;
    for (List<String> lines : Runs.of(observation.output(), TestNetConnectionParser::begins)) {
      any |= one(observation, lines, reading);
    }
    if (!any) {
      reading.skip(0, "no address that was asked for");
    }
  }

  private static boolean begins(String line) {
    return line.stripLeading().startsWith("ComputerName");
  }

  private static boolean one(Observation observation, List<String> lines, Reading reading) {
    Map<String, String> said = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher property = PROPERTY.matcher(line);
      if (property.matches()) {
        said.putIfAbsent(property.group(1), property.group(2).strip());
      }
    }
    String target = said.getOrDefault("RemoteAddress", "");
    if (!Cidr.isAddress(target)) {
      return false;
    }
    String alias = said.getOrDefault("InterfaceAlias", "");
    if (!alias.isEmpty()) {
      reading.add(
          new RouteLookup(
              observation.host(),
              observation.atMillis(),
              target,
              "unicast",
              Word.of(alias),
              gateway(said),
              address(said.getOrDefault("SourceAddress", "")),
              null));
    }
    String ping = said.get("PingSucceeded");
    if (ping != null && ping.matches("True|False")) {
      reading.add(ping(observation, target, Answer.of(ping.equals("True"))));
    }
    return true;
  }

  /** On the link it is 0.0.0.0. */
  private static @Nullable String gateway(Map<String, String> said) {
    String via = address(said.getOrDefault("NetRoute (NextHop)", ""));
    return via == null || via.matches("0\\.0\\.0\\.0|::") ? null : via;
  }

  private static @Nullable String address(String text) {
    return Cidr.isAddress(text) ? text : null;
  }

  private static Probe ping(Observation observation, String target, Answer answered) {
    return new Probe(
        observation.host(),
        observation.atMillis(),
        Probe.Type.PING,
        target,
        null,
        false,
        null,
        null,
        answered,
        answered.yes() ? null : Probe.Problem.TIMED_OUT,
        null,
        null);
  }
}
