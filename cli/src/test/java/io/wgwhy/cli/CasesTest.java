package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case beside a rule: it fires, it stays silent, it clears. */
class CasesTest {
  private static final RuleBook RULES = RuleBook.builtIn();

  /** Judging all cases takes no longer than a sip of coffee; measured without what else runs. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static Duration taken = Duration.ZERO;
  private static int played;

  static Stream<Path> cases() {
    return CasePlay.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void says_what_the_case_expects(Path file) {
    long begin = cpu();
    Case it = Case.read(file);
    CasePlay.play(
        it,
        RULES,
        seen -> check(it.expect(), seen.findings()),
        repaired ->
            assertThat(repaired.findings())
                .filteredOn(left -> left.isFault() || isTheOne(it, left))
                .extracting(Finding::cause)
                .as("after the repair")
                .isEmpty());
    taken = taken.plusNanos(cpu() - begin);
    played++;
  }

  @AfterAll
  static void all_of_them_are_judged_in_the_time_of_a_sip_of_coffee() {
    System.out.printf(
        "%d cases judged in %.1f s of CPU time (at most %d s)%n",
        played, taken.toMillis() / 1000.0, LONGEST.toSeconds());
    assertThat(taken).isLessThan(LONGEST);
  }

  /**
   * Of a risk the warning itself goes. What heals by the recording's own commands leaves the file
   * as it was: that another warning says so is right.
   */
  private static boolean isTheOne(Case it, Finding left) {
    return !it.then().heals() && left.cause().equals(it.expect().first().cause());
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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
    if (expect.first() != null && expect.first().severity() != null) {
      assertThat(findings.get(0).severity().name().toLowerCase(Locale.ROOT))
          .isEqualTo(expect.first().severity());
    }
    if (expect.also() != null) {
      assertThat(findings).extracting(Finding::cause).containsAll(expect.also());
    }
    if (expect.only()) {
      assertThat(findings).extracting(Finding::cause).hasSize(1);
    }
    if (expect.none()) {
      assertThat(findings).extracting(Finding::cause).isEmpty();
    }
    if (expect.not() != null) {
      assertThat(findings).extracting(Finding::cause).doesNotContainAnyElementsOf(expect.not());
    }
  }
}
