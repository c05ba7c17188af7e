package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that can never hold, as far as that is certain. */
class RuleAdviceTest {
  @TempDir Path temp;

  @Test
  void no_built_in_rule_is_said_never_to_hold() {
    assertThat(RuleAdvice.of(Path.of("wireguard")))
        .extracting(RuleProblem::message)
        .noneMatch(it -> it.contains("never holds"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Trend( tunnel == $id, $r : role, role == Role.INITIATOR )"
            + " BlindSpot( tunnel == $id, role == $r, role == Role.RESPONDER )",
        "Trend( $r : role == Role.INITIATOR ) BlindSpot( $r == role, role == Role.RESPONDER )",
        "Trend( $n : handshakes ) Trend( handshakes == $n, handshakes < 3, $n > 5 )",
        "Trend( $n : handshakes > 5 ) Trend( $m : handshakes == $n )"
            + " Trend( handshakes == $m, handshakes < 3 )",
        "Trend( $n : handshakes, $n > 5 ) exists Trend( handshakes == $n, handshakes < 3 )",
        "Trend( $r : role == Role.INITIATOR ) Trend( role != $r, role == Role.INITIATOR )",
      })
  void what_patterns_ask_of_one_value_may_exclude_each_other(String patterns) throws Exception {
    assertThat(advice(patterns))
        .singleElement()
        .asString()
        .contains("\"Tried\" never holds: ", " of Trend and ", " exclude each other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Trend( role == Role.INITIATOR ) Trend( role == Role.RESPONDER )",
        "Trend( $r : role == Role.INITIATOR ) Trend( role != $r, role == Role.RESPONDER )",
        "Trend( $r : role == Role.INITIATOR ) not Trend( role == $r, role == Role.RESPONDER )",
        "Trend( $n : handshakes > 5 ) Trend( handshakes == $n, handshakes < 8 )",
        "Trend( $n : handshakes > 5 ) Trend( handshakes != $n, handshakes < 3 )",
        "exists Trend( $n : handshakes, $n > 5 ) exists Trend( $n : handshakes, $n < 3 )",
        "Trend( $n : handshakes ) ( Trend( handshakes == $n, handshakes < 3 )"
            + " or Trend( handshakes == $n, handshakes > 5 ) )",
      })
  void what_may_hold_is_left_alone(String patterns) throws Exception {
    assertThat(advice(patterns)).isEmpty();
  }

  private List<String> advice(String patterns) throws Exception {
    Path pack = Sample.copy(temp.resolve("sample"));
    Path rules = pack.resolve(Sample.BLOCKED + ".drl");
    String text = Files.readString(rules);
    String rule = text.substring(text.lastIndexOf("\nrule "));
    String tried =
        Pattern.compile("FilterVerdict\\(.*\\)")
            .matcher(rule)
            .replaceFirst(Matcher.quoteReplacement(patterns))
            .replace("A filter rule drops the initiations", "Tried")
            .replace("{{$by}} drops them{{#$tool}} ({{$tool}}){{/$tool}}", "it is tried");
    Files.writeString(rules, text + "\n" + tried);
    return RuleAdvice.of(pack).stream().map(RuleProblem::message).toList();
  }
}
