package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel module counts, logs and says other things than wireguard-go of the same fault. */
class AsKernelTest {
  static Stream<Recorded> recordings() {
    return AsKernel.RECORDINGS.stream().map(Recorded::named).map(AsKernel::of);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void the_cause_is_named_first_and_healthy_tunnels_are_silent(Recorded recording) {
    List<Finding> all = RecordingsTest.findings(recording, any -> true);

    if (recording.broken()) {
      assertThat(all).isNotEmpty();
      assertThat(all.get(0).cause()).isIn(recording.causes());
    } else {
      assertThat(all).allSatisfy(it -> assertThat(it.severity()).isEqualTo(Severity.WARNING));
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void nothing_confirmed_is_wrong_from_both_ends_or_from_one(Recorded recording) {
    for (Recorded seen : List.of(recording, recording.from("cli"), recording.from("srv"))) {
      assertThat(RecordingsTest.findings(seen, any -> true))
          .filteredOn(it -> it.confidence() == Confidence.CONFIRMED)
          .allSatisfy(it -> assertThat(it.cause()).isIn(recording.causes()));
    }
  }

  /** Otherwise the tests above would be those of wireguard-go. */
  @Test
  void each_recording_is_another_one() {
    assertThat(recordings())
        .allSatisfy(
            it -> {
              String name = it.name().substring(0, it.name().indexOf(' '));
              assertThat(it.observations()).isNotEqualTo(Recorded.named(name).observations());
              assertThat(it.observations())
                  .allSatisfy(seen -> assertThat(seen.output()).doesNotContain("wireguard-go"));
            });
  }
}
