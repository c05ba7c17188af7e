package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.router.VyattaStatements.Statement;
import io.wgwhy.connectors.collect.wg.WgConfigText;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Routers with Vyatta's command line: EdgeOS and UniFi's USG with wireguard-vyatta-ubnt, whose
 * peers are named by their keys, and VyOS (docs.vyos.io, "WireGuard"), whose peers have names of
 * their own. {@code show configuration}, {@code show configuration commands} and {@code
 * /config/config.boot}:
 *
 * <pre>
 * interfaces {
 *     wireguard wg0 {
 *         address 10.14.0.1/24
 *         listen-port 51820
 *         peer vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo= {
 *             allowed-ips 10.14.0.2/32
 *             endpoint vpn.example.org:51820
 *             persistent-keepalive 25
 *         }
 *         private-key ****************
 *     }
 * }
 *
 * set interfaces wireguard wg01 peer office address '198.51.100.20'
 * set interfaces wireguard wg01 peer office port '51820'
 * set interfaces wireguard wg01 peer office public-key 'vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo='
 * </pre>
 */
public final class VyattaParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^[+>]?[ \\t]*(?:set[ \\t]+interfaces[ \\t]+wireguard[ \\t]+\\S"
              + "|wireguard[ \\t]+\\S{1,20}[ \\t]*\\{[ \\t\\r]*$)");

  /** What {@code show interfaces wireguard wg0} prints while configuring: the block's inside. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?m)^[+>]?[ \\t]*peer[ \\t]+\\S{1,100}[ \\t]*\\{[ \\t\\r]*\\n[+>]?[ \\t]*"
              + "(?:address|allowed-ips|description|disable|endpoint|persistent-keepalive|port"
              + "|preshared-key|pubkey|public-key)\\b");

  /** wg-quick's words for them. */
  private static final Map<String, String> OF_INTERFACE =
      Map.of(
          "address", "Address",
          "fwmark", "FwMark",
          "listen-port", "ListenPort",
          "mtu", "MTU",
          "port", "ListenPort",
          "private-key", "PrivateKey");

  private static final Map<String, String> OF_PEERS =
      Map.of(
          "allowed-ips", "AllowedIPs",
          "endpoint", "Endpoint",
          "persistent-keepalive", "PersistentKeepalive",
          "preshared-key", "PresharedKey");

  /** A key that lost a part is still longer than the names of keys and files that stand for one. */
  private static final int SHORTEST_KEY = 36;

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "show", "run" -> command.has("configuration");
      case "cat" -> command.arguments().stream().anyMatch(it -> it.endsWith("/config.boot"));
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find() || INSIDE.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<Statement> statements = VyattaStatements.of(observation.output());
    Map<String, List<Statement>> interfaces = new LinkedHashMap<>();
    for (Statement statement : statements) {
      Statement below = statement.below("interfaces");
      if (below.first().equals("wireguard") && below.words().size() > 1) {
        Statement named = below.below("wireguard");
        interfaces
            .computeIfAbsent(named.first(), name -> new ArrayList<>())
            .add(named.below(named.first()));
      }
    }
    if (interfaces.isEmpty() && INSIDE.matcher(observation.output()).find()) {
      interfaces.put("?", statements);
    }
    interfaces.forEach(
        (name, its) -> {
          WgConfigText text =
              new WgConfigText(Names.isDevice(name) ? name : "?", reading.secrets());
          one(text, its, reading);
          reading.add(text.fact(observation.host(), observation.atMillis()));
        });
    Ruleset filter = VyattaFirewall.of(statements, observation);
    if (filter != null) {
      reading.add(filter);
    }
    if (interfaces.isEmpty() && filter == null) {
      reading.skip(0, "no WireGuard interface in it");
    }
  }

  private static void one(WgConfigText text, List<Statement> statements, Reading reading) {
    text.section(statements.get(0).line(), true);
    Map<String, List<Statement>> peers = new LinkedHashMap<>();
    for (Statement statement : statements) {
      String keyword = OF_INTERFACE.get(statement.first());
      if (statement.first().equals("peer") && statement.words().size() > 1) {
        Statement named = statement.below("peer");
        peers
            .computeIfAbsent(named.first(), name -> new ArrayList<>())
            .add(named.below(named.first()));
      } else if (keyword != null && statement.words().size() == 2) {
        put(text, statement, keyword);
      }
    }
    peers.forEach((name, its) -> peer(text, name, its, reading));
  }

  private static void peer(
      WgConfigText text, String name, List<Statement> statements, Reading reading) {
    int line = statements.get(0).line();
    if (statements.stream().anyMatch(it -> it.first().equals("disable"))) {
      reading.skip(line, "a disabled peer: it is not there until somebody enables it");
      return;
    }
    text.section(line, false);
    String key = name;
    for (Statement statement : statements) {
      if (statement.first().matches("pub(?:lic-)?key")) {
        key = statement.second();
        line = statement.line();
      }
    }
    text.line(line, "PublicKey", standsFor(key));
    for (Statement statement : statements) {
      String keyword = OF_PEERS.get(statement.first());
      if (keyword != null && statement.words().size() == 2) {
        put(text, statement, keyword);
      }
    }
    endpoint(text, statements, reading);
  }

  /** VyOS takes address and port apart. */
  private static void endpoint(WgConfigText text, List<Statement> statements, Reading reading) {
    Statement host = null;
    String port = "";
    for (Statement statement : statements) {
      if (statement.first().matches("address|host-name") && !statement.second().isEmpty()) {
        host = statement;
      } else if (statement.first().equals("port")) {
        port = statement.second();
      }
    }
    if (host == null) {
      return;
    }
    String address = host.second();
    if (port.isEmpty()) {
      reading.skip(host.line(), "a peer's address without its port");
    } else {
      String bracketed = address.contains(":") ? "[" + address + "]" : address;
      text.line(host.line(), "Endpoint", bracketed + ":" + port);
    }
  }

  private static void put(WgConfigText text, Statement statement, String keyword) {
    boolean key = keyword.endsWith("Key");
    text.line(statement.line(), keyword, key ? standsFor(statement.second()) : statement.second());
  }

  /** The key; hidden when a file, a name or asterisks stand for it. */
  private static String standsFor(String value) {
    boolean file = value.startsWith("/") && !Secrets.isKey(value);
    return file || value.length() < SHORTEST_KEY ? Secrets.HIDDEN : value;
  }
}
