package io.wgwhy.engine.session;

import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Probe.Problem;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What pings and questions alone show. */
final class ProbeClues {
  /** 10.0.0.0/8 is the largest network that anybody has for oneself. */
  private static final int LEAST_OF_A_NETWORK = 8;

  /** IPv4 header 20 + ICMP header 8: what ping adds to its payload, bytes. */
  private static final int PING_HEADERS = 28;

  /** Ethernet's, bytes. */
  private static final int LINE_MTU = 1500;

  /** What each line of IPv6 has to carry (RFC 8200, section 5), bytes. */
  private static final int LEAST_MTU = 1280;

  private final Clues clues;
  private final List<Probe> probes;

  ProbeClues(Clues clues) {
    this.clues = clues;
    this.probes = clues.host().all(Probe.class);
  }

  void look() {
    boolean pings =
        probes.stream().anyMatch(it -> it.type() == Probe.Type.PING && it.answered().yes());
    for (Probe probe : probes) {
      if (probe.answered().no()) {
        problem(probe);
        size(probe);
        if (probe.type() == Probe.Type.DNS || (isNameProblem(probe) && pings)) {
          names(probe);
        }
        stalled(probe, pings);
        trace(probe);
        idle(probe);
      }
    }
  }

  private void problem(Probe probe) {
    if (probe.problem() == Problem.REQUIRED_KEY_NOT_AVAILABLE) {
      clues.add(
          Shows.NO_PEER_HAS_DESTINATION,
          "the kernel of "
              + clues.host().name()
              + " says for "
              + probe.target()
              + " that no peer's AllowedIPs hold it (Required key not available)",
          probe.target(),
          null);
    } else if (probe.problem() == Problem.DESTINATION_ADDRESS_REQUIRED) {
      clues.add(
          Shows.NO_ENDPOINT,
          "the kernel of "
              + clues.host().name()
              + " says that the peer has no endpoint (Destination address required)",
          null,
          null);
    } else if (probe.problem() == Problem.PROHIBITED
        && !clues.serves()
        && Prefixes.anyHolds(clues.end().allowedIps(), probe.target()).yes()) {
      clues.add(
          Shows.FORWARD_DROPS,
          Symptom.Kind.NOTHING_BEYOND,
          "somebody on the way from "
              + clues.host().name()
              + " to "
              + probe.target()
              + ", which is behind the tunnel, says that it is prohibited",
          probe.target(),
          null);
    }
  }

  /** A trace that went to the other end and no further, or not into the tunnel at all. */
  private void trace(Probe probe) {
    String target = probe.target();
    if (probe.problem() != Problem.TRACE_STOPPED || target == null || clues.serves()) {
      return;
    }
    String hop =
        probes.stream()
            .filter(it -> it.type() == Probe.Type.PING && it.answered().yes())
            .map(Probe::target)
            .filter(it -> it != null && Prefixes.isPrivateUse(it).yes())
            .findFirst()
            .orElse(null);
    List<String> allowed = clues.end().allowedIps();
    if (hop == null || allowed == null || allowed.isEmpty()) {
      return;
    }
    boolean inside = Prefixes.anyHolds(allowed, target).yes();
    if (inside && isInTunnel(hop, allowed) && !isOfOwnLine(hop)) {
      clues.add(
          Shows.STOPS_BEHIND_OTHER_END,
          Symptom.Kind.NOTHING_BEYOND,
          "a trace from "
              + clues.host().name()
              + " to "
              + target
              + " reaches "
              + hop
              + ", and nobody behind it says anything",
          target,
          null);
    } else if (!inside
        && Prefixes.anyHolds(allowed, target).no()
        && Prefixes.isPrivateUse(target).yes()) {
      clues.add(
          Shows.NO_PEER_HAS_DESTINATION,
          "a trace from "
              + clues.host().name()
              + " to "
              + target
              + " goes by "
              + hop
              + ": no peer's AllowedIPs hold it",
          target,
          null);
    }
  }

