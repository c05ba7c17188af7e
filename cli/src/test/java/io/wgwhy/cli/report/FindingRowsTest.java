package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingRowsTest {
  @Test
  void a_cell_is_quoted_and_is_no_formula_whoever_wrote_it() {
    assertThat(FindingRows.csv(row("=HYPERLINK(\"http://example.org\")", "")))
        .endsWith(",\"'=HYPERLINK(\"\"http://example.org\"\")\",");
    assertThat(FindingRows.csv(row("a, b", ""))).endsWith(",\"a, b\",");
    assertThat(FindingRows.csv(row("a", "acknowledged: =1"))).endsWith(",a,\"acknowledged: =1\"");
  }

  @Test
  void why_one_is_quiet_has_a_column_if_one_is() {
    FindingRows.Row quiet = row("a", "acknowledged: Ada is on it");
    FindingRows.Row other = row("b", "");
    assertThat(FindingRows.table(List.of(quiet, other), Look.PLAIN))
        .containsPattern("title +quiet\n")
        .containsPattern("a +acknowledged: Ada is on it\n");
    assertThat(FindingRows.table(List.of(other), Look.PLAIN)).doesNotContain("quiet");
  }

  private static FindingRows.Row row(String title, String quiet) {
    return new FindingRows.Row("acme", Findings.titled(title), quiet);
  }
}
