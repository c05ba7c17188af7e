package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code cat /etc/wireguard/wg0.conf} and {@code wg showconf wg0}: the configuration of wg-quick(8)
 * and wg(8), "Configuration file format".
 *
 * <pre>
 * [Interface]
 * PrivateKey = PRIVATE-KEY
 * Address = 10.66.66.1/24
 * ListenPort = 51820
 * PostUp = iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
 *
 * [Peer]
 * PublicKey = vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=
 * AllowedIPs = 10.66.66.2/32
 * </pre>
 *
 * Keywords in any case, blanks round {@code =} or none, remarks behind {@code #}. Values that were
 * made unreadable by hand are unknown, not wrong.
 */
public final class WgConfigParser implements Parser {
  private static final Pattern HEADER =
      Pattern.compile("\\[ *(interface|peer) *]", Pattern.CASE_INSENSITIVE);

  private static final Pattern OWN =
      Pattern.compile(
          "(?im)^[ \\t]*(?:\\[(?:interface|peer)][ \\t]*(?:#.*)?\\r?$"
              + "|(?:PrivateKey|PublicKey|PresharedKey|AllowedIPs|PersistentKeepalive|ListenPort|Endpoint"
              + "|PostUp|PostDown|PreUp|PreDown)"
              + "[ \\t]*=)");

  /** NixOS' own language, which has the words of wg with quotes, brackets and semicolons. */
  private static final Pattern NIX =
      Pattern.compile(
          "(?m)\\b(?:listenPort\\s*=\\s*\\d{1,5};|(?:publicKey|endpoint|privateKeyFile)\\s*=\\s*\"|allowedIPs\\s*=\\s*\\[)");

  /** Settings of a script, as PiVPN shows them before the file: {@code PLAT=Raspbian}. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?!(?i:PrivateKey|PublicKey|PresharedKey|AllowedIPs|PersistentKeepalive|ListenPort|Endpoint|Address"
              + "|DNS|MTU|Table|FwMark|SaveConfig|(?:Pre|Post)(?:Up|Down))=)[A-Za-z_]\\w{1,40}=\\S?.*");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "wg" -> command.has("showconf");
      case "wg-quick" -> command.has("strip");
      case "cat", "less", "more", "head", "tail", "grep", "nano", "vi", "vim" ->
          command.arguments().stream().anyMatch(WgConfigParser::isPath);
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find()
        && !NetworkdParser.isNetworkd(output)
        && !NIX.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<String> names = names(command);
    List<WgConfigText> files = new ArrayList<>();
    WgConfigText file = null;
    int number = 0;
    boolean begun = false;
    for (String raw : OutputLines.of(observation.output())) {
      number++;
      String line = raw.strip();
      boolean header = HEADER.matcher(withoutRemark(line)).matches();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      begun |= header;
      if (!begun && VARIABLE.matcher(line).matches()) {
        reading.skip(number, "neither a section nor keyword = value");
        continue;
      }
      if (file == null || (header && isInterface(line) && file.hasInterface())) {
        // One output may hold several files: each has one [Interface].
        String name = names.size() > files.size() ? names.get(files.size()) : "?";
        file = new WgConfigText(name, reading.secrets());
        files.add(file);
      }
      if (header) {
        file.section(number, isInterface(line));
      } else if (line.indexOf('=') > 0) {
        int equals = line.indexOf('=');
        begun = true;
        String keyword = line.substring(0, equals).replaceAll("\\s", "");
        String value = line.substring(equals + 1).strip();
        // A hook is a command: it may hold a #.
        file.line(number, keyword, WgConfigText.isHook(keyword) ? value : withoutRemark(value));
      } else {
        reading.skip(number, "neither a section nor keyword = value");
      }
    }
    if (files.isEmpty()) {
      reading.skip(0, "an empty configuration");
    }
    files.forEach(read -> reading.add(read.fact(observation.host(), observation.atMillis())));
  }

  private static boolean isInterface(String header) {
    return header.toLowerCase(Locale.ROOT).contains("interface");
  }

  private static String withoutRemark(String text) {
    int remark = text.indexOf('#');
    return (remark < 0 ? text : text.substring(0, remark)).strip();
  }

  private static boolean isPath(String word) {
    return word.contains("/wireguard/") || word.matches("(?:.*/)?(?:wg|tun|utun)[\\w-]*\\.conf");
  }

  /** The interfaces that the command names; empty when it names them by a pattern. */
  private static List<String> names(CommandLine command) {
    if (command.has("showconf")) {
      String name = command.after("showconf");
      return Names.isDevice(name) ? List.of(name) : List.of();
    }
    List<String> names = new ArrayList<>();
    for (String word : command.arguments()) {
      if (isPath(word)) {
        String name = word.substring(word.lastIndexOf('/') + 1).replaceFirst("\\.conf$", "");
        if (!Names.isDevice(name)) {
          return List.of();
        }
        names.add(name);
      }
    }
    return names;
  }
}
