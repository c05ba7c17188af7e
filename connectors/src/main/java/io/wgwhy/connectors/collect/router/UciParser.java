package io.wgwhy.connectors.collect.router;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.router.UciSections.Option;
import io.wgwhy.connectors.collect.router.UciSections.Section;
import io.wgwhy.connectors.collect.wg.WgConfigText;
import io.wgwhy.facts.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OpenWrt: {@code uci show network} and {@code /etc/config/network} (openwrt.org, "WireGuard
 * configuration").
 *
 * <pre>
 * config interface 'wg0'
 *         option proto 'wireguard'
 *         option listen_port '51820'
 *         list addresses '10.14.0.1/24'
 *
 * config wireguard_wg0
 *         option public_key 'vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo='
 *         list allowed_ips '10.14.0.2/32'
 *
 * network.wg0.proto='wireguard'
 * network.@wireguard_wg0[0].allowed_ips='10.14.0.2/32'
 * </pre>
 */
public final class UciParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^\\s*config\\s+(?:interface|wireguard_\\S+)\\b|^\\s*network\\.\\S+='?|^\\s*option\\s+proto\\s+'?wireguard");

  /** wg-quick's words for them. */
  private static final Map<String, String> KEYWORDS =
      Map.of(
          "private_key", "PrivateKey",
          "listen_port", "ListenPort",
          "addresses", "Address",
          "mtu", "MTU",
          "fwmark", "FwMark",
          "public_key", "PublicKey",
          "preshared_key", "PresharedKey",
          "allowed_ips", "AllowedIPs",
          "persistent_keepalive", "PersistentKeepalive");

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("uci")
            && command.has("show")
            && !command.has("firewall")
            && !command.filtered())
        || (command.program().equals("cat") && command.arguments().contains("/etc/config/network"));
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Section> sections = UciSections.of(observation.output(), "network");
    Map<String, List<Section>> peers =
        sections.stream()
            .filter(it -> !peerOf(it).isEmpty())
            .collect(groupingBy(UciParser::peerOf, LinkedHashMap::new, toList()));
    int interfaces = 0;
    for (Section section : sections) {
      if (section.type().equals("interface") && isWireGuard(section)) {
        interfaces++;
        one(observation, section, peers.getOrDefault(section.name(), List.of()), reading);
      }
    }
    if (interfaces == 0) {
      peersAlone(observation, sections, peers, reading);
    }
  }

  private static void peersAlone(
      Observation observation,
      List<Section> sections,
      Map<String, List<Section>> peers,
      Reading reading) {
    // The header of the interface was cut off, its options were not.
    List<Option> options =
        sections.stream()
            .filter(it -> it.type().isEmpty() && peers.size() == 1)
            .flatMap(it -> it.options().stream())
            .toList();
    peers.forEach(
        (name, its) -> one(observation, new Section("interface", name, options), its, reading));
    if (peers.isEmpty()) {
      reading.skip(0, "no WireGuard interface in it");
    }
  }

  private static void one(
      Observation observation, Section section, List<Section> peers, Reading reading) {
    String name = Names.isDevice(section.name()) ? section.name() : "?";
    WgConfigText text = new WgConfigText(name, reading.secrets());
    int first = section.options().isEmpty() ? 0 : section.options().get(0).line();
    text.section(first, true);
    section.options().forEach(it -> put(text, it));
    for (Section peer : peers) {
      text.section(peer.options().isEmpty() ? 0 : peer.options().get(0).line(), false);
      peer.options().forEach(it -> put(text, it));
      endpoint(text, peer);
    }
    reading.add(text.fact(observation.host(), observation.atMillis()));
  }

  private static void put(WgConfigText text, Option option) {
    String keyword = KEYWORDS.get(option.name());
    if (keyword != null) {
      // One option may hold several, between blanks: netifd takes them apart.
      String value = option.value();
      boolean list = keyword.equals("AllowedIPs") || keyword.equals("Address");
      text.line(option.line(), keyword, list ? value.replaceAll("[\\s,]+", ", ") : value);
    }
  }

  private static void endpoint(WgConfigText text, Section peer) {
    String host = "";
    String port = "51820";
    int line = 0;
    for (Option option : peer.options()) {
      if (option.name().equals("endpoint_host")) {
        host = option.value();
        line = option.line();
      } else if (option.name().equals("endpoint_port")) {
        port = option.value();
      }
    }
    if (!host.isEmpty()) {
      text.line(line, "Endpoint", (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
  }

  private static boolean isWireGuard(Section section) {
    return section.value("proto").equals("wireguard");
  }

  /** The interface whose peer it is; empty when it is none. */
  private static String peerOf(Section section) {
    String type = section.type();
    return type.startsWith("wireguard_") ? type.substring("wireguard_".length()) : "";
  }
}
