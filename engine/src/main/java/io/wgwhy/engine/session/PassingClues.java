package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What captures alone show of what a server should pass on. */
final class PassingClues {
  private final Clues clues;
  private final List<Capture> captures;

  PassingClues(Clues clues, List<Capture> captures) {
    this.clues = clues;
    this.captures = captures;
  }

  void look() {
    if (clues.serves()) {
      entersAndDoesNotLeave();
      comesAndDoesNotGo();
      leavesUntranslated();
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
            .filter(it -> !clues.isOwn(it.destination()))
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

  /** On all devices at once: what comes out of the tunnel with a direction, and never goes out. */
  private void comesAndDoesNotGo() {
    for (Capture capture : captures) {
      boolean directed = capture.flows().stream().anyMatch(it -> it.direction() == Direction.OUT);
      Flow inside =
          capture.flows().stream()
              .filter(it -> it.direction() == Direction.IN)
              .filter(it -> Prefixes.isPrivateUse(it.source()).yes() && !clues.isOwn(it.source()))
              .filter(it -> Prefixes.isPrivateUse(it.destination()).no())
              .filter(it -> !clues.isOwn(it.destination()))
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
        && !clues.isOwn(flow.source())
        && Prefixes.isPrivateUse(flow.destination()).no();
  }

  /**
   * Into a network of one's own a tunnel address may go as it is: whoever answers needs a route.
   */
  private boolean isRawAtHome(Flow flow) {
    return isOfTunnel(flow.source())
        && !clues.isOwn(flow.source())
        && Prefixes.isPrivateUse(flow.destination()).yes()
        && !isOfTunnel(flow.destination())
        && !clues.isOwn(flow.destination())
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
}
