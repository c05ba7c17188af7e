package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.Look;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What every command has in common. */
class WgwhyCommandTest {

  @Test
  void help_goes_to_stdout_and_is_no_failure() {
    Ran ran = Ran.wgwhy("--help");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("Why is my WireGuard tunnel down?", "diagnose", "Examples:");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void help_of_a_command_is_asked_for_in_either_way() {
    assertThat(Ran.wgwhy("help", "diagnose").out())
        .isEqualTo(Ran.wgwhy("diagnose", "--help").out())
        .contains("Examples:");
    assertThat(Ran.wgwhy("help", "diagnose").exit()).isZero();
  }

  @Test
  void help_of_an_unknown_command_is_bad_usage() {
    Ran ran = Ran.wgwhy("help", "diagnoes");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("diagnoes").hasLineCount(1);
  }

  @Test
  void every_command_has_examples() {
    CommandLine tree = WgwhyCommand.tree(Stdio.ofProcess());

    assertThat(tree.getSubcommands()).containsKey("diagnose");
    assertThat(tree.getSubcommands().values())
        .filteredOn(it -> !Set.of("generate-completion", "help").contains(it.getCommandName()))
        .allSatisfy(it -> assertThat(it.getUsageMessage()).contains("Example"));
  }

  @Test
  void help_fits_a_narrow_terminal_in_what_picocli_wraps() {
    Ran ran = Ran.with(new Look(false, false, 80), "", "diagnose", "--help");

    assertThat(ran.out().lines().filter(it -> it.startsWith(" ".repeat(25))))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void the_version_names_the_java_that_runs_it() {
    assertThat(Ran.wgwhy("--version").out()).contains("wgwhy ", "Java " + Runtime.version());
  }

  @Test
  void no_command_is_bad_usage_and_says_where_to_look() {
    Ran ran = Ran.wgwhy();

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("wgwhy: A command is missing. See: wgwhy --help\n");
  }

  @Test
  void an_unknown_option_is_bad_usage_and_the_right_one_is_proposed() {
    Ran ran = Ran.wgwhy("diagnose", "--jsno", "x");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("wgwhy: Unknown option: '--jsno'. Did you mean --json?")
        .endsWith("See: wgwhy diagnose --help\n")
        .hasLineCount(1);
  }

  @Test
  void an_unknown_command_is_bad_usage_and_the_right_one_is_proposed() {
    Ran ran = Ran.wgwhy("diagnoes");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("Did you mean", "diagnose").hasLineCount(1);
  }

  @Test
  void completion_is_generated_for_every_command() {
    assertThat(Ran.wgwhy("generate-completion").out()).contains("diagnose", "--together");
  }
}
