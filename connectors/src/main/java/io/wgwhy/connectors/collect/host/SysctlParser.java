package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Sysctls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code sysctl net.ipv4 net.ipv6} (sysctl(8)), and the files below {@code /proc/sys} by cat or
 * grep.
 *
 * <pre>
 * net.ipv4.conf.eth0.rp_filter = 2
 * net.ipv4.ip_forward = 1
 * net.netfilter.nf_conntrack_udp_timeout = 30
 * </pre>
 */
public final class SysctlParser implements Parser {
  /** The names that {@link Sysctls} is about; the others are not told. */
  private static final Pattern WANTED =
      Pattern.compile(
          "net\\.ipv4\\.(?:ip_forward|ip_no_pmtu_disc|tcp_mtu_probing)"
              + "|net\\.ipv4\\.conf\\.[A-Za-z0-9_=+.@-]{1,20}\\.(?:forwarding|rp_filter|src_valid_mark)"
              + "|net\\.ipv6\\.conf\\.[A-Za-z0-9_=+.@-]{1,20}\\.(?:forwarding|disable_ipv6)"
              + "|net\\.netfilter\\.nf_conntrack_udp_timeout(?:_stream)?");

  /** {@code name = value}, {@code name=value}, {@code /proc/sys/path:value} (grep -r). */
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:/proc/sys/)?([a-z]+[./][^\\s=:]{1,80})\\s?[=:]\\s?(\\S.{0,200})?");

  private static final Pattern BRACES =
      Pattern.compile("([^{}]{1,99})\\{([\\w.,@-]{1,99})}([^{}]{0,99})");

  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^[ \\t]*(?:/proc/sys/)?net[./](?:ipv[46]|inet6?|netfilter|core)[./]\\S{1,80} ?[=:] ?-?\\d");

  /**
   * Forwarding in the words of programs that looked for themselves: Home Assistant's add-on,
   * docker; and Windows' settings of it.
   */
  private static final Pattern OFF =
      Pattern.compile(
          "(?m)IP forwarding is disabled on the host system|IPv4 forwarding is disabled\\. Networking will not"
              + " work|^[ \\t]*IPEnableRouter[ \\t:]+(?:REG_DWORD[ \\t]+)?0(?:x0)?[ \\t\\r]*$");

  /** {@code Get-NetIPInterface}: a column or a line of its own, for each interface. */
  private static final Pattern OF_INTERFACES =
      Pattern.compile("(?m)^[^\\n]*\\bForwarding[ \\t]*(?:$|: |[A-Z])");

  private static final Pattern EACH =
      Pattern.compile("(?m)^[^\\n]*\\b(Enabled|Disabled)\\b[^\\n]*$");

  @Override
  public boolean reads(CommandLine command) {
    boolean files = command.arguments().stream().anyMatch(word -> word.startsWith("/proc/sys/"));
    return switch (command.program()) {
      case "Get-NetIPInterface" -> true;
      case "reg" -> command.arguments().contains("IPEnableRouter");
      case "sysctl" -> !command.has("-p");
      case "cat", "grep", "head" -> files;
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find() || OFF.matcher(output).find() || ofInterfaces(output) != null;
  }

  /**
   * Whether any interface of a Windows host forwards; null when that is not shown. Other columns
   * have the same words: only a listing in which all rows agree tells.
   */
  private static @Nullable Boolean ofInterfaces(String output) {
    if (!OF_INTERFACES.matcher(output).find()) {
      return null;
    }
    Set<String> said = new HashSet<>();
    EACH.matcher(output).results().forEach(it -> said.add(it.group(1)));
    return said.size() == 1 ? Boolean.valueOf(said.contains("Enabled")) : null;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Boolean forwards =
        OFF.matcher(observation.output()).find()
            ? Boolean.FALSE
            : ofInterfaces(observation.output());
    if (forwards != null) {
      reading.add(
          new Sysctls(
              observation.host(),
              observation.atMillis(),
              Map.of("net.ipv4.ip_forward", forwards ? 1L : 0L)));
      return;
    }
    Map<String, Long> values = new LinkedHashMap<>();
    List<String> asked = asked(command);
    List<String> bare = new ArrayList<>();
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      Matcher named = LINE.matcher(line);
      if (line.isBlank() || isRemark(line)) {
        continue;
      }
      if (Numbers.count(line.strip()) != null) {
        bare.add(line.strip());
      } else if (named.matches()) {
        put(values, named.group(1), named.group(2) == null ? "" : named.group(2));
      } else {
        reading.skip(number, "not name = value");
      }
    }
    // sysctl -n and cat print values only: they belong to the names asked for when none is missing.
    if (bare.size() == asked.size()) {
      for (int i = 0; i < bare.size(); i++) {
        put(values, asked.get(i), bare.get(i));
      }
    } else if (!bare.isEmpty()) {
      reading.skip(0, "values without names");
    }
    if (!values.isEmpty()) {
      reading.add(new Sysctls(observation.host(), observation.atMillis(), values));
    }
  }

  /** Whether a setting is one of those that matter here. */
  static boolean isWanted(String name) {
    return WANTED.matcher(name).matches();
  }

  private static void put(Map<String, Long> values, String name, String value) {
    // sysctl(8) shows a dot in a device's name as a slash; files have it the other way round.
    String dotted = linux(name.replace('/', '.'));
    Long count = Numbers.count(value.strip());
    if (WANTED.matcher(dotted).matches() && count != null) {
      values.put(dotted, count);
    }
  }

  /** The BSDs' names for the same (inet(4), ip(4); inet6(4)). */
  private static String linux(String name) {
    return switch (name) {
      case "net.inet.ip.forwarding" -> "net.ipv4.ip_forward";
      case "net.inet6.ip6.forwarding" -> "net.ipv6.conf.all.forwarding";
      default -> name;
    };
  }

  private static List<String> asked(CommandLine command) {
    return command.arguments().stream()
        .filter(word -> !word.startsWith("-"))
        .flatMap(word -> expanded(word).stream())
        .map(word -> word.startsWith("/proc/sys/") ? word.substring("/proc/sys/".length()) : word)
        .toList();
  }

  /** bash(1), "Brace Expansion": {@code /proc/sys/net/ipv4/conf/{all,eth0}/rp_filter}. */
  private static List<String> expanded(String word) {
    Matcher braces = BRACES.matcher(word);
    return braces.matches()
        ? Stream.of(braces.group(2).split(","))
            .map(it -> braces.group(1) + it + braces.group(3))
            .toList()
        : List.of(word);
  }

  /** A name that this kernel does not have, or may not show: then it is unknown. */
  private static boolean isRemark(String line) {
    return line.startsWith("sysctl:") || line.startsWith("cat:") || line.startsWith("grep:");
  }
}
