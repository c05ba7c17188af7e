package io.wgwhy.connectors.collect;

import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
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
final class UciParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^\\s*config\\s+(?:interface|wireguard_\\S+)\\b|^\\s*network\\.\\S+='?|^\\s*option\\s+proto\\s+'?wireguard");

  private static final Pattern SECTION =
      Pattern.compile("^\\s*config\\s+(\\S+)(?:\\s+['\"]?([\\w.-]+)['\"]?)?\\s*$");
  private static final Pattern OPTION =
      Pattern.compile("^\\s*(?:option|list)\\s+(\\w+)\\s+(.*?)\\s*$");
  private static final Pattern SHOWN_SECTION =
      Pattern.compile("^\\s*network\\.([^.=]+)=(\\S+)\\s*$");
  private static final Pattern SHOWN = Pattern.compile("^\\s*network\\.([^.=]+)\\.(\\w+)=(.*)$");

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

  /** A section being read: its type, its name, its options with their lines. */
  private record Section(String type, String name, List<Option> options) {
    boolean wireGuard() {
      return options.stream()
          .anyMatch(it -> it.name().equals("proto") && it.value().equals("wireguard"));
    }

    /** The interface whose peer it is; empty when it is none. */
    String peerOf() {
      return type.startsWith("wireguard_") ? type.substring("wireguard_".length()) : "";
    }
  }

  private record Option(int line, String name, String value) {}

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("uci") && command.has("show") && !command.filtered())
        || (command.program().equals("cat") && command.arguments().contains("/etc/config/network"));
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Section> sections = sections(observation.output());
    int interfaces = 0;
    for (Section section : sections) {
      if (section.type().equals("interface") && section.wireGuard()) {
        interfaces++;
        one(observation, section, sections, reading);
      }
    }
    if (interfaces == 0) {
      peersAlone(observation, sections, reading);
    }
  }

  private static void peersAlone(Observation observation, List<Section> sections, Reading reading) {
    List<String> names =
        sections.stream().map(Section::peerOf).filter(it -> !it.isEmpty()).distinct().toList();
    // The header of the interface was cut off, its options were not.
    List<Option> options =
        sections.stream()
            .filter(it -> it.type().isEmpty() && names.size() == 1)
            .flatMap(it -> it.options().stream())
            .toList();
    for (String name : names) {
      one(observation, new Section("interface", name, options), sections, reading);
    }
    if (names.isEmpty()) {
      reading.skip(0, "no WireGuard interface in it");
    }
  }

  private static void one(
      Observation observation, Section section, List<Section> sections, Reading reading) {
    String name = Names.isDevice(section.name()) ? section.name() : "?";
    WgConfigText text = new WgConfigText(name, reading.secrets());
    int first = section.options().isEmpty() ? 0 : section.options().get(0).line();
    text.section(first, true);
    section.options().forEach(it -> put(text, it));
    for (Section peer : sections) {
      if (peer.peerOf().equals(section.name())) {
        text.section(peer.options().isEmpty() ? 0 : peer.options().get(0).line(), false);
        peer.options().forEach(it -> put(text, it));
        endpoint(text, peer);
      }
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

  private static List<Section> sections(String output) {
    Map<String, Section> shown = new LinkedHashMap<>();
    List<Section> all = new ArrayList<>();
    Section current = null;
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      Matcher begins = SECTION.matcher(line);
      Matcher option = OPTION.matcher(line);
      Matcher shownSection = SHOWN_SECTION.matcher(line);
      Matcher shownOption = SHOWN.matcher(line);
      if (begins.matches()) {
        String name = begins.group(2) == null ? "" : begins.group(2);
        current = new Section(begins.group(1).replaceAll("['\"]", ""), name, new ArrayList<>());
        all.add(current);
      } else if (option.matches()) {
        if (current == null) {
          current = new Section("", "", new ArrayList<>());
          all.add(current);
        }
        add(current, number, option.group(1), option.group(2));
      } else if (shownOption.matches()) {
        String key = shownOption.group(1);
        Section section = shown.get(key);
        if (section == null) {
          section = new Section(type(key, ""), key, new ArrayList<>());
          shown.put(key, section);
          all.add(section);
        }
        add(section, number, shownOption.group(2), shownOption.group(3));
      } else if (shownSection.matches()) {
        String key = shownSection.group(1);
        Section section = new Section(type(key, shownSection.group(2)), key, new ArrayList<>());
        shown.put(key, section);
        all.add(section);
      }
    }
    return all;
  }

  /** {@code network.@wireguard_wg0[0]} names its type; another section says it when it begins. */
  private static String type(String key, String said) {
    return key.startsWith("@")
        ? key.substring(1).replaceFirst("\\[.*$", "")
        : said.isEmpty() ? "interface" : said.replaceAll("['\"]", "");
  }

  private static void add(Section section, int line, String name, String value) {
    // uci show: 'a' 'b'.
    String plain = value.strip().replaceAll("['\"]\\s+['\"]", " ").replaceAll("^['\"]|['\"]$", "");
    section.options().add(new Option(line, name, plain));
  }
}
