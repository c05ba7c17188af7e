package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgConfig.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configuration being read, line by line, and what is wrong with it. */
public final class WgConfigText {
  private static final Set<String> HOOKS = Set.of("preup", "postup", "predown", "postdown");
  private static final Set<String> OF_PEERS =
      Set.of("publickey", "presharedkey", "endpoint", "allowedips", "persistentkeepalive");
  private static final Set<String> KEYS = Set.of("privatekey", "publickey", "presharedkey");

  /** What can be an address or prefix, right or wrong: anything else is somebody's remark. */
  private static final Pattern ADDRESS_LIKE =
      Pattern.compile("[0-9a-fA-F:./\\s]*[0-9][0-9a-fA-F:./\\s]*");

  private final String iface;
  private final Secrets secrets;
  private final List<String> addresses = new ArrayList<>();
  private final List<String> dns = new ArrayList<>();
  private final List<WgConfig.Hook> hooks = new ArrayList<>();
  private final List<WgConfigPeer> peers = new ArrayList<>();
  private final List<WgConfig.Problem> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private boolean hasInterface;
  private boolean started;
  private @Nullable WgConfigPeer peer;
  private @Nullable String publicKey;

  /** To know it again where it must not stand; it goes nowhere. */
  private @Nullable String privateKey;

  private @Nullable Integer listenPort;
  private @Nullable Integer mtu;
  private @Nullable String table;
  private @Nullable Integer fwmark;

  /** Begins, with nothing read; {@code iface} is the name of the interface that it is for. */
  public WgConfigText(String iface, Secrets secrets) {
    this.iface = iface;
    this.secrets = secrets;
  }

  static boolean isHook(String keyword) {
    return HOOKS.contains(keyword.toLowerCase(Locale.ROOT));
  }

  /** Whether an [Interface] section, or its lines without a header, was read. */
  boolean hasInterface() {
    return hasInterface;
  }

  /** Begins a section of {@code [Interface]}, or else of {@code [Peer]}. */
  public void section(int line, boolean isInterface) {
    started = true;
    seen.clear();
    peer = null;
    if (isInterface) {
      hasInterface = true;
    } else {
      peer = new WgConfigPeer(line);
      peers.add(peer);
    }
  }

  /** Reads one setting; what is wrong with it is kept with the number of its line. */
  public void line(int line, String keyword, String value) {
    String key = keyword.toLowerCase(Locale.ROOT);
    if (!started) {
      problem(line, "", Fault.MISSING_SECTION);
      section(line, !OF_PEERS.contains(key));
    }
    if (KEYS.contains(key) && !seen.add(key)) {
      problem(line, keyword, Fault.SECOND_KEY);
    }
    boolean known = peer == null ? ofInterface(line, key, value) : ofPeer(peer, line, key, value);
    if (!known) {
      // The keyword itself may be a key that lost its line: only words are told.
      String told = keyword.matches("[A-Za-z]{2,20}") ? keyword : "";
      problem(line, told, Fault.UNKNOWN_KEYWORD);
    }
  }

  /** The peer may have a preshared key: the text would not show it. */
  public void presharedKeyUnknown() {
    if (peer != null) {
      peer.presharedKey = PresharedKey.UNKNOWN;
    }
  }

  /** The configuration, with all that is wrong in it. */
  public WgConfig fact(String host, long at) {
    Set<String> keys = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    for (WgConfigPeer each : peers) {
      // Here, as [Interface] may stand below.
      if (each.publicKey != null && each.publicKey.equals(privateKey)) {
        problem(each.keyLine, "PublicKey", Fault.PRIVATE_KEY_AS_PEER);
        each.publicKey = null;
      }
      if (!each.hasKey) {
        problem(each.line, "PublicKey", Fault.KEY_MISSING);
      } else if (each.publicKey != null && !keys.add(each.publicKey)) {
        problem(each.keyLine, "PublicKey", Fault.DUPLICATE_KEY);
      }
      each.networks.forEach(
          (network, line) -> {
            if (prefixes.contains(network)) {
              problem(line, "AllowedIPs", Fault.DUPLICATE_ALLOWED_IP);
            }
          });
      prefixes.addAll(each.networks.keySet());
    }
    return new WgConfig(
        host,
        at,
        iface,
        publicKey,
        List.copyOf(addresses),
        listenPort,
        mtu,
        table,
        fwmark,
        List.copyOf(dns),
        List.copyOf(hooks),
        peers.stream().map(WgConfigPeer::fact).toList(),
        List.copyOf(problems));
  }

