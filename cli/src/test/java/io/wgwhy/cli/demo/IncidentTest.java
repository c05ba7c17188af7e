package io.wgwhy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentTest {
  @Test
  void on_a_new_broker_incidents_are_played_in_networks_of_their_own_names() {
    assertThat(names(Set.of("acme/other"))).contains("acme/head-office", "initech/backup");
  }

  @Test
  void of_what_was_found_before_nothing_is_played_again_in_the_same_network() {
    assertThat(names(Set.of("initech/lab")))
        .contains("acme/head-office-2", "initech/lab-2")
        .doesNotContain("initech/lab", "acme/head-office");
    assertThat(names(Set.of("initech/lab", "acme/branch-2")))
        .allSatisfy(it -> assertThat(it).endsWith("-3"))
        .hasSize(7);
  }

  private static List<String> names(Set<String> known) {
    return Incident.unknown(known).stream().map(Incident::name).toList();
  }
}
