package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PublicAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A server outside that was asked under which address one came to it: {@code curl ifconfig.me},
 * {@code wget -qO- https://icanhazip.com}. It answers with the address and nothing else, which
 * could be anything where the command is not known.
 *
 * <pre>
 * 203.0.113.177
 * </pre>
 */
final class AskedAddress {
  private static final Pattern SERVICE =
      Pattern.compile(
          "(?:https?://)?(?:(?:(?:ip)?v?[46]\\.|api\\d{0,2}\\.|www\\.)?"
              + "(?:ifconfig\\.(?:me|co|io)|icanhazip\\.com|ident\\.me|ipify\\.org|ip\\.sb|my-ip\\.io|ip\\.me)(?:/ip)?"
              + "|checkip\\.amazonaws\\.com|ipinfo\\.io/ip|ipecho\\.net/plain|wtfismyip\\.com/text)/?;?");

  private AskedAddress() {}

  static boolean isAskedBy(CommandLine command) {
    return command.arguments().stream().anyMatch(word -> SERVICE.matcher(word).matches());
  }

  /** Whether the answer was an address; else there was an error, or a page. */
  static boolean read(Observation observation, Reading reading) {
    List<String> lines =
        OutputLines.of(observation.output()).stream()
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .toList();
    if (lines.size() != 1 || !Cidr.isAddress(lines.get(0)) || lines.get(0).contains("%")) {
      return false;
    }
    reading.add(new PublicAddress(observation.host(), observation.atMillis(), lines.get(0)));
    return true;
  }
}
