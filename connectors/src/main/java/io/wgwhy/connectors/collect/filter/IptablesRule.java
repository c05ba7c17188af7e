package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as a command writes it: {@code -i eth0 -p udp -m udp --dport 51820 -j ACCEPT}
 * (iptables(8), iptables-extensions(8)).
 */
final class IptablesRule {
  /** Modules that add no condition of their own, or whose conditions are read below. */
  private static final Set<String> KNOWN =
      Set.of(
          "tcp",
          "udp",
          "multiport",
          "conntrack",
          "state",
          "comment",
          "addrtype",
          "mark",
          "icmp",
          "icmp6",
          "ipv6-icmp",
          "iprange");

  private final List<String> words;
  private final RuleDraft draft = new RuleDraft();
  private final Set<String> chains;
  private int at;
  private boolean inverted;

  /**
   * @param chains the table's chains as far as they are known, so that a jump can be told from a
   *     target that is not understood; empty when they were not listed
   */
  IptablesRule(List<String> words, Set<String> chains) {
    this.words = words;
    this.chains = chains;
    while (at < words.size()) {
      option(words.get(at++));
    }
  }

  RuleDraft draft() {
    return draft;
  }

  /** The words of a line, quoted ones as one (iptables-save quotes with a backslash inside). */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    words.removeIf(String::isEmpty);
    return words;
  }

  private void option(String option) {
    switch (option) {
      case "!" -> {
        inverted = true;
        return;
      }
      case "-i", "--in-interface" -> put(Field.INPUT_DEVICE, List.of(device(value())));
      case "-o", "--out-interface" -> put(Field.OUTPUT_DEVICE, List.of(device(value())));
      case "-s", "--source" -> put(Field.SOURCE_ADDRESS, prefixes(value()));
      case "-d", "--destination" -> put(Field.DESTINATION_ADDRESS, prefixes(value()));
      case "--src-range" -> put(Field.SOURCE_ADDRESS, List.of(Word.of(value())));
      case "--dst-range" -> put(Field.DESTINATION_ADDRESS, List.of(Word.of(value())));
      case "-p", "--protocol" -> {
        String protocol = value();
        if (!protocol.equals("all") && !protocol.equals("0")) {
          put(Field.PROTOCOL, List.of(Services.protocol(protocol)));
        }
      }
      case "--dport", "--dports", "--destination-port", "--destination-ports" ->
          put(Field.DESTINATION_PORT, ports(value()));
      case "--sport", "--sports", "--source-port", "--source-ports" ->
          put(Field.SOURCE_PORT, ports(value()));
      case "--ctstate", "--state" -> put(Field.CONNECTION_STATE, states(value()));
      case "--dst-type" -> put(Field.DESTINATION_TYPE, lower(value()));
      case "--mark" -> put(Field.MARK, mark(value()));
      case "-m", "--match" -> {
        String module = value();
        if (!KNOWN.contains(module)) {
          draft.other(module);
          skipValues(true);
        }
      }
      case "-j", "--jump", "-g", "--goto" -> target(option);
      case "-c", "--set-counters" -> {
        draft.packets(Numbers.whole(value()));
        value();
      }
      case "--comment" -> value();
      default -> {
        // An option of a known module that is not read, or a word that does not belong here.
        draft.other(option.matches("--?[a-z0-9-]+") ? option.replaceFirst("^-+", "") : "option");
        skipValues(false);
      }
    }
    inverted = false;
  }

  /** The options behind the target are its own, up to the end of the line. */
  private void target(String option) {
    String target = value();
    String address = null;
    for (; at < words.size(); at++) {
      boolean to = words.get(at).matches("--to(-destination|-source)?");
      address = to && at + 1 < words.size() ? Word.of(words.get(at + 1)) : address;
    }
    IptablesTarget.verdict(
        draft, target, option.equals("-g") || option.equals("--goto"), address, chains);
  }

  private void put(Field field, @Nullable List<String> values) {
    draft.match(field, inverted, values);
  }

  private String value() {
    // An old way to invert: "-s ! 10.0.0.0/8".
    if (at < words.size() && words.get(at).equals("!")) {
      inverted = true;
      at++;
    }
    return at < words.size() ? words.get(at++) : Word.HIDDEN;
  }

  /**
   * Skips the values of an option, for a whole module its options too: up to the next option that
   * is known.
   */
  private void skipValues(boolean module) {
    while (at < words.size()) {
      String word = words.get(at);
      if (word.matches("-[a-z]|--jump|--goto|--match")
          || (!module && (word.startsWith("-") || word.equals("!")))) {
        return;
      }
      if (word.equals("!") && at + 1 < words.size() && words.get(at + 1).matches("-[a-z]")) {
        return;
      }
      at++;
    }
  }

  /** iptables writes a wildcard as {@code tun+}. */
  static String device(String name) {
    return Word.of(name.endsWith("+") ? name.substring(0, name.length() - 1) + "*" : name);
  }

  private static List<String> prefixes(String text) {
    return Arrays.stream(text.split(",")).map(IptablesRule::prefix).toList();
  }

  /** {@code 10.0.0.0/255.0.0.0} with a prefix length instead of the mask. */
  static String prefix(String text) {
    int slash = text.indexOf('/');
    boolean mask = slash > 0 && text.indexOf('.', slash) > 0;
    return Word.of(
        mask
            ? text.substring(0, slash) + "/" + Cidr.prefixLength(text.substring(slash + 1), false)
            : text);
  }

  static @Nullable List<String> ports(String text) {
    List<String> ports = new ArrayList<>();
    for (String each : text.split(",")) {
      // "1000:" and ":2000" are open ranges.
      String range = each.startsWith(":") ? "0" + each : each.endsWith(":") ? each + "65535" : each;
      String port = Services.ports(range, ':');
      if (port == null) {
        return null;
      }
      ports.add(port);
    }
    return ports;
  }

  /** DNAT and SNAT are no states of a connection but of its translation: not understood. */
  static @Nullable List<String> states(String text) {
    List<String> states = lower(text);
    return states.contains("dnat") || states.contains("snat") ? null : states;
  }

  static List<String> lower(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split(",")).map(Word::of).toList();
  }

  /** A mark without a mask, or with one that changes nothing. */
  static @Nullable List<String> mark(String text) {
    Long mark = Numbers.whole(text.replaceFirst("/0x[fF]{8}$", ""));
    return mark == null ? null : List.of(mark.toString());
  }
}
