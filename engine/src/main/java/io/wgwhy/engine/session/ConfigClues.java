package io.wgwhy.engine.session;

import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    config.problems().stream()
        .filter(it -> REFUSED.contains(it.fault()))
        .findFirst()
        .ifPresent(
            it ->
                clues.add(
                    Shows.FAULTY_LINE,
                    "line "
                        + it.line()
                        + " of the configuration on "
                        + clues.host().name()
                        + (it.keyword().isEmpty() ? "" : " (" + it.keyword() + ")")
                        + " is none that wg takes",
                    it.keyword(),
                    null));
    config.problems().stream()
        .filter(it -> it.fault() == WgConfig.Fault.SECOND_KEY)
        .findFirst()
        .ifPresent(
            it ->
                clues.add(
                    Shows.FAULTY_LINE,
                    "line "
                        + it.line()
                        + " of the configuration on "
                        + clues.host().name()
                        + " gives its section a second "
                        + it.keyword()
                        + ": wg takes the last one, each peer needs a section of its own",
                    it.keyword(),
                    null));
    if (has(WgConfig.Fault.PRIVATE_KEY_AS_PEER)) {
      clues.add(
          Shows.PRIVATE_KEY_AS_PEER,
          Symptom.Kind.NO_HANDSHAKE,
          "the configuration on "
              + clues.host().name()
              + " has its own private key as the peer's public key",
          null,
          null);
    }
    if (has(WgConfig.Fault.DUPLICATE_ALLOWED_IP)) {
      clues.add(
          Shows.PREFIX_OF_TWO_PEERS,
          "the configuration on "
              + clues.host().name()
              + " gives one prefix to two peers: the last one gets it",
          null,
          null);
    }
    if (has(WgConfig.Fault.DUPLICATE_KEY)) {
      clues.add(
          Shows.KEY_TWICE,
          "the configuration on " + clues.host().name() + " has one public key twice",
          null,
          null);
    }
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

  private boolean has(WgConfig.Fault fault) {
    return config.problems().stream().anyMatch(it -> it.fault() == fault);
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
