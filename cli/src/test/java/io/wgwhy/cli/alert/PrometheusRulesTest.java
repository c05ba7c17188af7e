package io.wgwhy.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators are told of wgwhy itself: the rules and their cases, by the real promtool. */
class PrometheusRulesTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path COMPOSE = Path.of("..", "deploy", "compose");

  @BeforeEach
  void isThere() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROMTOOL), "promtool is missing: apt-get install prometheus");
  }

  @Test
  void the_rules_are_sound() throws Exception {
    promtool("check", "rules", "rules.yml");
  }

  @Test
  void each_rule_fires_when_it_should_and_only_then() throws Exception {
    promtool("test", "rules", "rules-test.yml");
    String tests = Files.readString(COMPOSE.resolve("rules-test.yml"));
    Files.readAllLines(COMPOSE.resolve("rules.yml")).stream()
        .filter(it -> it.contains("- alert: "))
        .map(it -> it.substring(it.indexOf(": ") + 2))
        .forEach(it -> assertThat(tests).as("has a case").contains("alertname: " + it));
  }

  private static void promtool(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
    command.addAll(List.of(args));
    Process promtool =
        new ProcessBuilder(command).directory(COMPOSE.toFile()).redirectErrorStream(true).start();
    String says = new String(promtool.getInputStream().readAllBytes());
    assertThat(promtool.waitFor()).as(says).isZero();
  }
}
