package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tcpdump command asked for (tcpdump(8), pcap-filter(7)).
 *
 * @param device null when not named
 * @param direction BOTH without {@code -Q}
 * @param limit {@code -c}: it stops after so many packets; null without
 * @param filter whether the filter lets any handshake message and ICMP error through
 * @param data whether it lets any other UDP packet through, too
 * @param port the port when the filter is {@code udp port N} and no more; null otherwise
 */
record TcpdumpCommand(
    @Nullable String device,
    Direction direction,
    @Nullable Integer limit,
    Answer filter,
    Answer data,
    @Nullable Integer port) {
  /** Options with a value, the value glued to them or standing in the next word. */
  private static final Pattern WITH_VALUE =
      Pattern.compile("-([A-Za-z]*?)([BcCDEFGijmMQPrsTVwWyzZ])(\\S*)");

  private static final Set<String> LONG_WITH_VALUE =
      Set.of("--interface", "--direction", "--count");

  /** Where a pipe or the next command begins. */
  private static final Pattern END = Pattern.compile("[|;&].*|\\d?>.*");

  /** What may be left out without losing UDP or ICMP: {@code not port 22}, {@code not arp}. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "not (?:tcp|arp|stp|rarp|(?:tcp )?(?:dst |src )?port (?:22|ssh)|tcp port \\w+)");

  private static final Pattern UDP_PORT =
      Pattern.compile("(?:udp and |udp )?(?:dst )?port (\\d{1,5})(?: and udp)?");

  private static final String HANDSHAKES = plain(HandshakeFilter.EXPRESSION);

  static TcpdumpCommand of(CommandLine command) {
    String device = null;
    Direction direction = Direction.BOTH;
    Integer limit = null;
    List<String> expression = new ArrayList<>();
    List<String> words = command.arguments();
    for (int i = 0; i < words.size() && !END.matcher(words.get(i)).matches(); i++) {
      String word = words.get(i);
      String option = null;
      String value = "";
      Matcher shortOption = WITH_VALUE.matcher(word);
      int equals = word.indexOf('=');
      if (word.startsWith("--")) {
        option = equals < 0 ? word : word.substring(0, equals);
        value = equals < 0 ? "" : word.substring(equals + 1);
        if (equals < 0 && LONG_WITH_VALUE.contains(word) && i + 1 < words.size()) {
          value = words.get(++i);
        }
      } else if (shortOption.matches()) {
        option = "-" + shortOption.group(2);
        value = shortOption.group(3);
        if (value.isEmpty() && i + 1 < words.size()) {
          value = words.get(++i);
        }
      } else if (!word.startsWith("-")) {
        expression.add(word);
        continue;
      }
      if (option == null) {
        continue;
      }
      switch (option) {
        case "-i", "--interface" -> device = Word.of(value);
        case "-Q", "-P", "--direction" -> direction = direction(value);
        case "-c", "--count" -> limit = Numbers.small(value);
        default -> {}
      }
    }
    boolean known = command.program().equals("tcpdump");
    if (!known) {
      return new TcpdumpCommand(device, direction, limit, Answer.UNKNOWN, Answer.UNKNOWN, null);
    }
    String plain = plain(String.join(" ", expression));
    Answer wide = filter(plain);
    Answer handshakes = plain.equals(HANDSHAKES) ? Answer.YES : wide;
    Matcher port = UDP_PORT.matcher(plain);
    Integer only = port.matches() ? Numbers.port(port.group(1)) : null;
    return new TcpdumpCommand(device, direction, limit, handshakes, wide, only);
  }

  private static Direction direction(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "in" -> Direction.IN;
      case "out" -> Direction.OUT;
      default -> Direction.BOTH;
    };
  }

  private static String plain(String expression) {
    return expression
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\\\()'\"]", " ")
        .replace("&&", " and ")
        .replace("||", " or ")
        .replace("!", " not ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** YES only for filters that surely let both through; everything else counts as narrower. */
  private static Answer filter(String plain) {
    if (plain.isEmpty()) {
      return Answer.YES;
    }
    boolean wide =
        Arrays.stream(plain.split(" and "))
            .allMatch(part -> HARMLESS.matcher(part).matches() || letsBothThrough(part));
    return wide ? Answer.YES : Answer.NO;
  }

  private static boolean letsBothThrough(String part) {
    List<String> alternatives = Arrays.asList(part.split(" or "));
    return alternatives.contains("ip")
        || alternatives.contains("ip6")
        || (alternatives.contains("udp")
            && (alternatives.contains("icmp") || alternatives.contains("icmp6")));
  }
}
