package io.wgwhy.connectors.collect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Outputs that commands printed, spoilt as pastes, terminals and attackers spoil them. */
final class SpoiltOutputs {
  /** What stands where a number, a name or an address is expected. */
  private static final List<String> ODD =
      List.of(
          "",
          "0",
          "-1",
          "99",
          "255.0.255.0",
          "4294967296",
          "99999999999999999999999999",
          "0x",
          "1e400",
          "999.999.999.999",
          "::/0",
          "fe80::1%",
          "/",
          "/129",
          "10.0.0.0/-1",
          "[",
          "'",
          "\\",
          "{{{{",
          "\u0000\u202e\ufffd",
          "\ud800",
          "x".repeat(3_000));

  private final Random random;
  private final List<String> real;

  SpoiltOutputs(Random random, List<String> real) {
    this.random = random;
    this.real = real;
  }

  /** One that is about as long as the real one. */
  String of(String real) {
    String one = real;
    for (int i = 0; i <= random.nextInt(3); i++) {
      one = spoilt(one);
    }
    return one;
  }

  /**
   * One of at least so many characters: a part of a real one, over and over, on one line or many.
   */
  String of(String one, int length) {
    int from = random.nextInt(one.length());
    int to =
        from + 1 + random.nextInt(Math.min(one.length() - from, random.nextBoolean() ? 12 : 400));
    String part = one.substring(from, to);
    String all = random.nextBoolean() ? part.replace('\n', ' ') : part;
    int times = 1 + length / all.length();
    return switch (random.nextInt(3)) {
      case 0 -> all.repeat(times);
      case 1 -> one.substring(0, from) + all.repeat(times) + one.substring(from);
      default -> numbered(one.substring(0, from), all, times) + one.substring(from);
    };
  }

  /** Each of them another one: what is looked up among all that came before takes its time. */
  private static String numbered(String before, String part, int times) {
    StringBuilder text = new StringBuilder(before);
    for (int i = 0; i < times; i++) {
      text.append(part.replaceAll("\\d+", String.valueOf(i % 65_536)));
    }
    return text.toString();
  }

  private String any() {
    return real.get(random.nextInt(real.size()));
  }

  private String spoilt(String one) {
    return switch (random.nextInt(7)) {
      case 0 -> one.substring(0, random.nextInt(one.length() + 1));
      case 1 -> spliced(one, any());
      case 2 -> shuffled(one);
      case 3 -> without(one);
      default -> exchanged(one);
    };
  }

  private String spliced(String one, String other) {
    return one.substring(0, random.nextInt(one.length() + 1))
        + other.substring(random.nextInt(other.length()));
  }

  private String shuffled(String one) {
    List<String> lines = new ArrayList<>(List.of(one.split("\n", -1)));
    Collections.shuffle(lines, random);
    return String.join("\n", lines);
  }

  private String without(String one) {
    List<String> lines = new ArrayList<>(List.of(one.split("\n", -1)));
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines);
  }

  /** A word, or a part of one, for another. */
  private String exchanged(String one) {
    List<String> words =
        new ArrayList<>(List.of(one.split("(?<=[\\s=:,/.'\"])|(?=[\\s=:,/.'\"])")));
    String odd = ODD.get(random.nextInt(ODD.size()));
    words.set(random.nextInt(words.size()), odd);
    return String.join("", words);
  }
}
