package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.IcmpError;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.ConntrackFlows.TrackedFlow;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.Neighbours;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a capture's ICMP errors and a list of tracked flows alone show of initiations. */
final class RefusalClues {
  private final Clues clues;

  RefusalClues(Clues clues) {
    this.clues = clues;
  }

  /** ICMP about initiations that the same capture shows. */
  void errors(Capture capture) {
    for (IcmpError error : capture.errors()) {
      capture.flows().stream()
          .filter(it -> it.type() == MessageType.INITIATION && isAbout(error, it))
          .findFirst()
          .ifPresent(it -> error(error, it.destination()));
      if (isOfEndpoint(error)) {
        error(error, error.source());
      }
    }
  }

  /** Somebody asked the endpoint's port by other means, and was told that it is closed. */
  private boolean isOfEndpoint(IcmpError error) {
    Endpoint endpoint = clues.end().endpoint();
    return !clues.serves()
        && endpoint != null
        && error.problem() == Capture.IcmpProblem.PORT_UNREACHABLE
        && Prefixes.same(error.source(), endpoint.address())
        && Prefixes.same(error.aboutAddress(), endpoint.address())
        && Objects.equals(error.aboutPort(), endpoint.port());
  }

  private static boolean isAbout(IcmpError error, Capture.Flow asked) {
    String address = error.aboutAddress();
    Integer port = error.aboutPort();
    return Prefixes.same(asked.source(), error.destination())
        && (address == null || Prefixes.same(asked.destination(), address))
        && (port == null || Objects.equals(port, asked.destinationPort()));
  }

  private void error(IcmpError error, String endpoint) {
    boolean itself = Prefixes.same(endpoint, error.source());
    switch (error.problem()) {
      case PORT_UNREACHABLE ->
          add(
              itself ? Shows.NOBODY_LISTENS : Shows.NO_ANSWER,
              error,
              endpoint,
              "says that nobody listens at its port");
      case ADMIN_PROHIBITED ->
          add(
              itself ? Shows.INPUT_DROPS : Shows.NO_ANSWER,
              error,
              endpoint,
              "says that they are prohibited");
      case HOST_UNREACHABLE, NET_UNREACHABLE ->
          add(Shows.NO_WAY_TO_ENDPOINT, error, endpoint, "says that it cannot be reached");
      default -> {
        // Of sizes and hops: of other causes.
      }
    }
  }

  private void add(Shows shows, IcmpError error, String endpoint, String what) {
    clues.add(
        shows,
        Symptom.Kind.NO_HANDSHAKE,
        "of the initiations for " + endpoint + " " + error.source() + " " + what + " (ICMP)",
        endpoint,
        null);
  }

  /** The initiator's host, or a NAT in front of it, has seen packets go and none come back. */
  void flows() {
    ConntrackFlows tracked = clues.latest(ConntrackFlows.class);
    if (tracked == null || clues.serves()) {
      return;
    }
    Endpoint endpoint = clues.end().endpoint();
    int port = endpoint == null ? WireGuard.DEFAULT_PORT : endpoint.port();
    TrackedFlow lost = null;
    for (TrackedFlow flow : tracked.flows()) {
      boolean its = flow.destinationPort() == port;
      if (its && flow.replied()) {
        return;
      }
      lost = its ? flow : lost;
    }
    say(lost, port);
  }

  /** A router hands what comes for the server on to an address that nobody has. */
  void handedOn() {
    ConntrackFlows tracked = clues.latest(ConntrackFlows.class);
    Neighbours neighbours = clues.latest(Neighbours.class);
    if (tracked == null || neighbours == null) {
      return;
    }
    Integer listens = clues.end().listenPort();
    int port = listens == null ? WireGuard.DEFAULT_PORT : listens;
    for (TrackedFlow flow : tracked.flows()) {
      String to = flow.replySource();
      boolean handed =
          (flow.destinationPort() == port || flow.replySourcePort() == port)
              && Prefixes.isAddress(to)
              && Prefixes.isAddress(flow.destination())
              && !Prefixes.same(flow.destination(), to);
      boolean nobody =
          neighbours.neighbours().stream()
              .anyMatch(it -> it.failed() && Prefixes.same(it.address(), to));
      if (handed && nobody && !flow.replied()) {
        clues.add(
            Shows.NO_WAY_TO_ENDPOINT,
            Symptom.Kind.NO_HANDSHAKE,
            clues.host().name()
                + " hands what comes for "
                + flow.destination()
                + ", UDP port "
                + flow.destinationPort()
                + ", on to "
                + to
                + ", and no host answers there (its neighbour table says FAILED)",
            to,
            null);
      }
    }
  }

  private void say(@Nullable TrackedFlow lost, int port) {
    if (lost != null) {
      clues.add(
          Shows.NO_ANSWER,
          Symptom.Kind.NO_HANDSHAKE,
          clues.host().name()
              + " tracks packets to "
              + lost.destination()
              + ", UDP port "
              + port
              + ", and none has come back",
          null,
          null);
    }
  }
}
