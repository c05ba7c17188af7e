package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.workbench.Case;
import io.wgwhy.cli.workbench.CasePlay;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which rules and conditions the cases and recordings reach: {@code target/rule-coverage.md}. A
 * rule that nothing reaches breaks the build: add a case beside it.
 */
class CoverageTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final Path REPORT = Path.of("target", "rule-coverage.md");

  /** Moments of each recording at which is looked. */
  private static final int MOMENTS = 2;

  private static final Coverage COVERAGE = new Coverage(RULES);

  @BeforeAll
  static void reach() throws IOException {
    CasePlay play = new CasePlay(RULES, Recorded.RECORDINGS);
    for (Path file : PackFiles.cases(CasesTest.PACK)) {
      String name = file.getParent().getFileName() + "/" + file.getFileName();
      play.play(
          Case.read(file),
          session -> COVERAGE.add(name, Judged.of(session)),
          session -> COVERAGE.add(name, Judged.of(session)));
    }
    Stream.concat(Recorded.all(), Recorded.lab())
        .flatMap(it -> Stream.of(it, it.from("cli"), it.from("srv")))
        .filter(it -> !it.observations().isEmpty())
        .forEach(it -> Judged.at(it, MOMENTS, seen -> COVERAGE.add("recording " + it, seen)));
    Files.writeString(REPORT, COVERAGE.markdown());
    System.out.println(COVERAGE.line() + ": " + REPORT.toAbsolutePath().normalize());
  }

  @Test
  void every_rule_is_reached_by_a_case_or_a_recording() {
    assertThat(COVERAGE.neverFired()).isEmpty();
  }

  @Test
  void a_rule_that_nothing_reaches_would_be_noticed() {
    Coverage nothing = new Coverage(RULES);
    nothing.add(
        "a tunnel without a trouble",
        new Judged(List.of(new Symptom("t", Symptom.Kind.NAMES_FAIL))));

    assertThat(nothing.neverFired()).hasSameSizeAs(RULES.rules());
  }
}
