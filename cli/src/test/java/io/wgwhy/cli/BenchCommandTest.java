package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Tag("slow")
  @Test
  void measures_both() throws Exception {
    Ran ran =
        Ran.wgwhy(
            "bench",
            "--facts",
            "5000",
            "--networks",
            "2",
            "--tunnels",
            "20",
            "--rounds",
            "1",
            "--json");
    var measured = new JsonMapper().readTree(ran.out());
    assertThat(ran.exit()).isZero();
    assertThat(measured.get("engineFactsPerSecond").asLong()).isPositive();
    assertThat(measured.get("bareFactsPerSecond").asLong()).isPositive();
  }

  @Test
  void refuses_nothing_to_measure() {
    assertThat(Ran.wgwhy("bench", "--facts", "0").exit()).isEqualTo(Exit.UNUSABLE);
  }

  @Test
  void refuses_a_soak_and_a_noise_without_anybody() {
    assertThat(Ran.wgwhy("bench", "soak", "--tenants", "0").exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(Ran.wgwhy("bench", "soak", "--renewed", "101").exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(Ran.wgwhy("bench", "noisy", "--rate", "0").exit()).isEqualTo(Exit.UNUSABLE);
  }
}
