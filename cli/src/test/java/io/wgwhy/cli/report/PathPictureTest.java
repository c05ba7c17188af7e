package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathPictureTest {

  @Test
  void a_cross_stands_where_the_packets_stop() {
    assertThat(picture("148 148 148 0 ? 0 ? 0 ?"))
        .contains("sent 148    ─▶ left 148", "▶ │ arrived 148 ─✗ delivered 0")
        .contains("Initiations arrive at srv, none is delivered on srv.");
  }

  @Test
  void a_stop_on_the_network_is_drawn_between_the_hosts() {
    assertThat(picture("5 5 0 ? ? ? ? ? ?"))
        .containsPattern("left 5 +│ ─+✗ │ arrived 0")
        .contains("Initiations leave cli, none arrives at srv.");
  }

  @Test
  void a_question_mark_stands_where_nobody_looked() {
    assertThat(picture("5 5 ? ? ? ? ? 0 ?"))
        .containsPattern("left 5 +│ ┄+\\? │ arrived \\?")
        .doesNotContain("✗")
        .contains(
            "Initiations leave cli; what becomes of them nobody saw; no response arrives at cli.");
  }

  @Test
  void the_way_back_is_drawn_to_the_left() {
    assertThat(picture("5 5 5 5 5 5 5 0 ?"))
        .contains("─▶ accepted 5 ─╮ │", "answered 5 ─╯ │")
        .containsPattern("│ ✗─+ │ left 5 +◀─+ answered 5")
        .contains("Responses leave srv, no response arrives at cli.");
  }

  @Test
  void what_was_seen_later_has_passed_where_nobody_looked() {
    assertThat(picture("5 ? 5 ? 5 5 ? ? ?"))
        .containsPattern("sent 5 +─▶ left \\?")
        .doesNotContain("✗");
  }

  @Test
  void nothing_is_sent_at_all() {
    assertThat(picture("0 0 0 ? ? ? ? ? ?")).contains("cli sends no initiation.");
  }

  @Test
  void passing_without_a_number_is_no_zero() {
    assertThat(picture("yes yes no ? ? ? ? ? ?"))
        .containsPattern("sent +─▶ left +│ ─+✗ │ arrived none");
  }

  @Test
  void nothing_is_drawn_when_nobody_looked_anywhere() {
    assertThat(picture("? ? ? ? ? ? ? ? ?")).doesNotContain("initiation  ");
  }

  @Test
  void large_counts_still_fit() {
    assertThat(
            picture("123456 123456 123456 123456 123456 123456 123456 0 0")
                .lines()
                .filter(it -> it.contains("│")))
        .allSatisfy(it -> assertThat(it.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void a_long_host_name_is_cut() {
    assertThat(Wrap.cut("a-host-with-a-very-long-name", 10, "…")).isEqualTo("a-host-wi…");
  }

  private static String picture(String counts) {
    String report = Report.of(Findings.withPath(counts), Look.PLAIN);
    return report.substring(report.indexOf("\n"));
  }
}
