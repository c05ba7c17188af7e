package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.workbench.Case;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Situations that look odd and are well ({@code rules/healthy}): not for a moment is there a
 * finding above a warning, from both ends and from either.
 */
class HealthyTest {
  private static final Path FOLDER = Path.of("..", "rules", "healthy");
  private static final RuleBook RULES = RuleBook.builtIn();

  static Stream<Path> situations() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void nothing_above_a_warning_is_said_at_any_moment(Path file) {
    Case it = Case.read(file);
    assertThat(it.expect().none()).as("what a healthy situation expects").isTrue();
    for (Set<String> hosts : Set.of(Set.of("cli", "srv"), Set.of("cli"), Set.of("srv"))) {
      Parsers parsers = Delivered.parsers();
      try (NetworkSession session = NetworkSession.hasty("default", "default", RULES)) {
        for (Observation seen : it.observations(Recorded.RECORDINGS)) {
          if (hosts.contains(seen.host())) {
            Delivered.facts(parsers, seen).forEach(session::accept);
            session.conclude();
            assertThat(session.findings())
                .as(
                    "seen by %s, after %s at %s on %s",
                    hosts, seen.command(), seen.at(), seen.host())
                .allSatisfy(
                    finding ->
                        assertThat(finding.severity())
                            .as(finding.cause())
                            .isEqualTo(Severity.WARNING));
          }
        }
      }
    }
  }
}
