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
import java.util.function.Function;
import java.util.function.Predicate;
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
    entersAndDoesNotLeave();
    comesAndDoesNotGo();
    handshakes();
    leavesUntranslated();
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

  /** The same question was looked for on both sides: it comes out of the tunnel, and no more. */
  private void entersAndDoesNotLeave() {
    Flow inside =
        captures.stream()
            .filter(it -> clues.isTunnel(it.device()))
            .flatMap(it -> it.flows().stream())
            .filter(it -> it.type() == MessageType.TCP || it.type() == MessageType.ECHO_REQUEST)
            .filter(it -> Prefixes.isPrivateUse(it.source()).yes())
            .filter(it -> !isOwn(it.destination()))
            .findFirst()
            .orElse(null);
    boolean nothingLeft =
        captures.stream()
            .anyMatch(
                it ->
                    !clues.isTunnel(it.device())
                        && !it.device().equals("?")
                        && Integer.valueOf(0).equals(it.packets())
                        && it.flows().isEmpty());
    if (inside != null && nothingLeft && clues.serves()) {
      stays(inside, "come out of the tunnel", "leaves it");
    }
  }

  private void stays(Flow inside, String enters, String leaves) {
    clues.add(
        Shows.ENTERS_AND_DOES_NOT_LEAVE,
        Symptom.Kind.NOTHING_BEYOND,
        "packets from "
            + inside.source()
            + " to "
            + inside.destination()
            + " "
            + enters
            + " on "
            + clues.host().name()
            + ", and none of them "
            + leaves,
        inside.destination(),
        null);
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

  /** On all devices at once: what comes out of the tunnel with a direction, and never goes out. */
  private void comesAndDoesNotGo() {
    for (Capture capture : captures) {
      boolean directed = capture.flows().stream().anyMatch(it -> it.direction() == Direction.OUT);
      Flow inside =
          capture.flows().stream()
              .filter(it -> it.direction() == Direction.IN)
              .filter(it -> Prefixes.isPrivateUse(it.source()).yes() && !isOwn(it.source()))
              .filter(it -> Prefixes.isPrivateUse(it.destination()).no())
              .filter(it -> !isOwn(it.destination()))
              .findFirst()
              .orElse(null);
      boolean goes =
          inside != null
              && capture.flows().stream()
                  .anyMatch(
                      it ->
                          it.direction() == Direction.OUT
                              && Prefixes.same(it.destination(), inside.destination()));
      // Somebody's packets that came through the tunnel: its own are among them.
      boolean outer =
          capture.flows().stream()
              .anyMatch(
                  it ->
                      it.type() == MessageType.INITIATION
                          || it.type() == MessageType.RESPONSE
                          || (it.type() == MessageType.DATA && it.direction() == Direction.IN));
      if (directed && inside != null && !goes && outer && clues.serves()) {
        stays(inside, "come in", "goes out");
      }
    }
  }

  private boolean isOwn(String address) {
    return clues.host().addresses().stream().anyMatch(it -> Prefixes.same(it.address(), address));
  }

  private void leavesUntranslated() {
    for (Capture capture : captures) {
      boolean outside = !clues.isTunnel(capture.device()) && !capture.device().equals("?");
      if (outside && clues.serves()) {
        unanswered(capture, this::isRawOutside, Shows.NOT_MASQUERADED, it -> "", "private");
        unanswered(
            capture,
            this::isRawAtHome,
            Shows.NO_WAY_BACK,
            it -> " for " + it.destination(),
            "tunnel");
      }
    }
  }

  /** No network outside leads back to an address for private use. */
  private boolean isRawOutside(Flow flow) {
    return Prefixes.isPrivateUse(flow.source()).yes()
        && !isOwn(flow.source())
        && Prefixes.isPrivateUse(flow.destination()).no();
  }

  /**
   * Into a network of one's own a tunnel address may go as it is: whoever answers needs a route.
   */
  private boolean isRawAtHome(Flow flow) {
    return isOfTunnel(flow.source())
        && !isOwn(flow.source())
        && Prefixes.isPrivateUse(flow.destination()).yes()
        && !isOfTunnel(flow.destination())
        && !isOwn(flow.destination())
        && flow.count() > 1;
  }

  /**
   * @param forWhom which of the packets of the first such flow
   * @param kind of their source address
   */
  private void unanswered(
      Capture capture,
      Predicate<Flow> which,
      Shows shows,
      Function<Flow, String> forWhom,
      String kind) {
    Flow raw =
        capture.flows().stream()
            .filter(it -> it.type() == MessageType.ECHO_REQUEST || it.type() == MessageType.TCP)
            .filter(which)
            .findFirst()
            .orElse(null);
    if (raw == null
        || capture.flows().stream().anyMatch(it -> Prefixes.same(it.destination(), raw.source()))) {
      return;
    }
    clues.add(
        shows,
        Symptom.Kind.NOTHING_BEYOND,
        "packets"
            + forWhom.apply(raw)
            + " leave "
            + clues.host().name()
            + " by "
            + capture.device()
            + " with the "
            + kind
            + " address "
            + raw.source()
            + " as source, and nobody answers",
        raw.source(),
        null);
  }

  /**
   * Whether an address is of a network that is on a tunnel device of this host, or the one that a
   * peer has for itself.
   */
  private boolean isOfTunnel(String address) {
    List<String> allowed = clues.end().allowedIps();
    boolean peers =
        allowed != null
            && allowed.stream()
                .filter(it -> Prefixes.length(it) == 32)
                .anyMatch(it -> Prefixes.same(Prefixes.withoutLength(it), address));
    return peers
        || clues.host().addresses().stream()
            .filter(it -> clues.isTunnel(it.device()))
            .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), address)))
        || clues.host().routes().stream()
            .filter(it -> it.device() != null && clues.isTunnel(it.device()))
            .filter(it -> Prefixes.length(it.destination()) > 7)
            .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.destination(), address)));
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
          asked.direction() == Direction.OUT || isOwn(asked.source()) || isSentByServer(asked);
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
