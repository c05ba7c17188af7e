package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code cat /proc/net/snmp /proc/net/netstat} (proc(5); the kernel's snmp_counter.rst): the same
 * counters as {@code nstat -az}, on every Linux, without a tool. A line of names is followed by one
 * of values.
 *
 * <pre>
 * Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
 * Udp: 2 0 0 31 0 0 0
 * TcpExt: SyncookiesSent IPReversePathFilter
 * TcpExt: 0 4
 * </pre>
 */
public final class ProcNetParser implements Parser {
  private static final Pattern PROTOCOL = Pattern.compile("[A-Z][A-Za-z0-9]{1,11}:");
  private static final Pattern NAME = Pattern.compile("[A-Z]\\w{1,40}");

  private static final Pattern OWN =
      Pattern.compile("(?m)^(Ip|Udp|TcpExt|IpExt): [A-Z]\\w{1,40} [A-Z].{0,6000}\\r?\\n\\1: -?\\d");

  @Override
  public boolean reads(CommandLine command) {
    return List.of("cat", "grep").contains(command.program())
        && command.arguments().stream()
            .anyMatch(file -> file.matches("/proc/(?:self/)?net/(?:snmp|netstat)"));
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Map<String, Long> counters = new HashMap<>();
    String[] names = {};
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      String[] words = line.strip().split(" +");
      if (line.isBlank() || line.startsWith("cat: ")) {
        continue;
      }
      if (words.length > 1 && isNames(words)) {
        names = words;
      } else if (words.length == names.length && words[0].equals(names[0])) {
        for (int i = 1; i < words.length; i++) {
          Long value = Numbers.count(words[i]);
          if (value != null) {
            counters.putIfAbsent(words[0].replace(":", "") + names[i], value);
          }
        }
        names = new String[0];
      } else {
        reading.skip(number, "values of the names above expected");
      }
    }
    KernelCounters.add(counters, observation, reading);
  }

  private static boolean isNames(String[] words) {
    return PROTOCOL.matcher(words[0]).matches() && NAME.matcher(words[1]).matches();
  }
}
