package io.wgwhy.engine.session;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.ProviderRules;
import io.wgwhy.facts.ProviderRules.Opening;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rules of a provider alone show, as of the firewall in front of a machine of a cloud. */
final class ProviderClues {
  private final Clues clues;

  ProviderClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    if (clues.serves()) {
      provider(clues.end().listenPort());
    } else {
      sameProvider();
    }
  }

  /** Machines of one private network, one of which nobody showed, mostly share one list. */
  private void sameProvider() {
    if (isInside() && !clues.otherEnd().seen()) {
      Endpoint endpoint = clues.end().endpoint();
      provider(endpoint == null ? null : endpoint.port());
    }
  }

  /** Whether the other end is asked for within a network of one's own. */
  private boolean isInside() {
    Endpoint endpoint = clues.end().endpoint();
    return endpoint != null && Prefixes.isPrivateUse(endpoint.address()).yes();
  }

  /** The firewall in front of the machine, whose list somebody showed. */
  private void provider(@Nullable Integer known) {
    ProviderRules rules = clues.latest(ProviderRules.class);
    int port = known == null ? WireGuard.DEFAULT_PORT : known;
    List<Opening> holding = rules == null ? List.of() : holding(rules, port);
    boolean udp = holding.stream().anyMatch(it -> it.protocol().matches("udp|all"));
    // Another port of UDP that is open may be the one that clients are told.
    boolean other =
        known == null
            && rules != null
            && rules.openings().stream()
                .anyMatch(
                    it ->
                        it.protocol().matches("udp|all")
                            && !FilterClues.OTHERS.contains(Integer.toString(it.from())));
    if (rules != null && !udp && !other) {
      boolean tcp = holding.stream().anyMatch(it -> it.protocol().equals("tcp"));
      clues.add(
          Shows.PROVIDER_DROPS,
          Symptom.Kind.NO_HANDSHAKE,
          "the provider's rules for "
              + clues.host().name()
              + " let UDP port "
              + port
              + " in for nobody"
              + (tcp ? "; the one for it is for tcp, and WireGuard is UDP only" : ""),
          tcp ? "tcp" : null,
          Integer.toString(port));
    }
  }

  private List<Opening> holding(ProviderRules rules, int port) {
    List<Opening> inside =
        isInside() ? Objects.requireNonNullElse(rules.inside(), List.of()) : List.of();
    return Stream.concat(rules.openings().stream(), inside.stream())
        .filter(it -> it.holds(port))
        .toList();
  }
}
