package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Finding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingFilterTest {
  private static final Finding FINDING = Findings.confirmed();

  @Test
  void a_name_that_nothing_was_ever_said_of_is_told() {
    FindingFilter filter =
        new FindingFilter(
            Set.of(FINDING.network(), "deflaut"), Set.of("mtu"), Set.of("srv", "svr"), null, null);

    assertThat(filter.unheardOf(List.of(FINDING)))
        .containsExactly(
            "no finding has ever named the cause mtu",
            "no finding has ever named the host svr",
            "no finding has ever named the network deflaut");
  }

  @Test
  void nothing_is_told_of_names_that_are_known() {
    FindingFilter filter =
        new FindingFilter(
            Set.of(FINDING.network()), Set.of(FINDING.cause()), Set.of("srv"), null, null);

    assertThat(filter.unheardOf(List.of(FINDING))).isEmpty();
    assertThat(new FindingFilter(Set.of(), Set.of(), Set.of(), null, null).unheardOf(List.of()))
        .isEmpty();
  }
}
