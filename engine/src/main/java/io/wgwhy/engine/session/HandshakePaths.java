package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Capture.IcmpError;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts how far the initiations get, and the responses back. */
final class HandshakePaths {
  private final Scene scene;
  private final @Nullable Endpoint endpoint;
  private final @Nullable Integer listenPort;

  /** Collectors look every 5 s, each at its own moment: windows that end so close are one, ms. */
  private static final long SAME_LOOK = 1000;

  private final List<Capture> out;
  private final List<Capture> in;
  private final List<Capture> arriving;
  private final List<Capture> leaving;
  private final TunnelFlows flows;

  private HandshakePaths(Scene scene) {
    this.scene = scene;
    this.endpoint = scene.endpoint();
    this.listenPort = scene.listenPort();
    this.out = scene.captures(scene.hostA(), Direction.OUT);
    this.in = scene.captures(scene.hostA(), Direction.IN);
    this.arriving = scene.captures(scene.hostB(), Direction.IN);
    this.leaving = scene.captures(scene.hostB(), Direction.OUT);
    this.flows = new TunnelFlows(scene);
  }

  static HandshakePath of(Scene scene) {
    return new HandshakePaths(scene).judge();
  }

  private HandshakePath judge() {
    Leg sent = sent();
    Leg arrived = seen(arriving, flows::isInitiationForResponder);
    Leg elsewhere = elsewhere();
    Leg answerArrived =
        unlessTooSoon(
            seenOfEndpoint(in, flows::isResponseForInitiator),
            in,
            leaving,
            flows::isResponseFromResponder);
    IcmpError icmp = icmp();
    return new HandshakePath(
        scene.tunnel().id(),
        sent,
        left(sent),
        arrived,
        elsewhere,
        elsewherePort(),
        new Delivery(scene, flows, scene.hostB(), arriving).of(arrived),
        noPort(),
        Acceptance.accepted(scene),
        Acceptance.answered(scene),
        seen(leaving, flows::isResponseFromResponder),
        answerArrived,
        new Delivery(scene, flows, scene.hostA(), in).of(answerArrived),
        icmp == null ? null : icmp.problem(),
        icmp == null ? null : icmp.source(),
        icmp == null || endpoint == null
            ? Answer.UNKNOWN
            : Answer.of(Prefixes.same(icmp.source(), endpoint.address())),
        icmpLeft(),
        seen(in, flows::isInitiationFromEndpoint),
        insideTunnel());
  }

  private Leg sent() {
    Trend trend = scene.initiatorTrend();
    if (trend == null) {
      return Leg.UNKNOWN;
    }
    return switch (trend.condition()) {
      // After a session there may be data in between: the number of initiations is not known.
      case ASKS_IN_VAIN ->
          trend.handshake().no()
              ? Leg.counted(trend.sentUnheard() / WireGuard.INITIATION_BYTES)
              : Leg.of(Answer.YES);
      case MUTE -> Leg.counted(0);
      default -> Leg.UNKNOWN;
    };
  }

  private Leg left(Leg sent) {
    Leg left = seenOfEndpoint(out, flows::isInitiationForEndpoint);
    // Nothing seen leaving means something only when something was sent, or should have been.
    boolean asked = sent.passed().yes() || Objects.equals(sent.count(), 0L);
    return left.passed().no() && !asked ? Leg.UNKNOWN : left;
  }

  /**
   * The flows of captures, counted; unknown when no capture could have seen them, or when there was
   * nothing to see because nobody asked.
   */
  private Leg seen(List<Capture> captures, Predicate<Flow> wanted) {
    long count = 0;
    for (Capture capture : captures) {
      for (Flow flow : capture.flows()) {
        count += wanted.test(flow) ? flow.count() : 0;
      }
    }
    return count > 0 || scene.looked(captures) ? Leg.counted(count) : Leg.UNKNOWN;
  }

  /**
   * Nothing was seen arriving: unknown when whatever left was seen leaving only after the last look
   * at where it arrives. The two ends do not tell at the same moment.
   */
  private static Leg unlessTooSoon(
      Leg arrived, List<Capture> arriving, List<Capture> leaving, Predicate<Flow> wanted) {
    if (!arrived.passed().no()) {
      return arrived;
    }
    long looked = arriving.stream().mapToLong(Capture::at).max().orElse(0) + SAME_LOOK;
    boolean left = leaving.stream().anyMatch(it -> it.flows().stream().anyMatch(wanted));
    boolean leftBefore =
        leaving.stream()
            .filter(it -> it.at() <= looked)
            .anyMatch(it -> it.flows().stream().anyMatch(wanted));
    return left && !leftBefore ? Leg.UNKNOWN : arrived;
  }

  /** Unknown, too, when there is an endpoint and nobody knows which. */
  private Leg seenOfEndpoint(List<Capture> captures, Predicate<Flow> wanted) {
    return endpoint == null && !scene.a().hasEndpoint().no() ? Leg.UNKNOWN : seen(captures, wanted);
  }

  private Leg elsewhere() {
    return scene.b().listenPort() == null
        ? Leg.UNKNOWN
        : seen(arriving, flows::isInitiationForAnotherPort);
  }

  private @Nullable Integer elsewherePort() {
    return arriving.stream()
        .flatMap(it -> it.flows().stream())
        .filter(flows::isInitiationForAnotherPort)
        .findFirst()
        .map(Flow::destinationPort)
        .orElse(null);
  }

  private Answer noPort() {
    Long growth = scene.growth(scene.hostB(), NetworkCounters::udpNoPorts);
    return Answer.of(growth == null ? null : growth > 0);
  }

  private @Nullable IcmpError icmp() {
    IcmpError newest = null;
    for (Capture capture : in) {
      for (IcmpError error : capture.errors()) {
        if (error.direction() != Direction.OUT && about(error)) {
          newest = error;
        }
      }
    }
    return newest;
  }

  private boolean about(IcmpError error) {
    return endpoint != null
        && Prefixes.same(error.aboutAddress(), endpoint.address())
        && (error.aboutPort() == null || error.aboutPort() == endpoint.port());
  }

  private Answer icmpLeft() {
    boolean looked = false;
    for (Capture capture : leaving) {
      looked |= !capture.filter().no() && !capture.complete().no();
      for (IcmpError error : capture.errors()) {
        boolean ours =
            error.aboutPort() == null
                || Objects.equals(error.aboutPort(), listenPort)
                || Objects.equals(error.aboutPort(), elsewherePort())
                || (endpoint != null && error.aboutPort() == endpoint.port());
        if (ours
            && scene.b().hostAddresses().stream()
                .anyMatch(it -> Prefixes.same(it, error.aboutAddress()))) {
          return Answer.YES;
        }
      }
    }
    return looked ? Answer.NO : Answer.UNKNOWN;
  }

  private Answer insideTunnel() {
    List<Capture> captures = scene.tunnelCaptures(scene.hostA());
    Leg leg = seenOfEndpoint(captures, flows::isInitiationForEndpoint);
    return leg.passed();
  }
}
