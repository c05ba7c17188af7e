package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What commands printed, spoilt: no parser fails, and none takes longer than a sender may cost.
 * {@code -Dhostile=100000} tries more.
 */
class HostileOutputsTest {
  private static final int FEW = 3_000;
  private static final int FEW_LONG = 2;
  private static final int MANY = Integer.getInteger("hostile", 20_000);

  private static final int LONG = 512 * 1024;

  /**
   * Of a core, for so much text, by code that is not compiled yet, on a machine that does other
   * things as well; some 5 s are usual. What compares each line with all before it takes minutes.
   */
  private static final long MOST_MILLIS = 30_000;

  private final Parsers parsers = new Parsers(Secrets.withoutTenantKey());
  private final List<Golden> pairs =
      Golden.all().stream().filter(it -> !it.output().isBlank()).toList();

  @Test
  void no_parser_fails() {
    noParserFails(FEW);
  }

  @Test
  void none_takes_long_for_a_long_output() {
    noneTakesLong(FEW_LONG);
  }

  @Tag("slow")
  @Test
  void no_parser_fails_of_many() {
    noParserFails(MANY);
  }

  @Tag("slow")
  @Test
  void none_takes_long_for_many_long_outputs() {
    noneTakesLong(MANY / 500);
  }

  static Stream<Arguments> costly() {
    String zone = "config zone\n\toption name 'wan'\n\tlist network 'wan'\n\n";
    return Stream.of(
        arguments("peers of as many interfaces", "", of("config wireguard_a%d\n")),
        arguments("options of one rule", "", zone + "config rule\n" + of("\toption x%d '1'\n")),
        arguments(
            "blanks in an option", "", zone + of("\toption x%d a" + " ".repeat(1_900) + "b\n")),
        arguments("blank lines", "", "first" + "\n".repeat(LONG) + "last"),
        arguments(
            "members of a list, and rules that name it",
            "",
            "/interface list member\n"
                + of("add interface=e%d list=WAN\n").substring(0, LONG / 2)
                + "\n/ip firewall filter\n"
                + of("add action=drop chain=input in-interface-list=WAN src-port=%d\n")),
        arguments("one line", "", "from ".repeat(LONG / 5)),
        arguments("one word", "", "i".repeat(LONG)),
        arguments("one word for ping", "ping", "PING " + "a".repeat(LONG)),
        arguments("lines that nobody knows", "", of("line %d\n")),
        arguments("one output below the other", "", of("net.ipv4.ip_forward = %d\n\n")),
        arguments(
            "traces below each other",
            "traceroute",
            of("traceroute to 10.0.0.1 (10.0.0.1), %d hops max\n")));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void none_takes_long_for(String what, String command, String output) {
    Observation observation =
        new Observation(1795350600.25, "cli", command, null, output, null, null, null);
    assertThat(millis(observation)).as(what).isLessThan(MOST_MILLIS);
  }

  /** As many lines as it takes, each with another number. */
  private static String of(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < LONG; i++) {
      text.append(String.format(Locale.ROOT, line, i));
    }
    return text.toString();
  }

  private void noParserFails(int outputs) {
    Random random = new Random(7);
    SpoiltOutputs spoilt = new SpoiltOutputs(random, pairs.stream().map(Golden::output).toList());
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      Golden pair = any(random);
      Observation observation = observation(random, pair, spoilt.of(pair.output()));
      for (Unread unread : parsers.parse(observation).unread()) {
        if (unread.reason().contains(" failed: ")) {
          failed.add(
              unread.reason() + " of " + observation.command() + ":\n" + observation.output());
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  private void noneTakesLong(int outputs) {
    Random random = new Random(11);
    SpoiltOutputs spoilt = new SpoiltOutputs(random, pairs.stream().map(Golden::output).toList());
    List<String> slow = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      Golden pair = any(random);
      Observation observation = observation(random, pair, spoilt.of(pair.output(), LONG));
      long millis = millis(observation);
      // Once is chance: a collection, or a parser that is compiled.
      if (millis > MOST_MILLIS && millis(observation) > MOST_MILLIS) {
        String start = observation.output().substring(0, 300);
        slow.add(millis + " ms for " + observation.command() + ":\n" + start);
      }
    }
    assertThat(slow).isEmpty();
  }

  private Golden any(Random random) {
    return pairs.get(random.nextInt(pairs.size()));
  }

  /** Under the command that printed it, under another one, or under none. */
  private Observation observation(Random random, Golden pair, String output) {
    return switch (random.nextInt(4)) {
      case 0 -> Parsers.with(pair.observation(), "", null, output);
      case 1 -> any(random).observation(output);
      default -> pair.observation(output);
    };
  }

  private long millis(Observation observation) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    parsers.parse(observation);
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
  }
}
