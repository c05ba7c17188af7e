package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ipconfig} of Windows, in any language: an adapter's paragraph, and in it an IPv4 address
 * followed by its mask.
 *
 * <pre>
 * Wireless LAN adapter Wi-Fi:
 *
 *    Connection-specific DNS Suffix  . : hotel.local
 *    IPv4 Address. . . . . . . . . . . : 192.168.1.77
 *    Subnet Mask . . . . . . . . . . . : 255.255.255.0
 *    Default Gateway . . . . . . . . . : 192.168.1.1
 * </pre>
 *
 * Names of adapters are sentences: each becomes {@code adapter1}, {@code adapter2}, …, that of a
 * tunnel, as far as its name tells, {@code wg1}, ….
 */
public final class IpconfigParser implements Parser {
  private static final Pattern ADAPTER = Pattern.compile("^(\\S.{0,120}):\\s*$");
  private static final Pattern VALUE =
      Pattern.compile("^\\s+\\S.{0,60}?(?: ?\\.){2,60}+ ?: ([0-9.]{7,15})(?:\\s?\\(.*\\))?\\s*$");

  /** What WireGuard's adapters are called: they are of no known medium. */
  private static final Pattern TUNNEL =
      Pattern.compile(
          "(?i).*wireguard.*|(?:Unknown|Unbekannter|Carte inconnue|Adaptador desconocido"
              + "|Scheda sconosciuta|Onbekende|Неизвестный|未知).*");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equalsIgnoreCase("ipconfig")
        || command.program().equalsIgnoreCase("ipconfig.exe");
  }

  @Override
  public boolean recognises(String output) {
    List<String> lines = TextLines.of(output);
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (mask(lines.get(i + 1)) != null && value(lines.get(i)) != null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<AddressOn> addresses = new ArrayList<>();
    List<String> lines = TextLines.of(observation.output());
    int adapters = 0;
    boolean tunnel = false;
    for (int i = 0; i < lines.size(); i++) {
      Matcher adapter = ADAPTER.matcher(lines.get(i));
      if (adapter.matches()) {
        adapters++;
        tunnel = TUNNEL.matcher(adapter.group(1)).matches();
        continue;
      }
      String address = value(lines.get(i));
      String length = i + 1 < lines.size() ? mask(lines.get(i + 1)) : null;
      if (address != null && length != null && mask(lines.get(i)) == null) {
        String name = (tunnel ? "wg" : "adapter") + adapters;
        addresses.add(new AddressOn(name, address + "/" + length, ""));
      }
    }
    if (addresses.isEmpty()) {
      reading.skip(0, "no address with its mask in the output");
    } else {
      reading.add(new Addresses(observation.host(), observation.atMillis(), addresses));
    }
  }

  private static @Nullable String value(String line) {
    Matcher value = VALUE.matcher(line);
    return value.matches() && Cidr.isAddress(value.group(1)) ? value.group(1) : null;
  }

  private static @Nullable String mask(String line) {
    String value = value(line);
    if (value == null || !value.startsWith("255.")) {
      return null;
    }
    return Cidr.prefixLength(value, false);
  }
}
