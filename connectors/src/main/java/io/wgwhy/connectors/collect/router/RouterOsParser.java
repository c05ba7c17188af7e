package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.router.RouterOsEntries.Entry;
import io.wgwhy.connectors.collect.wg.WgConfigText;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.WgInterface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MikroTik's RouterOS 7 (help.mikrotik.com, "WireGuard"): {@code /interface/wireguard/print
 * detail}, {@code /interface/wireguard/peers/print detail}, {@code /ip/address/print} and {@code
 * /export}.
 *
 * <pre>
 * Flags: X - disabled; R - running
 *  0  R name="wg1" mtu=1420 listen-port=13231 public-key="2NZvpgH2Xuq+c+xE59nqSu0ToL621HsYHMew3rIdOH8="
 *
 *  0    interface=wg1 name="peer1" public-key="vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo="
 *       endpoint-address="" endpoint-port=0 current-endpoint-address=198.51.100.20
 *       current-endpoint-port=45299 allowed-address=10.66.66.2/32 rx=12.4KiB tx=92.1KiB
 *       last-handshake=1m31s
 *
 * /interface wireguard peers
 * add allowed-address=10.66.66.2/32 interface=wg1 public-key="vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo="
 * </pre>
 */
public final class RouterOsParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)\\bcurrent-endpoint-(?:address|port)=|\\bclient-allowed-address="
              + "|^\\s*\\d{1,4}\\s.*\\bname=\\S+ mtu=\\d+ listen-port=\\d+"
              + "|^\\s*(?:\\d{1,4}\\s.*)?\\binterface=\\S+ (?:name=\\S+ )?public-key="
              + "|^\\s*(?:\\d{1,4}\\s.*)?\\bchain=\\S+ action=[a-z-]+"
              + "|^/interface[ /]wireguard\\b|^/ip[ /]firewall[ /](?:filter|nat)\\s*$"
              + "|^(?:/ip[ /]firewall[ /](?:filter|nat) )?add (?:.* )?chain=(?:input|forward|srcnat)\\b|"
              + RouterOsAddresses.HEADING);

  /** Names may be longer than the kernel's elsewhere; no key is as short. */
  private static final Pattern NAME = Pattern.compile("[\\w.@+-]{1,32}");

  private static final String PEERS = "interface wireguard peers";

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "interface" -> command.has("wireguard") && command.has("print");
      case "ip" -> command.has("print") && (command.has("firewall") || command.has("address"));
      case "print", "export" -> true; // the last word of /interface/wireguard/peers/print
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Map<String, List<Entry>> exported = new LinkedHashMap<>();
    Map<String, Integer> ordinals = new LinkedHashMap<>();
    boolean any = false;
    List<Entry> entries = RouterOsEntries.of(observation.output());
    for (Entry entry : entries) {
      boolean peer = entry.has("public-key") && entry.has("interface");
      boolean device = entry.has("name") && entry.has("listen-port");
      String name = name(entry.get(peer ? "interface" : "name"));
      if (entry.menu().matches("ip(?:v6)? address") && !entry.disabled()) {
        exported.computeIfAbsent(name(entry.get("interface")), it -> new ArrayList<>()).add(entry);
        continue;
      }
      if ((!peer && !device) || !entry.menu().matches("|interface wireguard(?: peers)?")) {
        continue;
      }
      any = true;
      if (entry.disabled()) {
        reading.skip(entry.line(), "disabled: it is not there until somebody enables it");
      } else if (!entry.menu().isEmpty()) {
        exported.computeIfAbsent(name, it -> new ArrayList<>()).add(entry);
      } else if (peer) {
        int ordinal = ordinals.merge(name, 1, Integer::sum) - 1;
        reading.add(new RouterOsPeer(entry).fact(observation, name, ordinal, reading.secrets()));
      } else {
        reading.add(device(observation, name, entry));
      }
    }
    exported.forEach((name, its) -> config(observation, name, its, reading));
    Ruleset filter = RouterOsFirewall.of(entries, observation);
    if (filter != null) {
      reading.add(filter);
    }
    Addresses addresses = RouterOsAddresses.of(observation);
    if (addresses != null) {
      reading.add(addresses);
    }
    if (!any && filter == null && addresses == null) {
      reading.skip(0, "no WireGuard interface or peer in it");
    }
  }

  private static WgInterface device(Observation observation, String name, Entry entry) {
    String key = entry.get("public-key");
    return new WgInterface(
        observation.host(),
        observation.atMillis(),
        name,
        Secrets.isKey(key) ? key : null,
        Numbers.port(entry.get("listen-port")),
        null);
  }

  private static void config(
      Observation observation, String name, List<Entry> entries, Reading reading) {
    if (entries.stream().noneMatch(it -> it.menu().startsWith("interface wireguard"))) {
      return; // another interface's address
    }
    WgConfigText text = new WgConfigText(name, reading.secrets());
    text.section(entries.get(0).line(), true);
    for (Entry entry : entries) {
      if (!entry.menu().equals(PEERS)) {
        put(text, entry, "private-key", "PrivateKey");
        put(text, entry, "listen-port", "ListenPort");
        put(text, entry, "mtu", "MTU");
        put(text, entry, "address", "Address");
      }
    }
    for (Entry peer : entries) {
      if (peer.menu().equals(PEERS)) {
        text.section(peer.line(), false);
        put(text, peer, "public-key", "PublicKey");
        if (peer.has("preshared-key")) {
          put(text, peer, "preshared-key", "PresharedKey");
        } else {
          text.presharedKeyUnknown(); // not exported without show-sensitive
        }
        put(text, peer, "allowed-address", "AllowedIPs");
        Long keepalive = RouterOsPeer.seconds(peer.get("persistent-keepalive"));
        if (keepalive != null) {
          text.line(peer.line(), "PersistentKeepalive", keepalive.toString());
        }
        endpoint(text, peer);
      }
    }
    reading.add(text.fact(observation.host(), observation.atMillis()));
  }

  private static void put(WgConfigText text, Entry entry, String property, String keyword) {
    if (!entry.get(property).isEmpty()) {
      text.line(entry.line(), keyword, entry.get(property));
    }
  }

  private static void endpoint(WgConfigText text, Entry peer) {
    String host = peer.get("endpoint-address");
    String port = peer.get("endpoint-port");
    if (!host.isEmpty() && !port.isEmpty() && !port.equals("0")) {
      text.line(
          peer.line(), "Endpoint", (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
  }

  private static String name(@Nullable String text) {
    return text != null && NAME.matcher(text).matches() ? text : "?";
  }
}
