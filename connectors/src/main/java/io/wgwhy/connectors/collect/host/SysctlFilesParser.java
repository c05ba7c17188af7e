package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.SysctlFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of sysctl.d(5), by cat, grep or {@code systemd-analyze cat-config sysctl.d}: what is
 * set at boot.
 *
 * <pre>
 * /etc/sysctl.d/99-wireguard.conf:net.ipv4.ip_forward = 1
 * #net.ipv6.conf.all.forwarding=1
 * </pre>
 */
public final class SysctlFilesParser implements Parser {
  private static final Pattern LINE =
      Pattern.compile(
          "^(?:/\\S+?\\.conf:)?(?:\\d+:)?\\s*-?\\s*(net[./][A-Za-z0-9_./*-]{1,80})\\s*=\\s*(\\d+)\\s*(?:[#;].*)?$");

  @Override
  public boolean reads(CommandLine command) {
    boolean files =
        command.arguments().stream().anyMatch(word -> word.matches("\\S*/sysctl\\.(?:conf|d)\\S*"));
    return switch (command.program()) {
      case "cat", "grep" -> files;
      case "systemd-analyze" -> command.has("cat-config", "sysctl.d");
      default -> false;
    };
  }

  /** The same lines as sysctl(8) prints: only the command tells them apart. */
  @Override
  public boolean recognises(String output) {
    return false;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (String line : OutputLines.of(observation.output())) {
      Matcher set = LINE.matcher(line);
      if (set.matches()) {
        String name = set.group(1).replace('/', '.');
        Long value = Numbers.count(set.group(2));
        if (SysctlParser.isWanted(name) && value != null) {
          values.put(name, value);
        }
      }
    }
    Integer exit = observation.exit();
    // grep ends with 1 when nothing matches, cat when one of the files is not there.
    if (!values.isEmpty() || (exit != null && exit <= 1)) {
      reading.add(new SysctlFiles(observation.host(), observation.atMillis(), values));
    }
  }
}
