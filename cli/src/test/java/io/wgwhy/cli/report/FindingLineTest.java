package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingLineTest {
  private final FindingLine lines = new FindingLine(Look.PLAIN);
  private final Finding finding = Findings.confirmed();

  @Test
  void opened_then_silent_then_resolved() {
    assertThat(lines.of("acme", finding))
        .contains("  opened    acme/", "confirmed", finding.title());
    assertThat(lines.of("acme", finding)).isNull();
    assertThat(lines.of("acme", finding.resolved(Instant.EPOCH))).contains("  resolved  acme/");
    assertThat(lines.of("acme", finding)).contains("  opened ");
  }

  @Test
  void why_nobody_is_told_stands_at_the_end() {
    assertThat(lines.of("acme", finding, "acknowledged: Ada is on it"))
        .endsWith(")  [acknowledged: Ada is on it]");
  }
}
