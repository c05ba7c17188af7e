package io.wgwhy.engine.session;

import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What an end's configuration shows by itself. */
final class ConfigClues {
  private static final Set<WgConfig.Fault> REFUSED =
      Set.of(
          WgConfig.Fault.KEY_MALFORMED,
          WgConfig.Fault.VALUE_MALFORMED,
          WgConfig.Fault.UNKNOWN_KEYWORD);

  private final Clues clues;
  private final WgConfig config;

  ConfigClues(Clues clues, WgConfig config) {
    this.clues = clues;
    this.config = config;
  }

  void look() {
    faultyLine(
        it -> REFUSED.contains(it.fault()),
        it -> (it.keyword().isEmpty() ? "" : " (" + it.keyword() + ")") + " is none that wg takes");
    faultyLine(
        it -> it.fault() == WgConfig.Fault.SECOND_KEY,
        it ->
            " gives its section a second "
                + it.keyword()
                + ": wg takes the last one, each peer needs a section of its own");
    fault(
        WgConfig.Fault.PRIVATE_KEY_AS_PEER,
        Shows.PRIVATE_KEY_AS_PEER,
        Symptom.Kind.NO_HANDSHAKE,
        " has its own private key as the peer's public key");
    fault(
        WgConfig.Fault.DUPLICATE_ALLOWED_IP,
        Shows.PREFIX_OF_TWO_PEERS,
        Symptom.Kind.REPORTED,
        " gives one prefix to two peers: the last one gets it");
    fault(
        WgConfig.Fault.DUPLICATE_KEY,
        Shows.KEY_TWICE,
        Symptom.Kind.REPORTED,
        " has one public key twice");
    boolean nobodyBegins =
        config.listenPort() == null
            && !config.peers().isEmpty()
            && config.peers().stream().allMatch(it -> it.endpoint() == null)
            && config.peers().stream().anyMatch(it -> it.keepalive() != null || isAll(it));
    boolean otherBegins = clues.otherEnd().seen() && clues.otherEnd().endpoint() != null;
    if (nobodyBegins
        && !otherBegins
        && config.problems().stream().noneMatch(it -> it.keyword().equals("Endpoint"))) {
      clues.add(
          Shows.NO_ENDPOINT,
          "the configuration on " + clues.host().name() + " has no Endpoint line that can be read",
          null,
          null);
    }
    ipv6();
  }

  /** A full tunnel: no server has it for a client. */
  private static boolean isAll(WgConfig.Peer peer) {
    return peer.allowedIps().contains("0.0.0.0/0");
  }

  /**
   * @param says what the first of these lines does
   */
  private void faultyLine(
      Predicate<WgConfig.Problem> which, Function<WgConfig.Problem, String> says) {
    config.problems().stream()
        .filter(which)
        .findFirst()
        .ifPresent(
            it ->
                clues.add(
                    Shows.FAULTY_LINE,
                    "line "
                        + it.line()
                        + " of the configuration on "
                        + clues.host().name()
                        + says.apply(it),
                    it.keyword(),
                    null));
  }

  /**
   * @param says what the configuration does
   */
  private void fault(WgConfig.Fault fault, Shows shows, Symptom.Kind symptom, String says) {
    if (config.problems().stream().anyMatch(it -> it.fault() == fault)) {
      clues.add(shows, symptom, "the configuration on " + clues.host().name() + says, null, null);
    }
  }

  private void ipv6() {
    Sysctls sysctls = clues.latest(Sysctls.class);
    Long all = sysctls == null ? null : sysctls.value("net.ipv6.conf.all.disable_ipv6");
    List<String> wanted = new ArrayList<>(config.addresses());
    config.peers().forEach(it -> wanted.addAll(it.allowedIps()));
    if (all != null && all == 1 && wanted.stream().anyMatch(it -> it.contains(":"))) {
      clues.add(
          Shows.IPV6_OFF,
          "IPv6 is switched off on " + clues.host().name() + ", and its configuration asks for it",
          null,
          null);
    }
  }
}
