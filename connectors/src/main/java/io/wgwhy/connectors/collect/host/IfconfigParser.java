package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Links.Counters;
import io.wgwhy.facts.Links.Link;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ifconfig} (net-tools ifconfig(8), old and new form, BusyBox, BSD).
 *
 * <pre>{@code
 * wg0: flags=209<UP,POINTOPOINT,RUNNING,NOARP>  mtu 1420
 *         inet 10.66.66.2  netmask 255.255.255.0  destination 10.66.66.2
 *         RX packets 2  bytes 180 (180.0 B)
 *         RX errors 0  dropped 0  overruns 0  frame 3
 *         TX packets 20  bytes 2960 (2.9 KB)
 *         TX errors 7  dropped 0 overruns 0  carrier 0  collisions 0
 * }</pre>
 */
public final class IfconfigParser implements Parser {
  private static final Pattern HEADER =
      Pattern.compile("^([^\\s:]{1,32}): flags=[0-9a-fA-F]+<([^>]*)>(?:.*?mtu (\\d+))?");
  private static final Pattern OLD_HEADER = Pattern.compile("^(\\S{1,32}?):?\\s+Link encap:\\S+.*");
  private static final Pattern OLD_FLAGS =
      Pattern.compile("^\\s+((?:[A-Z]+ )+)\\s*MTU:(\\d+)\\s.*");
  private static final Pattern INET =
      Pattern.compile(
          "^\\s+inet6? (?:addr: ?)?([0-9a-fA-F:.]+)(?:%\\w+)?(?:/(\\d+))?(?:.*?(?:[Mm]ask[ :]|prefixlen )([0-9a-fA-Fx.]+))?.*");
  private static final Pattern SCOPE = Pattern.compile("(?:<(\\w+)>|Scope:(\\w+))");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("ifconfig");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(line -> HEADER.matcher(line).find() || OLD_HEADER.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Link> links = new ArrayList<>();
    List<AddressOn> addresses = new ArrayList<>();
    List<String> lines = TextLines.of(observation.output());
    for (int i = 0; i < lines.size(); i++) {
      Matcher header = HEADER.matcher(lines.get(i));
      boolean modern = header.find();
      Matcher old = OLD_HEADER.matcher(lines.get(i));
      if (!modern && !old.matches()) {
        continue;
      }
      String name = Word.of(modern ? header.group(1) : old.group(1));
      int end = i + 1;
      while (end < lines.size() && lines.get(end).matches("\\s+\\S.*")) {
        end++;
      }
      List<String> block = lines.subList(i + 1, end);
      if (modern) {
        IfconfigWireGuard.read(name, block, observation, reading);
      }
      for (String line : block) {
        AddressOn address = address(name, line);
        if (address != null) {
          addresses.add(address);
        }
      }
      links.add(
          modern
              ? new Link(
                  name,
                  LinkHeader.upIn(header.group(2)),
                  Numbers.small(header.group(3)),
                  counters(block))
              : oldLink(name, block));
    }
    if (!links.isEmpty()) {
      reading.add(new Addresses(observation.host(), observation.atMillis(), addresses));
      reading.add(new Links(observation.host(), observation.atMillis(), links));
    }
  }

  private static Link oldLink(String name, List<String> block) {
    for (String line : block) {
      Matcher flags = OLD_FLAGS.matcher(line + " ");
      if (flags.matches()) {
        boolean up = Arrays.asList(flags.group(1).split(" ")).contains("UP");
        return new Link(name, Answer.of(up), Numbers.small(flags.group(2)), counters(block));
      }
    }
    return new Link(name, Answer.UNKNOWN, null, counters(block));
  }

  private static @Nullable AddressOn address(String name, String line) {
    Matcher inet = INET.matcher(line);
    if (!inet.matches() || !Cidr.isAddress(inet.group(1))) {
      return null;
    }
    String address = inet.group(1);
    String length =
        inet.group(2) != null
            ? inet.group(2)
            : Cidr.prefixLength(inet.group(3), address.contains(":"));
    Matcher scope = SCOPE.matcher(line);
    String printed = !scope.find() ? "" : scope.group(1) != null ? scope.group(1) : scope.group(2);
    return new AddressOn(name, address + "/" + length, printed.toLowerCase(Locale.ROOT));
  }

  private static @Nullable Counters counters(List<String> block) {
    Counters counters =
        new Counters(
            counter(block, "RX", "packets"),
            counter(block, "RX", "errors"),
            counter(block, "RX", "dropped"),
            counter(block, "RX", "frame"),
            counter(block, "TX", "packets"),
            counter(block, "TX", "errors"),
            counter(block, "TX", "dropped"));
    return counters.rxPackets() == null && counters.txPackets() == null ? null : counters;
  }

  private static @Nullable Long counter(List<String> block, String direction, String name) {
    Pattern counter = Pattern.compile("^\\s+" + direction + " .*?\\b" + name + "[: ](\\d+)");
    return block.stream()
        .map(counter::matcher)
        .filter(Matcher::find)
        .map(found -> Numbers.whole(found.group(1)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
