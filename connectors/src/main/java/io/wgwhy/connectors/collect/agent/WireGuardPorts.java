package io.wgwhy.connectors.collect.agent;

import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The UDP ports that WireGuard has to do with on this host, its own and its peers'. A gateway
 * tracks a hundred thousand flows of people whom they concern; none of these leaves it.
 */
final class WireGuardPorts {
  private final Map<String, Integer> ports = new HashMap<>();

  void note(List<Fact> facts) {
    if (facts.stream().anyMatch(WgInventory.class::isInstance)) {
      ports.keySet().removeIf(it -> it.startsWith("wg-peer/") || it.startsWith("wg-interface/"));
    }
    for (Fact fact : facts) {
      if (fact instanceof WgInterface it) {
        put(it, it.listenPort());
      } else if (fact instanceof WgPeer it) {
        put(it, it.endpoint() == null ? null : it.endpoint().port());
      } else if (fact instanceof WgConfig it) {
        put(it, it.listenPort());
      }
    }
  }

  private void put(Fact fact, @Nullable Integer port) {
    if (port != null) {
      ports.put(fact.identity(), port);
    }
  }

  /** Of the tracked flows those of these ports. */
  ConntrackFlows only(ConntrackFlows all) {
    return new ConntrackFlows(
        all.host(),
        all.at(),
        all.flows().stream()
            .filter(
                it ->
                    ports.containsValue(it.destinationPort())
                        || ports.containsValue(it.sourcePort())
                        || ports.containsValue(it.replySourcePort())
                        || ports.containsValue(it.replyDestinationPort()))
            .toList());
  }
}
