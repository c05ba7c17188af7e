package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.bench.Soaked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Tag("slow")
  @Test
  void fleets_of_several_sizes_are_measured_flat_out_and_as_they_look() throws Exception {
    Ran ran =
        Ran.wgwhy(
            "bench --scale 20,40 --tunnels 20 --facts 4000 --failing 20 --every 1 --seconds 8 --json"
                .split(" "));

    JsonNode steps = new JsonMapper().readTree(ran.out()).get("steps");
    assertThat(ran.exit()).isZero();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(1).get("tunnels").asInt()).isEqualTo(40);
    for (JsonNode step : steps) {
      JsonNode paced = step.get("paced");
      long each = step.get("networks").asLong() * (20 + 2 + 3 * 4);
      assertThat(paced.get("factsPerSecond").asLong()).as("a look a second").isBetween(1L, each);
      assertThat(paced.get("findings").asLong() > 0).isEqualTo(paced.get("p50").asLong() >= 0);
    }
  }

  @Tag("slow")
  @Test
  void a_soak_shows_what_is_left_with_each_look(@TempDir Path folder) throws Exception {
    Path csv = folder.resolve("soak.csv");
    Ran ran =
        Ran.wgwhy(
            ("bench soak --minutes 1 --life 0.25 --look 5 --tenants 2 --networks 1 --tunnels 5"
                    + " --every 1 --json --csv "
                    + csv)
                .split(" "));

    assertThat(ran.exit()).isIn(Exit.NOTHING_WRONG, Exit.FINDINGS);
    JsonNode samples = new JsonMapper().readTree(ran.out()).get("samples");
    assertThat(samples).hasSizeGreaterThanOrEqualTo(Soaked.LEAST_LOOKS);
    JsonNode last = samples.get(samples.size() - 1);
    assertThat(last.get("made").asInt()).as("one after the other").isGreaterThan(2);
    assertThat(last.get("tenants").asInt()).isPositive();
    assertThat(last.get("heapKib").asLong()).isGreaterThan(1_000);
    assertThat(last.get("facts").asLong()).isGreaterThan(samples.get(0).get("facts").asLong());
    assertThat(csv).content().startsWith("seconds,heapKib,");
    assertThat(Files.readAllLines(csv)).hasSize(samples.size() + 1);
  }

  @Tag("slow")
  @Test
  void a_noise_shows_what_the_quiet_one_notices() throws Exception {
    Ran ran =
        Ran.wgwhy(
            "bench noisy --seconds 4 --rate 1000 --quota 64 --networks 1 --tunnels 20 --json"
                .split(" "));

    JsonNode noticed = new JsonMapper().readTree(ran.out());
    assertThat(ran.exit()).isZero();
    for (String when : List.of("alone", "beside")) {
      assertThat(noticed.get(when).get("findings").asLong()).as(when).isPositive();
      assertThat(noticed.get(when).get("p50").asLong()).as(when).isBetween(0L, 60_000L);
      assertThat(noticed.get(when).get("factsPerSecond").asLong()).as(when).isPositive();
    }
    assertThat(noticed.get("got").asLong()).isPositive();
    assertThat(noticed.get("wanted").asLong()).isGreaterThan(noticed.get("got").asLong());
  }

  @Test
  void a_file_that_cannot_be_written_is_told_before_the_work(@TempDir Path folder) {
    Path nowhere = folder.resolve("none").resolve("soak.csv");

    Ran ran = Ran.wgwhy("bench", "soak", "--csv", nowhere.toString());

    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).hasLineCount(1).contains("no folder", "--csv");
    assertThat(Ran.wgwhy("bench", "soak", "--csv", folder.toString()).err())
        .contains("it is a folder");
  }

  @Test
  void too_few_looks_are_refused() {
    Ran ran = Ran.wgwhy("bench", "soak", "--minutes", "1");

    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).contains("--look");
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
