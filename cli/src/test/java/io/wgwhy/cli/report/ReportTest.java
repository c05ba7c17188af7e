package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.cli.diagnose.UnreadInput;
import io.wgwhy.engine.session.HealthyTunnel;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole report, against golden files. Refresh them with -Dgolden.refresh=true, then read them.
 */
class ReportTest {
  private static final Look ASCII = new Look(false, false, 100);
  private static final Look NARROW = new Look(false, true, 72);
  private static final Look COLOUR = new Look(true, true, 100);

  record Golden(String name, Outcome outcome, Look look, boolean everything) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden> golden() {
    Finding over = Findings.likely().resolved(Findings.NOON.plusSeconds(90));
    List<HealthyTunnel> healthy =
        List.of(
            new HealthyTunnel(
                Findings.BOTH_ENDS, "idle: nothing is asked of it, latest handshake 208 s ago"));
    List<UnreadInput> unread =
        List.of(
            new UnreadInput("a.jsonl", 3, null, null, "not a JSON object"),
            new UnreadInput("a.jsonl", 4, null, null, "not a JSON object"),
            new UnreadInput("a.jsonl", 2, "srv", "nft", "not a rule"),
            new UnreadInput(
                "logo.png", 0, null, null, "binary data, neither a recording nor text"));
    Outcome confirmed = outcome(unread, network("default", List.of(Findings.confirmed())));
    Outcome several =
        outcome(
            List.of(),
            new NetworkOutcome(
                "default",
                "office",
                List.of(Findings.confirmed(), Findings.likely()),
                List.of(over),
                healthy,
                List.of(),
                List.of()),
            new NetworkOutcome(
                "acme", "home", List.of(), List.of(over), healthy, List.of(), List.of()));
    return Stream.of(
        new Golden("confirmed", confirmed, Look.PLAIN, false),
        new Golden("confirmed-ascii", confirmed, ASCII, false),
        new Golden("confirmed-narrow", confirmed, NARROW, false),
        new Golden("confirmed-colour", confirmed, COLOUR, false),
        new Golden(
            "likely",
            outcome(List.of(), network("default", List.of(Findings.likely()))),
            Look.PLAIN,
            false),
        new Golden("several", several, Look.PLAIN, false),
        new Golden("several-in-full", several, Look.PLAIN, true),
        new Golden(
            "no-tunnel", outcome(List.of(), network("default", List.of())), Look.PLAIN, false),
        new Golden("nothing-read", outcome(unread), Look.PLAIN, false));
  }

  private static Outcome outcome(List<UnreadInput> unread, NetworkOutcome... networks) {
    return new Outcome(List.of(networks), unread, networks.length > 0, 0);
  }

  private static NetworkOutcome network(String name, List<Finding> open) {
    return new NetworkOutcome("default", name, open, List.of(), List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void looks_as_it_should(Golden golden) throws IOException {
    String report = Report.of(golden.outcome(), golden.look(), golden.everything());
    Path source = Path.of("src/test/resources/io/wgwhy/cli/report", golden.name() + ".txt");
    if (Boolean.getBoolean("golden.refresh")) {
      Files.writeString(source, report);
    }
    try (InputStream in = Files.newInputStream(source)) {
      assertThat(report).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void has_no_trailing_blanks_and_only_commands_are_wider_than_the_terminal(Golden golden) {
    String report =
        Report.of(golden.outcome(), golden.look(), golden.everything())
            .replaceAll("\u001b\\[[0-9;]*m", "");

    assertThat(report.lines()).allSatisfy(it -> assertThat(it).isEqualTo(it.stripTrailing()));
    assertThat(report.lines().filter(it -> !it.contains("sudo ")))
        .allSatisfy(
            it ->
                assertThat(it.codePointCount(0, it.length()))
                    .isLessThanOrEqualTo(golden.look().width()));
  }

  @Test
  void colours_change_nothing_but_the_colour() {
    Outcome outcome = golden().findFirst().orElseThrow().outcome();

    String coloured = Report.of(outcome, COLOUR, false).replaceAll("\u001b\\[[0-9;]*m", "");

    assertThat(coloured).isEqualTo(Report.of(outcome, Look.PLAIN, false));
  }

  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    String hostile = "clear\u001b[2J, bell\u0007, back\rwards, \u202eturned, \u200bhidden, \u0085";

    String report = Report.of(Findings.titled(hostile), COLOUR);

    assertThat(report)
        .contains("clear\\x1b[2J, bell\\x07", "\\u202eturned", "\\u200bhidden")
        .doesNotContain("\u001b[2J", "\u0007", "\r", "\u202e", "\u200b", "\u0085");
  }
}
