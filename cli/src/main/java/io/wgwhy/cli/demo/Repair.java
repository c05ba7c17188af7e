package io.wgwhy.cli.demo;

import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the hosts of an incident would print after its repair: the same commands, fresh handshakes,
 * counters that move, questions that are answered. Nobody tells the engine that it was repaired.
 */
final class Repair {
  /** Looks at the tunnel, and seconds between them, as a collector would take them. */
  private static final int ROUNDS = 4;

  private static final double INTERVAL = 10;

  /** Bytes that a tunnel in use carries between two looks, at least. */
  private static final long TRAFFIC = 1000;

  private Repair() {}

  static List<Observation> after(List<Observation> incident) {
    double end = incident.stream().mapToDouble(it -> it.atMillis() / 1000.0).max().orElse(0);
    Map<String, Observation> last = new LinkedHashMap<>();
    incident.forEach(it -> last.put(it.host() + " " + it.command(), it));
    List<Observation> after = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      double now = end + INTERVAL * round;
      for (Observation before : last.values()) {
        if (before.command().equals("wg show all dump")) {
          after.add(printed(before, now, dump(before.output(), now, round)));
        }
      }
      if (round == 2) {
        for (Observation before : last.values()) {
          String answer = answer(before.command());
          if (!answer.isEmpty()) {
            after.add(printed(before, now + 1, answer));
          }
        }
      }
    }
    return after;
  }

  private static Observation printed(Observation before, double now, String output) {
    return new Observation(now, before.host(), before.command(), 0, output, null, null, null);
  }

  private static String dump(String before, double now, int times) {
    return before
        .lines()
        .map(line -> peer(line.split("\t", -1), now, times))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * A peer has nine columns (wg(8), "dump"); without an endpoint there is nobody to shake hands.
   */
  private static String peer(String[] columns, double now, int times) {
    if (columns.length == 9 && !columns[3].equals("(none)")) {
      columns[5] = Long.toString(Math.round(now) - 1);
      columns[6] = Long.toString(Long.parseLong(columns[6]) + TRAFFIC * times);
      columns[7] = Long.toString(Long.parseLong(columns[7]) + TRAFFIC * times);
    }
    return String.join("\t", columns);
  }

  private static String answer(String command) {
    String[] words = command.split(" ");
    String target = words[words.length - 1];
    return switch (words[0]) {
      case "ping" ->
          """
          PING %1$s (%1$s) 56(84) bytes of data.
          64 bytes from %1$s: icmp_seq=1 ttl=64 time=1.02 ms

          --- %1$s ping statistics ---
          1 packets transmitted, 1 received, 0%% packet loss, time 0ms
          """
              .formatted(target);
      case "curl" -> "http=200 bytes=115000 time=0.007 remote=192.0.2.80 err=\n";
      case "dig" -> "192.0.2.80\n";
      default -> "";
    };
  }
}
