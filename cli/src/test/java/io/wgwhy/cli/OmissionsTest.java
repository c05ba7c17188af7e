package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is left out of what was seen (commands, an end, the beginning, the end, most of it at
 * random): less is said, or less surely, and nothing wrong is ever confirmed, not for a moment.
 */
class OmissionsTest {
  /** Rounds for each recording; more are run by hand with {@code -Domissions=200}. */
  private static final int ROUNDS = Integer.getInteger("omissions", 12);

  private static final RuleBook RULES = RuleBook.builtIn();

  private record Seen(String what, String host, List<Fact> facts) {}

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void nothing_confirmed_is_wrong_whatever_was_not_seen(Recorded recording) {
    Parsers parsers = Delivered.parsers();
    List<Seen> all = new ArrayList<>();
    for (Observation it : recording.observations()) {
      String what = it.host() + " " + it.command().replaceAll("[ .0-9]+[0-9].*", "");
      all.add(new Seen(what, it.host(), Delivered.facts(parsers, it)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<Seen> some = some(all, new Random(recording.name().hashCode() * 31L + round));
      assertThat(Delivered.ofFacts(some.stream().map(Seen::facts).toList(), RULES).confirmed())
          .as("%s, round %d", recording.name(), round)
          .isSubsetOf(recording.causes());
    }
  }

  private static List<Seen> some(List<Seen> all, Random random) {
    Set<String> kinds = new TreeSet<>();
    all.forEach(it -> kinds.add(it.what()));
    double share = random.nextDouble() * 0.8;
    Set<String> left = new TreeSet<>(kinds);
    left.removeIf(it -> random.nextDouble() < share);
    String onlyHost = random.nextInt(4) > 0 ? "" : random.nextBoolean() ? "cli" : "srv";
    int to = random.nextInt(3) > 0 ? all.size() : random.nextInt(all.size()) + 1;
    int from = random.nextInt(4) > 0 ? 0 : random.nextInt(to);
    double kept = random.nextInt(5) > 0 ? 1 : 0.15;
    return all.subList(from, to).stream()
        .filter(it -> left.contains(it.what()) && it.host().startsWith(onlyHost))
        .filter(it -> random.nextDouble() < kept)
        .toList();
  }
}
