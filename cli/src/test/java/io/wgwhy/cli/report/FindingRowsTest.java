package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingRowsTest {
  @Test
  void a_cell_is_quoted_and_is_no_formula_whoever_wrote_it() {
    assertThat(FindingRows.csv("acme", Findings.titled("=HYPERLINK(\"http://example.org\")")))
        .endsWith(",\"'=HYPERLINK(\"\"http://example.org\"\")\"");
    assertThat(FindingRows.csv("acme", Findings.titled("a, b"))).endsWith(",\"a, b\"");
  }
}
