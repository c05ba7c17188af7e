package io.wgwhy.connectors.collect.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.JsonElements;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip address} (ip-address(8)): JSON, text, {@code -oneline} and {@code -brief}.
 *
 * <pre>{@code
 * 3: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN group default qlen 1000
 *     link/none
 *     inet 10.66.66.2/24 scope global wg0
 *        valid_lft forever preferred_lft forever
 * }</pre>
 *
 * <p>The text also tells the links' flags and MTU: people who paste it seldom paste {@code ip -s
 * link} too. From JSON, which collectors ask for, the addresses alone are read, so that the
 * counters of {@code ip -j -s link} are not replaced by links without counters.
 */
public final class IpAddressParser implements Parser {
  private static final Pattern INET =
      Pattern.compile(
          "^\\s*(?:\\d+: (\\S+)\\s+)?inet6? ([0-9a-fA-F:.]+)(?: peer ([0-9a-fA-F:.]+))?(?:/(\\d{1,3}))?\\b(.*)");
  private static final Pattern SCOPE = Pattern.compile("\\bscope (\\w+)");
  private static final Pattern BRIEF =
      Pattern.compile(
          "^(\\S+)\\s+(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING)((?:\\s+\\S+)*)\\s*$");
  private static final Pattern CIDR = Pattern.compile("[0-9a-fA-F:.]+/\\d{1,3}");

  @Override
  public boolean reads(CommandLine command) {
    return IpCommand.of(command).shows("address");
  }

  @Override
  public boolean recognises(String output) {
    if (JsonElements.looksLike(output)) {
      return output.contains("\"addr_info\"");
    }
    List<String> lines = TextLines.of(output).stream().filter(line -> !line.isBlank()).toList();
    boolean links = lines.stream().anyMatch(line -> LinkHeader.tryParse(line) != null);
    boolean inet =
        lines.stream()
            .map(INET::matcher)
            .anyMatch(line -> line.find() && (links || line.group(1) != null));
    boolean brief =
        !lines.isEmpty()
            && lines.stream().allMatch(line -> BRIEF.matcher(line).matches())
            && lines.stream().anyMatch(line -> CIDR.matcher(line).find());
    return inet || brief;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    if (JsonElements.looksLike(output)) {
      reading.add(
          new Addresses(
              observation.host(),
              observation.atMillis(),
              fromJson(JsonElements.read(output, reading))));
      return;
    }
    List<AddressOn> addresses = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    fromText(output, addresses, links);
    if (!addresses.isEmpty() || !links.isEmpty()) {
      reading.add(new Addresses(observation.host(), observation.atMillis(), addresses));
    }
    if (!links.isEmpty()) {
      reading.add(new Links(observation.host(), observation.atMillis(), links));
    }
  }

  private static List<AddressOn> fromJson(List<JsonNode> elements) {
    List<AddressOn> addresses = new ArrayList<>();
    for (JsonNode link : elements) {
      String device = JsonElements.word(link, "ifname");
      for (JsonNode info : link.path("addr_info")) {
        String local = JsonElements.word(info, "local");
        Long length = JsonElements.number(info, "prefixlen");
        String scope = JsonElements.word(info, "scope");
        if (device != null
            && local != null
            && length != null
            && Cidr.isPrefix(local + "/" + length)) {
          addresses.add(new AddressOn(device, local + "/" + length, scope == null ? "" : scope));
        }
      }
    }
    return addresses;
  }

  private static void fromText(String output, List<AddressOn> addresses, List<Link> links) {
    String device = null;
    for (String line : TextLines.of(output)) {
      LinkHeader header = LinkHeader.tryParse(line);
      if (header != null) {
        device = header.name();
        links.add(header.with(null));
        continue;
      }
      AddressOn address = address(line, device);
      if (address != null) {
        addresses.add(address);
        continue;
      }
      Matcher brief = BRIEF.matcher(line);
      if (brief.matches()) {
        String name = Word.of(brief.group(1).replaceFirst("@.*", ""));
        Arrays.stream(brief.group(2).strip().split("\\s+"))
            .filter(word -> CIDR.matcher(word).matches())
            .forEach(cidr -> addresses.add(new AddressOn(name, cidr, "")));
      }
    }
  }

  /** {@code inet 10.0.0.1/24 …}; after a cut of the prefix length the address stands alone. */
  private static @Nullable AddressOn address(String line, @Nullable String device) {
    Matcher inet = INET.matcher(line);
    if (!inet.find()) {
      return null;
    }
    String on = inet.group(1) == null ? device : inet.group(1).replaceFirst("@.*", "");
    String local = inet.group(2);
    if (on == null || !Cidr.isAddress(local)) {
      return null;
    }
    String length = inet.group(4) != null ? inet.group(4) : local.contains(":") ? "128" : "32";
    Matcher scope = SCOPE.matcher(inet.group(5));
    return new AddressOn(Word.of(on), local + "/" + length, scope.find() ? scope.group(1) : "");
  }
}
