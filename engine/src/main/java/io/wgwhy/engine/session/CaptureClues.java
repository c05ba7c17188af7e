package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Capture.IcmpProblem;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What captures alone show. */
final class CaptureClues {
  private static final int DNS = 53;

  /** A single answer may get lost, and the next one, too. */
  private static final int RETRIES = 3;

  private final Clues clues;
  private final List<Capture> captures;

  CaptureClues(Clues clues) {
    this.clues = clues;
    this.captures = clues.host().history(Capture.class);
  }

  boolean sawInitiationsFrom(@Nullable String address) {
    return captures.stream()
        .flatMap(it -> it.flows().stream())
        .anyMatch(
            it ->
                it.type() == MessageType.INITIATION
                    && it.count() > 1
                    && Prefixes.same(it.source(), address));
  }

  void look() {
    captures.forEach(this::errors);
    new PassingClues(clues, captures).look();
    handshakes();
    RefusalClues refusals = new RefusalClues(clues);
    captures.forEach(refusals::errors);
    refusals.flows();
    refusals.handedOn();
  }

  private void errors(Capture capture) {
    for (Capture.IcmpError error : capture.errors()) {
      if (error.problem() == IcmpProblem.FRAGMENTATION_NEEDED) {
        String mtu = error.mtu() == null ? "" : " (MTU " + error.mtu() + ")";
        clues.add(
            Shows.TOO_LARGE,
            "a capture on "
                + clues.host().name()
                + " shows ICMP for "
                + error.destination()
                + ": packets are too large for the next link"
                + mtu,
            null,
            error.mtu() == null ? null : error.mtu().toString());
      }
      boolean ofNames = Objects.equals(error.aboutPort(), DNS);
      if (ofNames && error.problem() == IcmpProblem.PORT_UNREACHABLE) {
        clues.add(
            Shows.NAMES_REFUSED,
            "nobody answers for names at " + error.source() + ": UDP port 53 is unreachable there",
            error.source(),
            null);
      }
    }
  }

  /** A capture for the port that goes on, and shows nothing, was pasted for just that. */
  private boolean sawNothing(Capture capture) {
    boolean none = capture.packets() == null || capture.packets() == 0;
    boolean empty = none && capture.flows().isEmpty() && capture.errors().isEmpty();
    boolean ended = capture.complete().yes() && capture.packets() != null;
    return empty && !clues.isTunnel(capture.device()) && (ended || isListenPort(capture.port()));
  }

  /** Whether it was looked for what comes for WireGuard. */
  private boolean isListenPort(@Nullable Integer port) {
    Integer listens = clues.end().listenPort();
    return port != null && (listens == null || listens.equals(port));
  }

  /** Whether the questions come at the pace of retries, each is answered, and no data follows. */
  private static boolean isRepeated(Flow asked, List<Flow> answers, List<Flow> flows) {
    Long from = asked.firstAt();
    Long to = asked.lastAt();
    int answered = answers.stream().mapToInt(Flow::count).sum();
    // Without dates: had there been a session, its data would have been among them.
    boolean paced =
        from == null
            || to == null
            || to - from <= (asked.count() - 1L) * 2 * WireGuard.REKEY_TIMEOUT;
    boolean session =
        flows.stream()
            .filter(it -> it.type() != MessageType.INITIATION && it.type() != MessageType.RESPONSE)
            .anyMatch(
                it ->
                    Prefixes.same(it.source(), asked.source())
                        || Prefixes.same(it.destination(), asked.source()));
    return asked.count() >= RETRIES && answered >= RETRIES - 1 && paced && !session;
  }

  /** Whether no capture let handshakes through only; one of a port shows that port's data, too. */
  private boolean sawData() {
    return captures.stream().noneMatch(it -> it.data().no() && it.port() == null);
  }