  private boolean ofInterface(int line, String key, String value) {
    switch (key) {
      case "privatekey" -> {
        if (readable(line, "PrivateKey", value)) {
          publicKey = secrets.publicKey(value);
          privateKey = value;
        }
      }
      case "address" -> prefixes(line, "Address", value, addresses);
      case "listenport" -> listenPort = number(line, "ListenPort", value, Numbers.port(value));
      case "mtu" -> mtu = number(line, "MTU", value, Numbers.upTo(65535, value));
      case "fwmark" -> fwmark = number(line, "FwMark", value, Numbers.mark(value));
      case "table" -> table = value.matches("[A-Za-z0-9_-]{1,32}") ? value : null;
      case "dns" -> {
        for (String word : value.split("[,\\s]+")) {
          if (Cidr.isAddress(word)) {
            dns.add(word);
          }
        }
      }
      case "preup" -> hooks.addAll(Hooks.of("PreUp", value, iface));
      case "postup" -> hooks.addAll(Hooks.of("PostUp", value, iface));
      case "predown" -> hooks.addAll(Hooks.of("PreDown", value, iface));
      case "postdown" -> hooks.addAll(Hooks.of("PostDown", value, iface));
      case "saveconfig" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean ofPeer(WgConfigPeer peer, int line, String key, String value) {
    switch (key) {
      case "publickey" -> {
        peer.hasKey = true;
        peer.keyLine = line;
        peer.publicKey = readable(line, "PublicKey", value) ? value : null;
      }
      case "presharedkey" -> {
        boolean readable = readable(line, "PresharedKey", value) || value.equals("(hidden)");
        peer.presharedKey =
            readable
                ? secrets.presharedKey(value)
                : value.isEmpty() ? PresharedKey.UNKNOWN : PresharedKey.PRESENT;
      }
      case "endpoint" -> peer.endpoint = endpoint(line, value);
      case "allowedips" -> {
        List<String> read = new ArrayList<>();
        prefixes(line, "AllowedIPs", value, read);
        for (String prefix : read) {
          peer.allowedIps.add(prefix);
          String network = Cidr.network(prefix);
          if (network != null) {
            peer.networks.putIfAbsent(network, line);
          }
          if (Cidr.hasHostBits(prefix)) {
            problem(line, "AllowedIPs", Fault.HOST_BITS_SET);
          }
        }
      }
      case "persistentkeepalive" ->
          peer.keepalive =
              value.equalsIgnoreCase("off")
                  ? Integer.valueOf(0)
                  : number(line, "PersistentKeepalive", value, Numbers.port(value));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether the value is a key; says so when it is a broken one, not when it was hidden. */
  private boolean readable(int line, String keyword, String value) {
    if (value.isEmpty()) {
      problem(line, keyword, Fault.KEY_MISSING);
      return false;
    }
    if (Secrets.isKey(value)) {
      return true;
    }
    // Twenty characters of base64 with some variety are a key that lost a part; xxxxx= is not.
    boolean base64 = value.matches("[A-Za-z0-9+/]{20,80}={0,2}");
    if (base64 && value.chars().distinct().count() >= 12) {
      problem(line, keyword, Fault.KEY_MALFORMED);
    }
    return false;
  }

  private void prefixes(int line, String keyword, String value, List<String> into) {
    boolean malformed = false;
    for (String part : value.split(",")) {
      // wg drops blanks, so two prefixes without a comma become one wrong one (config.c).
      String entry = part.replaceFirst("^\\s*[+-]", "").strip();
      String first = entry.split("\\s+", 2)[0];
      boolean several = keyword.equals("Address") && entry.split("\\s+").length > 1;
      if (several) {
        for (String word : entry.split("\\s+")) {
          prefixes(line, keyword, word, into);
        }
      } else if (ADDRESS_LIKE.matcher(entry).matches()
          ? Cidr.isPrefix(entry)
          : Cidr.isPrefix(first)) {
        into.add(first);
      } else {
        malformed |= ADDRESS_LIKE.matcher(entry).matches();
      }
    }
    if (malformed) {
      problem(line, keyword, Fault.VALUE_MALFORMED);
    }
  }

  private @Nullable Endpoint endpoint(int line, String value) {
    String word = value.split("\\s+", 2)[0];
    Endpoint endpoint = Names.endpoint(word);
    boolean bare = Cidr.isAddress(word) || (Names.isHost(word) && word.contains("."));
    int colon = word.lastIndexOf(':');
    String name = colon < 0 ? "" : word.substring(0, colon);
    String port = word.substring(colon + 1);
    boolean wrongPort =
        (Cidr.isAddress(name) || Names.isHost(name))
            && port.matches("\\d*")
            && Numbers.port(port) == null;
    boolean nameless = colon == 0 || name.equals("[]");
    if (word.isEmpty() || nameless || bare || wrongPort) {
      problem(line, "Endpoint", Fault.VALUE_MALFORMED);
      return null;
    }
    return endpoint != null ? endpoint : redacted(value);
  }

  /** There is one, and its address was made unreadable by hand; its port perhaps not. */
  private static Endpoint redacted(String value) {
    Integer port = Numbers.port(value.substring(value.lastIndexOf(':') + 1).strip());
    return new Endpoint(Word.HIDDEN, port == null ? 0 : port);
  }

  private @Nullable Integer number(int line, String keyword, String value, @Nullable Integer read) {
    if (read != null) {
      return read;
    }
    String word = value.split("\\s+", 2)[0];
    Integer first = keyword.equals("FwMark") ? Numbers.mark(word) : Numbers.port(word);
    if (first == null && (word.isEmpty() || word.matches("[-0-9.,]+"))) {
      problem(line, keyword, Fault.VALUE_MALFORMED);
    }
    return first;
  }

  private void problem(int line, String keyword, Fault fault) {
    problems.add(new WgConfig.Problem(line, keyword, fault));
  }
}
