package io.wgwhy.engine.session;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.PublishedPorts;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a capture shows of initiations that come in and that nobody answers. */
final class UnansweredClues {
  private final Clues clues;

  UnansweredClues(Clues clues) {
    this.clues = clues;
  }

  void initiations(Flow asked) {
    if (isMartian(asked)) {
      // It is known what becomes of them.
      return;
    }
    Integer port = asked.destinationPort();
    String reach =
        asked.count() + " initiations reach " + clues.host().name() + " for port " + port;
    Set<Integer> listens = listenPorts();
    if (port != null
        && !listens.isEmpty()
        && !listens.contains(port)
        && isForHost(asked)
        && !isTranslated()) {
      String right = listens.stream().sorted().map(String::valueOf).collect(joining(", "));
      clues.add(
          Shows.ENDPOINT_PORT_DIFFERS,
          Symptom.Kind.NO_HANDSHAKE,
          reach + ", and WireGuard there listens on " + right,
          port.toString(),
          right);
    } else if (losesKey()) {
      clues.add(
          Shows.WRONG_PUBLIC_KEY,
          Symptom.Kind.NO_HANDSHAKE,
          reach
              + ", no response leaves, and its configuration gives one section two public keys:"
              + " whoever has the first one is not known to it",
          null,
          null);
    } else {
      clues.add(
          Shows.ARRIVES_UNANSWERED,
          Symptom.Kind.NO_HANDSHAKE,
          reach + ", and no response leaves",
          null,
          null);
    }
  }

  /** A [Peer] line was forgotten: wg takes the last key of a section (config.c). */
  private boolean losesKey() {
    return clues.host().all(WgConfig.class).stream()
        .flatMap(it -> it.problems().stream())
        .anyMatch(
            it ->
                it.fault() == WgConfig.Fault.SECOND_KEY
                    && it.keyword().equalsIgnoreCase("PublicKey"));
  }

  private boolean isMartian(Flow asked) {
    WgLog log = clues.latest(WgLog.class);
    return log != null
        && log.entries().stream()
            .filter(it -> it.meaning() == WgLog.Meaning.SOURCE_REFUSED)
            .anyMatch(it -> Prefixes.same(asked.source(), it.address()));
  }

  private Set<Integer> listenPorts() {
    return Stream.concat(
            Stream.of(clues.end()).map(End::listenPort),
            clues.host().all(WgInterface.class).stream().map(WgInterface::listenPort))
        .filter(Objects::nonNull)
        .collect(toSet());
  }

  /** Whether a packet is for this host, as far as its addresses are known: else it goes on. */
  private boolean isForHost(Flow flow) {
    return clues.host().addresses().isEmpty()
        || clues.host().addresses().stream()
            .anyMatch(it -> Prefixes.same(it.address(), flow.destination()));
  }

  /** Whether something on the way to the socket may change the port. */
  private boolean isTranslated() {
    return clues.latest(PublishedPorts.class) != null
        || clues.host().rulesets().stream()
            .flatMap(it -> it.chains().stream())
            .flatMap(it -> it.rules().stream())
            .anyMatch(it -> it.action() == Action.DNAT || it.action() == Action.REDIRECT);
  }
}
