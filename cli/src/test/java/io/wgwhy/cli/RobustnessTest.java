package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.workbench.Case;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a recording arrives, nothing wrong is ever confirmed, not for a moment, and nothing
 * breaks; and when all of it arrives in the end, the same is found.
 */
class RobustnessTest {
  /** Rounds for each recording and mishap; more are run by hand with {@code -Drobustness=50}. */
  private static final int ROUNDS = Integer.getInteger("robustness", 1);

  /** How long a network may hold an observation back, in seconds. */
  private static final double LATE = 3;

  private static final RuleBook RULES = RuleBook.builtIn();

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shuffled_within_seconds_the_same_is_found(Recorded recording) {
    List<String> inOrder = Delivered.of(recording.observations(), RULES).atTheEnd();
    each(
        recording,
        RobustnessTest::shuffled,
        it -> assertThat(it.atTheEnd()).containsExactlyInAnyOrderElementsOf(inOrder));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void delivered_twice_the_same_is_found(Recorded recording) {
    List<String> once = Delivered.of(recording.observations(), RULES).atTheEnd();
    each(
        recording,
        RobustnessTest::duplicated,
        it -> assertThat(it.atTheEnd()).containsExactlyElementsOf(once));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void with_a_third_lost_nothing_wrong_is_confirmed(Recorded recording) {
    each(recording, (all, random) -> kept(all, random, 2.0 / 3), it -> {});
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void with_a_third_lost_and_the_rest_shuffled_and_doubled_nothing_wrong_is_confirmed(
      Recorded recording) {
    each(
        recording,
        (all, random) -> duplicated(shuffled(kept(all, random, 2.0 / 3), random), random),
        it -> {});
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void without_logs_nothing_wrong_is_confirmed(Recorded recording) {
    List<Observation> silent =
        recording.observations().stream()
            .filter(it -> !it.command().startsWith("journalctl"))
            .toList();
    assertThat(Delivered.of(silent, RULES).confirmed()).isSubsetOf(recording.causes());
  }

  /** What is confirmed at a line is what is confirmed of a recording that is cut there. */
  @ParameterizedTest
  @MethodSource("recordings")
  void cut_at_any_line_nothing_wrong_is_confirmed(Recorded recording) {
    assertThat(Delivered.of(recording.observations(), RULES).confirmed())
        .isSubsetOf(recording.causes());
  }

  /** A file that ends in the middle of a line, as a full disk or a broken copy leaves it. */
  @ParameterizedTest
  @MethodSource("recordings")
  void cut_in_the_middle_of_a_line_the_rest_is_read(Recorded recording) throws IOException {
    byte[] all = Files.readAllBytes(Samples.RECORDINGS.resolve(recording.name() + ".jsonl"));
    Random random = random(recording, 0);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] part = Arrays.copyOf(all, random.nextInt(all.length));
      List<Observation> read = new ArrayList<>();
      List<Object> unread = new ArrayList<>();
      RecordingReader.read(new ByteArrayInputStream(part), read::add, unread::add);
      assertThat(unread).hasSizeLessThanOrEqualTo(1);
      assertThat(read).containsExactlyElementsOf(recording.observations().subList(0, read.size()));
    }
  }

  private interface Check {
    void on(Delivered said);
  }

  private static void each(
      Recorded recording, BiFunction<List<Arrival>, Random, List<Arrival>> mishap, Check check) {
    Parsers parsers = Delivered.parsers();
    List<Arrival> all = new ArrayList<>();
    for (Observation it : recording.observations()) {
      all.add(new Arrival(Case.seconds(it), Delivered.facts(parsers, it)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<Arrival> arrived = mishap.apply(all, random(recording, round));
      Delivered said = Delivered.ofFacts(arrived.stream().map(Arrival::facts).toList(), RULES);
      assertThat(said.confirmed()).as("round %d", round).isSubsetOf(recording.causes());
      check.on(said);
    }
  }

  private static Random random(Recorded recording, int round) {
    return new Random(recording.name().hashCode() * 31L + round);
  }

  /** Facts of one observation, and when they arrive. */
  private record Arrival(double at, List<Fact> facts) {}

  private static List<Arrival> shuffled(List<Arrival> all, Random random) {
    List<Map.Entry<Double, Arrival>> late = new ArrayList<>();
    all.forEach(it -> late.add(Map.entry(it.at() + random.nextDouble() * LATE, it)));
    late.sort(Comparator.comparingDouble(Map.Entry::getKey));
    return late.stream().map(Map.Entry::getValue).toList();
  }

  /** A third comes twice: at once, or again some seconds later. */
  private static List<Arrival> duplicated(List<Arrival> all, Random random) {
    List<Arrival> twice = new ArrayList<>();
    List<Arrival> again = new ArrayList<>();
    for (Arrival it : all) {
      twice.add(it);
      if (random.nextInt(3) == 0) {
        again.add(it);
      }
      if (random.nextInt(4) == 0) {
        Collections.shuffle(again, random);
        twice.addAll(again);
        again.clear();
      }
    }
    twice.addAll(again);
    return twice;
  }

  private static List<Arrival> kept(List<Arrival> all, Random random, double share) {
    return all.stream().filter(it -> random.nextDouble() < share).toList();
  }
}
