package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Observation;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What commands printed, spoilt: no parser fails, and none takes longer than a sender may cost.
 * {@code -Dhostile=100000} tries more.
 */
class HostileOutputsTest {
  private static final int FEW = 3_000;
  private static final int FEW_LONG = 40;
  private static final int MANY = Integer.getInteger("hostile", 20_000);

  private static final int LONG = 256 * 1024;

  /** Of a core, for so much text: 1 s per MB, and as much again for what is not compiled yet. */
  private static final long MOST_MILLIS = 500;

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
    noneTakesLong(MANY / 50);
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
          failed.add(unread.reason() + " of " + observation.command() + ":\n" + observation.output());
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
