package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoCommandTest {

  @Test
  void finds_and_resolves_everything_and_ends_by_itself() throws Exception {
    Ran ran = Ran.wgwhy("demo", "--json");
    var summary = new JsonMapper().readTree(ran.out());
    assertThat(summary.get("allFound").asBoolean()).as(ran.out()).isTrue();
    assertThat(summary.get("allResolved").asBoolean()).as(ran.out()).isTrue();
    assertThat(summary.get("incidents")).hasSizeGreaterThan(5);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("repair: acme/head-office");
  }
}
