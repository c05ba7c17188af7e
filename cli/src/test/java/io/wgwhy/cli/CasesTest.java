package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case beside a rule: it fires, it stays silent, it clears. */
class CasesTest {
  private static final Path PACK = Path.of("..", "rules", "wireguard");
  private static final RuleBook RULES = RuleBook.builtIn();

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(PACK)) {
      return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void says_what_the_case_expects(Path file) {
    Case it = Case.read(file);
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    try (NetworkSession session = new NetworkSession("default", "default", RULES)) {
      List<Observation> seen = it.observations();
      feed(session, parsers, seen);
      check(it.expect(), session.findings());
      if (it.then() != null) {
        double begin = seen.isEmpty() ? 0 : Case.seconds(seen.get(0));
        if (it.then().observations() != null) {
          feed(
              session,
              parsers,
              it.then().observations().stream().map(line -> line.observation(begin)).toList());
        }
        if (it.then().heals()) {
          feed(session, parsers, Healing.of(seen));
        }
        assertThat(session.findings()).extracting(Finding::cause).as("after the repair").isEmpty();
      }
    }
  }

  private static void feed(NetworkSession session, Parsers parsers, List<Observation> seen) {
    seen.forEach(it -> parsers.parse(it).facts().forEach(session::accept));
    session.conclude();
  }

  private static void check(Case.Expect expect, List<Finding> findings) {
    if (expect.first() != null) {
      assertThat(findings).as("findings").isNotEmpty();
      Finding first = findings.get(0);
      assertThat(first.cause()).isEqualTo(expect.first().cause());
      if (expect.first().confidence() != null) {
        assertThat(first.confidence().name().toLowerCase(Locale.ROOT))
            .isEqualTo(expect.first().confidence());
      }
    }
    if (expect.none()) {
      assertThat(findings).extracting(Finding::cause).isEmpty();
    }
    if (expect.not() != null) {
      assertThat(findings).extracting(Finding::cause).doesNotContainAnyElementsOf(expect.not());
    }
  }
}
