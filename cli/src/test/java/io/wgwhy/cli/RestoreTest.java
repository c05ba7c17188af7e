package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a session concludes follows from what it remembers alone: restored anywhere, fed what comes
 * twice or in another order within a moment, it ends with the same findings.
 */
class RestoreTest {
  /** Cuts of each recording; more are tried by hand with {@code -Drestores=200}. */
  private static final int CUTS = Integer.getInteger("restores", 10);

  private static final RuleBook RULES = RuleBook.builtIn();
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void restored_anywhere_a_session_ends_with_the_same_findings(Recorded recording)
      throws Exception {
    List<Fact> facts = facts(recording);
    String uninterrupted;
    try (NetworkSession session = session()) {
      facts.forEach(session::accept);
      session.conclude();
      uninterrupted = JSON.writeValueAsString(session.findings());
    }
    Random random = new Random(recording.name().hashCode());
    for (int i = 0; i < CUTS; i++) {
      int cut = random.nextInt(facts.size() + 1);
      assertThat(interrupted(facts, cut)).as("cut at %d", cut).isEqualTo(uninterrupted);
    }
  }

  private static String interrupted(List<Fact> facts, int cut) throws Exception {
    Map<String, List<Fact>> remembered = new TreeMap<>();
    Map<String, Long> held = new TreeMap<>();
    List<Finding> open;
    int over;
    try (NetworkSession first = session()) {
      for (Fact fact : facts.subList(0, cut)) {
        first.accept(fact);
        // Kept as a store keeps it: what changed, each time.
        first.remember((identity, samples) -> remembered.put(identity, List.copyOf(samples)));
        first
            .takeHeld()
            .forEach(
                (id, since) -> {
                  if (since == null) {
                    held.remove(id);
                  } else {
                    held.put(id, since);
                  }
                });
      }
      over = cut - first.waiting();
      open = first.findings();
    }
    try (NetworkSession second = session()) {
      second.restore(remembered.values().stream().flatMap(List::stream).toList(), open, held);
      facts.subList(over, facts.size()).forEach(second::accept);
      second.conclude();
      return JSON.writeValueAsString(second.findings());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void what_comes_twice_and_in_another_order_within_a_moment_changes_nothing(Recorded recording)
      throws Exception {
    List<Fact> facts = facts(recording);
    Random random = new Random(recording.name().hashCode());
    List<Fact> shuffled = new ArrayList<>();
    List<Fact> moment = new ArrayList<>();
    for (Fact fact : facts) {
      if (!moment.isEmpty()
          && (moment.get(0).at() != fact.at() || !moment.get(0).host().equals(fact.host()))) {
        add(moment, shuffled, random);
      }
      moment.add(fact);
    }
    add(moment, shuffled, random);
    assertThat(said(shuffled)).isEqualTo(said(facts));
  }

  private static void add(List<Fact> moment, List<Fact> to, Random random) {
    Collections.shuffle(moment, random);
    to.addAll(moment);
    to.addAll(moment.subList(0, random.nextInt(moment.size() + 1)));
    moment.clear();
  }

  /** All that was ever said, in its order. */
  private static List<String> said(List<Fact> facts) throws Exception {
    List<String> said = new ArrayList<>();
    try (NetworkSession session = session()) {
      for (Fact fact : facts) {
        session.accept(fact);
      }
      session.conclude().forEach(it -> said.add(it.toString()));
      said.add(JSON.writeValueAsString(session.findings()));
    }
    return said.stream().sorted().collect(Collectors.toList());
  }

  private static List<Fact> facts(Recorded recording) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    return recording.observations().stream()
        .flatMap(it -> parsers.parse(it).facts().stream())
        .toList();
  }

  private static NetworkSession session() {
    return new NetworkSession("default", "default", RULES);
  }
}