  /**
   * Whether a hop is known to be reached through the tunnel. What a full tunnel routes says
   * nothing: its AllowedIPs hold the router of the own line, too, which is the first on the way to
   * the endpoint.
   */
  private boolean isInTunnel(String hop, List<String> allowed) {
    List<String> narrow =
        allowed.stream().filter(it -> Prefixes.length(it) >= LEAST_OF_A_NETWORK).toList();
    return Prefixes.anyHolds(narrow, hop).yes()
        || Prefixes.anyHolds(clues.end().tunnelAddresses(), hop).yes()
        || clues.host().addresses().stream()
            .filter(it -> clues.isTunnel(it.device()))
            .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), hop)));
  }

  /** A full tunnel's AllowedIPs hold the router of the own line, too. */
  private boolean isOfOwnLine(String hop) {
    return clues.host().addresses().stream()
        .filter(it -> !clues.isTunnel(it.device()))
        .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), hop)));
  }

  private void size(Probe probe) {
    Integer lost = probe.payloadBytes();
    boolean toldTooLong = probe.problem() == Problem.MESSAGE_TOO_LONG;
    if (toldTooLong && lost != null && isForNoTunnel(lost) && fits(probe.target())) {
      return;
    }
    if (toldTooLong) {
      clues.add(
          Shows.TOO_LARGE,
          "a ping"
              + (lost == null ? "" : " with " + lost + " bytes")
              + " from "
              + clues.host().name()
              + " is too long for the way",
          lost == null ? null : lost.toString(),
          null);
    }
    if (lost != null && probe.type() == Probe.Type.PING && passes(probe.target(), lost)) {
      clues.add(
          Shows.TOO_LARGE,
          "pings with "
              + lost
              + " bytes to "
              + probe.target()
              + " are lost, smaller ones are answered",
          lost.toString(),
          null);
    }
  }

  /** Whether a ping is larger than the tunnel takes by its own MTU: that one says so is right. */
  private boolean isForNoTunnel(int payload) {
    Integer mtu = clues.end().mtu();
    return payload + PING_HEADERS
        > (mtu == null ? LINE_MTU - WireGuard.OVERHEAD_IPV4 : mtu.intValue());
  }

  /** Whether a ping that is as large as an MTU of 1280, which fits everywhere, was answered. */
  private boolean fits(@Nullable String target) {
    return isAnswered(target, bytes -> bytes + PING_HEADERS >= LEAST_MTU);
  }

  /** Whether a ping of fewer bytes to the same address was answered. */
  private boolean passes(@Nullable String target, int bytes) {
    return isAnswered(target, it -> it < bytes);
  }

  private boolean isAnswered(@Nullable String target, IntPredicate payloadBytes) {
    return probes.stream()
        .anyMatch(
            it ->
                it.type() == Probe.Type.PING
                    && it.answered().yes()
                    && it.payloadBytes() != null
                    && payloadBytes.test(it.payloadBytes())
                    && Objects.equals(it.target(), target));
  }

  private void stalled(Probe probe, boolean pings) {
    if (probe.type() == Probe.Type.HTTP && pings && probe.problem() == Problem.STALLED) {
      clues.add(
          Shows.TOO_LARGE,
          "pings from "
              + clues.host().name()
              + " are answered; a connection to "
              + probe.target()
              + " is made, and then nothing comes",
          null,
          null);
    }
  }

  private static boolean isNameProblem(Probe probe) {
    return probe.problem() == Problem.NAME_NOT_RESOLVED;
  }

  private void names(Probe probe) {
    String server =
        probe.type() == Probe.Type.DNS && probe.target() != null ? probe.target() : null;
    clues.add(
        Shows.NAMES_REFUSED,
        server == null
            ? "names do not resolve on " + clues.host().name()
            : "the name server " + server + " does not answer " + clues.host().name(),
        server,
        null);
  }

  /**
   * On one look at one end nobody knows who began: clients come from ports that somebody picked.
   */
  private boolean looksLikeServer(WgPeer peer) {
    boolean its = Objects.equals(clues.end().listenPort(), WireGuard.DEFAULT_PORT);
    boolean anyPort = peer.endpoint() != null && peer.endpoint().port() != WireGuard.DEFAULT_PORT;
    return its && anyPort && clues.end().configuredEndpoint() == null;
  }

  /** A server's ping to a peer that it has not heard for longer than a session lives. */
  private void idle(Probe probe) {
    for (WgPeer peer : clues.host().all(WgPeer.class)) {
      Long age = peer.handshakeAge();
      boolean old =
          age != null
              && age * 1000 > WireGuard.REJECT_AFTER_TIME
              && peer.endpoint() != null
              && Objects.equals(peer.publicKey(), clues.end().peerKey());
      boolean its =
          Prefixes.anyHolds(peer.allowedIps(), probe.target()).yes()
              && Prefixes.longestMatch(peer.allowedIps(), probe.target()) > 1;
      boolean quiet = peer.keepalive() == null || peer.keepalive() == 0;
      if ((clues.serves() || looksLikeServer(peer)) && old && its && quiet) {
        clues.add(
            Shows.IDLE_BEHIND_NAT,
            "the peer with "
                + probe.target()
                + " was last heard "
                + (age == null ? 0 : age / 60)
                + " minutes ago and does not answer; no keepalive keeps its way open",
            null,
            null);
      }
    }
  }
}
