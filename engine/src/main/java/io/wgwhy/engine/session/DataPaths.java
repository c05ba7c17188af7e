package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.DataPath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Counts data messages at both ends, and what the responder passes on. */
final class DataPaths {
  /** Two dumps are never of one moment: some full packets may be on the way between them, bytes. */
  private static final long ON_THE_WAY = 4L * (1500 - WireGuard.OVERHEAD_IPV4);

  private DataPaths() {}

  static DataPath of(Scene scene) {
    List<Capture> outA = scene.captures(scene.hostA(), Direction.OUT);
    List<Capture> inA = scene.captures(scene.hostA(), Direction.IN);
    List<Capture> inB = scene.captures(scene.hostB(), Direction.IN);
    List<Capture> outB = scene.captures(scene.hostB(), Direction.OUT);
    return new DataPath(
        scene.tunnel().id(),
        ofEndpoint(scene, count(outA, it -> toEndpoint(scene, it))),
        count(inB, it -> isData(it) && Objects.equals(it.destinationPort(), scene.listenPort())),
        count(outB, it -> isData(it) && Objects.equals(it.sourcePort(), scene.listenPort())),
        ofEndpoint(scene, count(inA, it -> fromEndpoint(scene, it))),
        count(outB, it -> fromTunnel(scene, it.source())),
        count(inB, it -> fromTunnel(scene, it.destination())),
        InterfaceCounters.comesOut(scene),
        unheard(scene));
  }

  /** Unknown when there is an endpoint and nobody knows which. */
  private static Leg ofEndpoint(Scene scene, Leg counted) {
    return scene.endpoint() == null && !scene.a().hasEndpoint().no() ? Leg.UNKNOWN : counted;
  }

  private static boolean isData(Flow flow) {
    return flow.type() == MessageType.DATA;
  }

  private static boolean toEndpoint(Scene scene, Flow flow) {
    return isData(flow)
        && scene.endpoint() != null
        && Objects.equals(flow.destinationPort(), scene.endpoint().port())
        && Prefixes.same(flow.destination(), scene.endpoint().address());
  }

  private static boolean fromEndpoint(Scene scene, Flow flow) {
    return isData(flow)
        && scene.endpoint() != null
        && Objects.equals(flow.sourcePort(), scene.endpoint().port())
        && Prefixes.same(flow.source(), scene.endpoint().address());
  }

  /** Whether an address is the initiator's inside the tunnel. */
  private static boolean fromTunnel(Scene scene, String address) {
    return scene.innerAddresses().stream().anyMatch(it -> Prefixes.same(it, address));
  }

  private static Leg count(List<Capture> captures, Predicate<Flow> wanted) {
    long count = 0;
    boolean looked = false;
    for (Capture capture : captures) {
      looked |= !capture.complete().no() && !capture.data().no();
      for (Flow flow : capture.flows()) {
        count += wanted.test(flow) ? flow.count() : 0;
      }
    }
    return looked || count > 0 ? Leg.counted(count) : Leg.UNKNOWN;
  }

  /**
   * Whether the responder sent clearly more than the initiator got: packets vanish on the way. What
   * counts is the time in which both were watched; totals say nothing, as either end may have been
   * restarted.
   */
  private static Answer unheard(Scene scene) {
    PeerView responder = scene.pair().responder();
    PeerView initiator = scene.pair().initiator();
    Samples there = responder == null ? null : Samples.of(responder.samples());
    Samples here = initiator == null ? null : Samples.of(initiator.samples());
    if (there == null || here == null) {
      return Answer.UNKNOWN;
    }
    WgPeer begin = there.from(here.first().at()).orElse(null);
    WgPeer end = there.before(here.last().at()).orElse(null);
    if (begin == null || end == null || end.at() <= begin.at()) {
      return Answer.UNKNOWN;
    }
    long missed = Samples.sent(begin, end) - Samples.received(here.first(), here.last());
    return Answer.of(missed > ON_THE_WAY);
  }
}
