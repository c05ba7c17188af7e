package io.wgwhy.engine.session;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Rule;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;

/** Whether a ruleset keeps the host's own packets for the endpoint from leaving. */
final class SendingClues {
  private final Clues clues;

  SendingClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    Endpoint endpoint = clues.end().endpoint();
    if (clues.serves() || endpoint == null || !Prefixes.isAddress(endpoint.address())) {
      return;
    }
    Packet packet =
        new Packet(
            Inside.family(endpoint.address()),
            "",
            FilterVerdicts.defaultDevice(clues.host()),
            "udp",
            null,
            clues.end().listenPort(),
            endpoint.address(),
            endpoint.port(),
            "new");
    for (Ruleset ruleset : clues.host().rulesets()) {
      List<PacketFilter.Outcome> ends = PacketFilter.filter(outwards(ruleset), packet, Hook.OUTPUT);
      if (!ends.isEmpty() && ends.stream().allMatch(PacketFilter.Outcome::drops)) {
        clues.add(
            Shows.SENDING_REFUSED,
            Symptom.Kind.NO_HANDSHAKE,
            "what "
                + clues.host().name()
                + " sends to UDP port "
                + endpoint.port()
                + " of "
                + endpoint.address()
                + " meets "
                + ends.get(0).says(ruleset.tool()),
            null,
            Integer.toString(endpoint.port()));
      }
    }
  }

  /** Without rules for loopback and tunnels: by these nothing goes to the endpoint. */
  private Ruleset outwards(Ruleset ruleset) {
    return ruleset.withChains(
        ruleset.chains().stream()
            .map(it -> it.withRules(it.rules().stream().filter(r -> !leadsInside(r)).toList()))
            .toList());
  }

  private boolean leadsInside(Rule rule) {
    return rule.matches().stream()
        .filter(it -> it.field() == Field.OUTPUT_DEVICE && !it.inverted())
        .anyMatch(it -> it.values().stream().allMatch(this::isInside));
  }

  private boolean isInside(String device) {
    return device.equals("lo") || clues.isTunnel(device.replaceFirst("[*+]$", ""));
  }
}
