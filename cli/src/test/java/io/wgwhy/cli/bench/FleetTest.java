package io.wgwhy.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Fleet fleet =
      new Fleet(
          new Fleet.Shape(2, 50, 1, 5, 20, 39, 0, 1), List.of(new Tenant("acme")), 1_795_000_000L);

  @Test
  void a_sample_has_as_many_facts_as_it_says() {
    assertThat(sample()).hasSize((int) fleet.factsPerSample());
  }

  @Test
  void tunnels_that_are_renewed_have_other_keys_and_gateways_know_these_only() {
    Set<String> before = keys(sample());
    fleet.renew(0);
    assertThat(keys(sample())).isEqualTo(before);
    fleet.renew(100);
    List<Fact> after = sample();
    assertThat(keys(after)).hasSameSizeAs(before);
    // The gateways' own, as their clients see them, stay.
    assertThat(keys(after)).filteredOn(before::contains).hasSize(2);
    Set<String> listed =
        after.stream()
            .filter(it -> it instanceof WgInventory)
            .flatMap(it -> ((WgInventory) it).devices().stream())
            .flatMap(it -> it.peers().stream())
            .collect(Collectors.toSet());
    assertThat(listed).isEqualTo(keys(after));
  }

  private List<Fact> sample() {
    List<Fact> facts = new ArrayList<>();
    fleet.sample((tenant, network, moment) -> facts.addAll(moment));
    return facts;
  }

  private static Set<String> keys(List<Fact> facts) {
    return facts.stream()
        .filter(it -> it instanceof WgPeer)
        .map(it -> ((WgPeer) it).publicKey())
        .collect(Collectors.toSet());
  }
}
