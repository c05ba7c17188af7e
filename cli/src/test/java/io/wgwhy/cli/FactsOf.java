package io.wgwhy.cli;

import io.wgwhy.connectors.kafka.FactReader;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts that a tenant's topic holds now. */
public final class FactsOf {
  private FactsOf() {}

  /** Those of a network in their order. */
  public static List<FactReader.Arrived> topic(Map<String, Object> client, Tenant tenant) {
    List<FactReader.Arrived> facts = new ArrayList<>();
    try (FactReader reader = new FactReader(client, Set.of(tenant), Instant.EPOCH)) {
      do {
        facts.addAll(reader.poll(Duration.ofMillis(100)));
      } while (!reader.isCaughtUp());
    }
    return facts;
  }
}
