package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.Secrets;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To skip what is calm changes nothing that is said. */
class CalmTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final Path RECORDINGS = Path.of("..", "recordings");
  private static final Path SYMPTOMS = Path.of("..", "rules", "wireguard", "symptoms.drl");

  /** What Calm compares of a trend, and what never changes. */
  private static final Set<String> COMPARED =
      Set.of(
          "tunnel",
          "role",
          "condition",
          "handshake",
          "endpointReturned",
          "onlyKeepalivesSent",
          "renewedTooOften",
          "handshakes");

  static Stream<Path> recordings() throws IOException {
    try (var files = Files.list(RECORDINGS)) {
      return files.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void with_everything_that_was_seen(Path recording) throws IOException {
    same(read(recording, any -> true));
  }

  /** With counters alone most judgements are skipped. */
  @ParameterizedTest
  @MethodSource("recordings")
  void with_counters_alone(Path recording) throws IOException {
    same(
        read(
            recording,
            it -> it instanceof WgPeer || it instanceof WgInterface || it instanceof WgInventory));
  }

  @Test
  void symptoms_look_at_nothing_else_of_a_trend() throws IOException {
    var trends = Pattern.compile("\\bTrend\\(([^)]*)\\)").matcher(Files.readString(SYMPTOMS));
    var names = new TreeSet<String>();
    while (trends.find()) {
      var fields = Pattern.compile("(?<![$\\w])(\\w+)\\s*(==|!=|<|>|,|$)").matcher(trends.group(1));
      while (fields.find()) {
        boolean isConstant = Character.isUpperCase(fields.group(1).charAt(0));
        if (!isConstant) {
          names.add(fields.group(1));
        }
      }
    }
    assertThat(names).isNotEmpty().isSubsetOf(COMPARED);
  }

  private static void same(List<Fact> facts) {
    assertThat(said(facts, true)).isEqualTo(said(facts, false));
  }

  private static List<Object> said(List<Fact> facts, boolean skipsTheCalm) {
    var said = new ArrayList<>();
    try (var session = new NetworkSession("acme", "home", RULES, skipsTheCalm, 0)) {
      for (Fact fact : facts) {
        session.accept(fact);
        said.addAll(session.concluded());
      }
      List<Finding> last = session.conclude();
      said.addAll(last);
      said.addAll(session.healthy());
    }
    return said;
  }

  private static List<Fact> read(Path recording, Predicate<Fact> wanted) throws IOException {
    var parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    var facts = new ArrayList<Fact>();
    try (var in = Files.newInputStream(recording)) {
      RecordingReader.read(
          in,
          it -> parsers.parse(it).facts().stream().filter(wanted).forEach(facts::add),
          unread -> {});
    }
    return facts;
  }
}
