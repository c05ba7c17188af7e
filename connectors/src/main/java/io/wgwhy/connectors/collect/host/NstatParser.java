package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nstat -az} (nstat(8)) and {@code netstat -su} (netstat(8)).
 *
 * <pre>
 * #kernel
 * IpForwDatagrams                 12                 0.0
 * UdpInDatagrams                  2                  0.0
 * TcpExtIPReversePathFilter       0                  0.0
 *
 * Udp:
 *     2 packets received
 *     0 packets to unknown port received
 *     0 packet receive errors
 * </pre>
 *
 * Without {@code -a} nstat shows what was added since somebody last called it: no counters.
 */
public final class NstatParser implements Parser {
  private static final Pattern ROW =
      Pattern.compile(
          "\\s*((?:Ip|Ip6|Icmp|Icmp6|Udp|Udp6|Tcp|TcpExt|IpExt|UdpLite|MPTcpExt)[A-Z]\\w{2,40})\\s+(\\d{1,19})(?:\\s+[\\d.]+)?\\s*");

  /** netstat's words for them (net-tools, statistics.c). */
  private static final Map<String, String> WORDS =
      Map.of(
          "packets received", "UdpInDatagrams",
          "packets to unknown port received", "UdpNoPorts",
          "packet receive errors", "UdpInErrors",
          "forwarded", "IpForwDatagrams");

  private static final Pattern WORDED = Pattern.compile("\\s+(\\d{1,19}) ([a-z ]{5,60}?)\\.?\\s*");
  private static final Pattern EXTENDED =
      Pattern.compile("\\s+IPReversePathFilter: (\\d{1,19})\\s*");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "nstat" -> command.arguments().stream().noneMatch(word -> word.startsWith("-j"));
      case "netstat" ->
          command.arguments().stream().anyMatch(word -> word.matches("-s|-su|-us|-s4"));
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return output.contains(" packets to unknown port received")
        || OutputLines.of(output).stream().anyMatch(line -> ROW.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    if (command.program().equals("nstat")
        && command.arguments().stream().noneMatch(word -> word.matches("-\\w*a\\w*"))) {
      reading.skip(0, "nstat without -a shows differences");
      return;
    }
    Map<String, Long> counters = new HashMap<>();
    boolean udp = false;
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      udp = line.matches("[A-Z]\\w{1,12}:\\s*") ? line.startsWith("Udp:") : udp;
      Matcher row = ROW.matcher(line);
      Matcher worded = WORDED.matcher(line);
      Matcher extended = EXTENDED.matcher(line);
      if (row.matches()) {
        put(counters, row.group(1), row.group(2));
      } else if (extended.matches()) {
        put(counters, "TcpExtIPReversePathFilter", extended.group(1));
      } else if (worded.matches()) {
        String name = WORDS.getOrDefault(worded.group(2), "");
        // "packets received" of other protocols reads the same.
        if (!name.isEmpty() && (udp || name.startsWith("Ip"))) {
          put(counters, name, worded.group(1));
        }
      } else if (line.matches("[A-Z]\\w{5,40}\\s+.*")) {
        reading.skip(number, "a counter without a number");
      }
    }
    KernelCounters.add(counters, observation, reading);
  }

  private static void put(Map<String, Long> counters, String name, String digits) {
    Long value = Numbers.count(digits);
    if (value != null) {
      counters.putIfAbsent(name, value);
    }
  }
}
