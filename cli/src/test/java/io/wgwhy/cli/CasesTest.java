package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.workbench.CaseResult;
import io.wgwhy.cli.workbench.PackTrial;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case beside a rule: it fires, it stays silent, it clears. */
class CasesTest {
  static final Path PACK = Path.of("..", "rules", "wireguard");

  /** Judging all cases takes no longer than a sip of coffee; measured without what else runs. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static PackTrial.Outcome outcome;
  private static Duration taken;

  @BeforeAll
  static void play() {
    outcome = new PackTrial(PACK, RuleBook.builtIn(), Recorded.RECORDINGS).run(any -> {});
    double seconds = outcome.cases().stream().mapToDouble(CaseResult::seconds).sum();
    taken = Duration.ofMillis(Math.round(seconds * 1000));
  }

  static List<CaseResult> cases() {
    if (outcome == null) {
      play();
    }
    return outcome.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says_what_the_case_expects(CaseResult result) {
    assertThat(result.failures()).as(result.name()).isEmpty();
  }

  @Test
  void all_of_them_are_judged_in_the_time_of_a_sip_of_coffee() {
    System.out.printf(
        "%d cases judged in %.1f s of CPU time (at most %d s)%n",
        outcome.cases().size(), taken.toMillis() / 1000.0, LONGEST.toSeconds());
    assertThat(taken).isLessThan(LONGEST);
  }
}