  /**
   * Whether the host itself answers them with ICMP: then more is known than that nothing leaves.
   */
  private boolean isRefused(Flow asked) {
    return captures.stream()
        .flatMap(it -> it.errors().stream())
        .filter(it -> it.problem() == IcmpProblem.PORT_UNREACHABLE)
        .filter(it -> Prefixes.same(it.source(), asked.destination()))
        .anyMatch(it -> it.aboutPort() == null || it.aboutPort().equals(asked.destinationPort()));
  }

  /**
   * Tcpdump on one device says no direction: the peer's Endpoint is where the server sends from.
   */
  private boolean isSentByServer(Flow asked) {
    Endpoint asServer = clues.otherEnd().configuredEndpoint();
    return clues.serves()
        && asServer != null
        && asked.direction() != Direction.IN
        && Prefixes.same(asServer.address(), asked.source());
  }

  private void handshakes() {
    List<Flow> flows =
        captures.stream()
            .filter(it -> !clues.isTunnel(it.device()))
            .flatMap(it -> it.flows().stream())
            .toList();
    for (Flow asked : flows) {
      boolean sent =
          asked.direction() == Direction.OUT
              || clues.isOwn(asked.source())
              || isSentByServer(asked);
      if (asked.type() != MessageType.INITIATION || sent) {
        continue;
      }
      List<Flow> answers =
          flows.stream()
              .filter(
                  it -> it.type() == MessageType.RESPONSE || it.type() == MessageType.COOKIE_REPLY)
              .filter(it -> Prefixes.same(it.destination(), asked.source()))
              .toList();
      boolean elsewhere =
          !answers.isEmpty()
              && answers.stream().noneMatch(it -> Prefixes.same(it.source(), asked.destination()));
      if (elsewhere) {
        clues.add(
            Shows.ANSWERS_FROM_ELSEWHERE,
            Symptom.Kind.NO_HANDSHAKE,
            "initiations come in for "
                + asked.destination()
                + ", and the answers leave from "
                + answers.get(0).source(),
            answers.get(0).source(),
            asked.destination());
      }
      boolean repeated = isRepeated(asked, answers, flows) && !elsewhere && sawData();
      boolean home =
          Prefixes.isPrivateUse(asked.source()).yes()
              && Prefixes.isPrivateUse(asked.destination()).no();
      if (repeated && home) {
        // In front of its router the initiator has the address that only its own network knows.
        clues.add(
            Shows.WRONG_PRESHARED_KEY,
            Symptom.Kind.NO_HANDSHAKE,
            "the answers to "
                + asked.count()
                + " initiations come back to "
                + asked.source()
                + ", and it asks again all the same: it does not take them",
            null,
            null);
      } else if (repeated && clues.serves()) {
        clues.add(
            Shows.ANSWERED_IN_VAIN,
            Symptom.Kind.NO_HANDSHAKE,
            asked.count()
                + " initiations from "
                + asked.source()
                + " are answered by "
                + clues.host().name()
                + " and repeated all the same: the answers do not arrive, or are not taken",
            null,
            null);
      }
      if (answers.isEmpty() && clues.serves() && asked.count() > 1 && !isRefused(asked)) {
        new UnansweredClues(clues).initiations(asked);
      }
    }
    boolean looked = captures.stream().anyMatch(this::sawNothing);
    Trend trend = clues.scene().responderTrend();
    boolean nobodyCame = trend != null && trend.handshake().no();
    boolean nothingAnywhere = captures.stream().allMatch(it -> it.flows().isEmpty());
    boolean askedForIt =
        trend == null
            && nothingAnywhere
            && captures.stream().anyMatch(it -> sawNothing(it) && isListenPort(it.port()));
    if (looked && (nobodyCame || askedForIt) && flows.isEmpty() && clues.serves()) {
      clues.add(
          Shows.NOTHING_ARRIVES,
          Symptom.Kind.NO_HANDSHAKE,
          "a capture on " + clues.host().name() + " saw no packet at all",
          null,
          null);
    }
  }
}
