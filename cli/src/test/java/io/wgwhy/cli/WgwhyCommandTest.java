package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    assertThat(ran.err())
        .startsWith("wgwhy: there is no command 'diagnoes'. Did you mean diagnose")
        .endsWith("? See: wgwhy --help\n")
        .hasLineCount(1);
  }

  @Test
  void what_has_no_place_and_what_is_no_number_is_told_in_words() {
    assertThat(Ran.wgwhy("rules", "list", "acme").err())
        .isEqualTo("wgwhy: there is no place for 'acme'. See: wgwhy rules list --help\n");
    assertThat(Ran.wgwhy("dead-letters", "show", "acme", "x").err())
        .contains("'x' is not a whole number. See: wgwhy dead-letters show --help");
  }

  /** What picocli cannot format it prints with a warning. */
  @Test
  void every_command_down_to_the_last_has_help_without_a_warning() {
    PrintStream usual = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      help(WgwhyCommand.tree(Stdio.ofProcess()), List.of());
    } finally {
      System.setErr(usual);
    }
    assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static void help(CommandLine command, List<String> path) {
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> words = new ArrayList<>(path);
              words.add(name);
              if (!name.equals("help")) {
                List<String> asked = new ArrayList<>(words);
                asked.add("--help");
                Ran ran = Ran.wgwhy(asked.toArray(String[]::new));
                assertThat(ran.exit()).as("%s %s", asked, ran.err()).isZero();
                assertThat(ran.out())
                    .as("what stands behind an option is a word in capitals")
                    .doesNotContainPattern("--[\\w-]+=<");
              }
              help(sub, words);
            });
  }

  /** Else it would be said after a while that Kafka does not answer. */
  @ParameterizedTest
  @ValueSource(strings = {"kafka", "kafka:99999", "a:9092,b", "", "kafka:", "kafka:port"})
  void an_address_of_kafka_that_is_none_is_bad_usage(String server) {
    Ran ran = Ran.wgwhy("findings", "--once", "--bootstrap-server", server);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--bootstrap-server takes HOST:PORT, such as kafka:9092, not ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:1", "[::1]:1", "127.0.0.1:1,localhost:1", "PLAINTEXT://localhost:1"})
  void an_address_of_kafka_may_be_written_as_kafka_reads_it(String server) {
    Ran ran = Ran.wgwhy("tenant", "list", "--wait-for-kafka", "1", "--bootstrap-server", server);

    assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
  }

  @Test
  void a_broker_that_cannot_be_is_bad_usage_and_no_fault_of_wgwhy(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    Ran port = Ran.wgwhy("engine", "--embedded", "--port", "99999");
    assertThat(port.exit()).isEqualTo(2);
    assertThat(port.err()).contains("--port takes 1 to 65535");
    Ran data = Ran.wgwhy("engine", "--embedded", "--data-folder", file.resolve("x").toString());
    assertThat(data.exit()).isEqualTo(2);
    assertThat(data.err()).contains("cannot write to " + file, "choose another with --data-folder");
  }

  /** It would have been written beside the folder, and left there. */
  @Test
  void where_no_backup_can_be_written_is_told_before_kafka_is_asked(@TempDir Path folder) {
    assertThat(backup(folder).err()).contains(folder + " is a folder: name a file in it");
    assertThat(backup(folder.resolve("no/wgwhy.backup")).err()).contains("no such folder: ");
    assertThat(backup(folder.resolve("wgwhy.backup")).exit()).isEqualTo(3);
  }

  private static Ran backup(Path file) {
    Ran ran =
        Ran.wgwhy(
            "backup",
            file.toString(),
            "--wait-for-kafka",
            "1",
            "--bootstrap-server",
            "localhost:1");
    assertThat(ran.exit()).isIn(2, 3);
    return ran;
  }

  @Test
  void a_tenant_that_cannot_be_is_told_before_kafka_is_asked() {
    Ran ran = Ran.wgwhy("findings", "--tenant", "A B", "--bootstrap-server", "localhost:1");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("'A B' cannot name a tenant");
  }

  @Test
  void completion_is_generated_for_every_command() {
    assertThat(Ran.wgwhy("generate-completion").out()).contains("diagnose", "--together");
  }
}
