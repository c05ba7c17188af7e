package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lab recorded: each of its faults, and variants of them. */
class LabRecordingsTest {
  /**
   * Not to be seen in what was recorded: the internet is reached, past the tunnel (only the user
   * knows that this was not wanted); the setting was looked at after it was repaired.
   */
  private static final Set<String> NOT_FOUND =
      Set.of("lab/cli-allowedips-misses-internet-dst", "lab/v-forward-off-heals");

  static Stream<Recorded> recordings() {
    return Recorded.lab();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void the_cause_is_named_first_and_nothing_confirmed_is_wrong(Recorded recording) {
    List<Finding> all = RecordingsTest.findings(recording, any -> true);

    if (!recording.broken()) {
      assertThat(all).allSatisfy(it -> assertThat(it.severity()).isEqualTo(Severity.WARNING));
    } else if (!NOT_FOUND.contains(recording.name())) {
      assertThat(all).isNotEmpty();
      assertThat(all.get(0).cause()).isIn(recording.causes());
    }
    assertThat(all)
        .filteredOn(it -> it.confidence() == Confidence.CONFIRMED)
        .allSatisfy(it -> assertThat(it.cause()).isIn(recording.causes()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void nothing_confirmed_is_wrong_from_either_end_alone(Recorded recording) {
    for (String host : List.of("cli", "srv")) {
      assertThat(RecordingsTest.findings(recording, it -> it.host().equals(host)))
          .filteredOn(it -> it.confidence() == Confidence.CONFIRMED)
          .allSatisfy(it -> assertThat(it.cause()).isIn(recording.causes()));
    }
  }
}
