package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A call of ip(8), whose objects may be shortened ({@code ip a}, {@code ip ro}).
 *
 * @param object {@code address}, {@code link}, {@code route}, {@code rule}, {@code neighbour}, …;
 *     empty when it is not a call of ip
 * @param words the words after the object, up to the end of the command
 * @param ipv6 whether {@code -6} was asked for
 */
record IpCommand(String object, List<String> words, boolean ipv6) {
  /** In the order in which ip itself resolves shortened names (iproute2, ip.c). */
  private static final List<String> OBJECTS =
      List.of(
          "address",
          "addrlabel",
          "maddress",
          "route",
          "rule",
          "neighbour",
          "neighbor",
          "ntable",
          "ntbl",
          "link",
          "l2tp",
          "netns",
          "monitor",
          "tunnel",
          "xfrm");

  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of("-n", "-netns", "-b", "-batch", "-rc", "-rcvbuf", "-l", "-loops", "-f", "-family");

  static IpCommand of(CommandLine command) {
    List<String> words = new ArrayList<>();
    String object = "";
    boolean ipv6 = false;
    if (!command.program().equals("ip")) {
      return new IpCommand(object, words, ipv6);
    }
    for (int i = 0; i < command.arguments().size(); i++) {
      String word = command.arguments().get(i);
      boolean last =
          word.endsWith(";") || word.equals("|") || word.equals("||") || word.equals("&&");
      word = last ? word.replaceAll("[;|&]+$", "") : word;
      if (object.isEmpty() && word.startsWith("-")) {
        ipv6 |= word.equals("-6") || word.equals("inet6");
        i += OPTIONS_WITH_VALUE.contains(word) ? 1 : 0;
      } else if (object.isEmpty()) {
        object = fullName(word);
      } else if (!word.isEmpty()) {
        words.add(word);
      }
      if (last) {
        break;
      }
    }
    return new IpCommand(object, List.copyOf(words), ipv6);
  }

  private static String fullName(String shortened) {
    return OBJECTS.stream()
        .filter(object -> !shortened.isEmpty() && object.startsWith(shortened))
        .findFirst()
        .map(object -> object.equals("neighbor") ? "neighbour" : object)
        .orElse("");
  }

  /** Whether it only shows: {@code ip addr}, {@code ip link show dev wg0}. */
  boolean shows(String what) {
    return object.equals(what)
        && (words.isEmpty()
            || !Set.of("add", "del", "delete", "change", "replace", "flush", "set", "get", "a", "d")
                .contains(words.get(0)));
  }

  /** The word after {@code option}; empty when it is not there. */
  String after(String option) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
  }
}
