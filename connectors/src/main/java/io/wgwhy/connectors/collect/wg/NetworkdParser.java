package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * systemd-networkd's {@code .netdev} and {@code .network} files (systemd.netdev(5), "[WireGuard]",
 * "[WireGuardPeer]"; systemd.network(5)).
 *
 * <pre>
 * [NetDev]
 * Name=wg0
 * Kind=wireguard
 *
 * [WireGuard]
 * PrivateKeyFile=/etc/systemd/network/wg0.key
 * ListenPort=51820
 *
 * [WireGuardPeer]
 * PublicKey=vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=
 * AllowedIPs=10.66.66.2/32
 * </pre>
 */
public final class NetworkdParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile("(?im)^\\s*\\[(?:NetDev|WireGuard|WireGuardPeer)]\\s*$");
  private static final Pattern SECTION = Pattern.compile("^\\s*\\[(\\w{1,40})]\\s*$");
  private static final Pattern LINE = Pattern.compile("^\\s*(\\w{1,40})\\s*=\\s*(.*?)\\s*$");

  /** wg-quick's words for them; all others say nothing about the tunnel here. */
  private static final Map<String, String> OF_INTERFACE =
      Map.of(
          "privatekey", "PrivateKey",
          "listenport", "ListenPort",
          "firewallmark", "FwMark",
          "mtubytes", "MTU",
          "address", "Address",
          "dns", "DNS");

  private static final Map<String, String> OF_PEERS =
      Map.of(
          "publickey", "PublicKey",
          "presharedkey", "PresharedKey",
          "allowedips", "AllowedIPs",
          "endpoint", "Endpoint",
          "persistentkeepalive", "PersistentKeepalive");

  private record Line(int number, String section, String keyword, String value) {}

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("cat")
        && command.arguments().stream().anyMatch(it -> it.matches(".*\\.(?:netdev|network)"));
  }

  @Override
  public boolean recognises(String output) {
    return isNetworkd(output);
  }

  static boolean isNetworkd(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Line> lines = lines(observation.output());
    String name =
        lines.stream()
            .filter(it -> it.section().equals("netdev") && it.keyword().equals("name"))
            .map(Line::value)
            .filter(Names::isDevice)
            .findFirst()
            .orElse("?");
    WgConfigText text = new WgConfigText(name, reading.secrets());
    text.section(1, true);
    for (Line line : lines) {
      boolean its = line.section().matches("wireguard|network|address|link|netdev");
      String keyword = OF_INTERFACE.get(line.keyword());
      if (its && keyword != null) {
        text.line(line.number(), keyword, line.value());
      }
    }
    boolean any = false;
    for (Line line : lines) {
      if (line.section().equals("wireguardpeer")) {
        String keyword = OF_PEERS.get(line.keyword());
        if (line.keyword().isEmpty()) {
          text.section(line.number(), false);
          any = true;
        } else if (keyword != null) {
          text.line(line.number(), keyword, line.value());
        }
      }
    }
    if (!any && lines.stream().noneMatch(it -> it.section().startsWith("wireguard"))) {
      reading.skip(0, "no WireGuard device in it");
      return;
    }
    reading.add(text.fact(observation.host(), observation.atMillis()));
  }

  /** The lines with their sections; a section's own header has no keyword. */
  private static List<Line> lines(String output) {
    List<Line> all = new ArrayList<>();
    String section = "";
    int number = 0;
    for (String raw : TextLines.of(output)) {
      number++;
      Matcher header = SECTION.matcher(raw);
      Matcher line = LINE.matcher(raw);
      if (header.matches()) {
        section = header.group(1).toLowerCase(Locale.ROOT);
        all.add(new Line(number, section, "", ""));
      } else if (line.matches() && !raw.strip().startsWith("#") && !raw.strip().startsWith(";")) {
        all.add(new Line(number, section, line.group(1).toLowerCase(Locale.ROOT), line.group(2)));
      }
    }
    return all;
  }
}
