package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.tunnel.Leg;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host's UDP took what arrived at its network interface: firewalls and source validation
 * stand in between. The counter is the host's, so what else arrived meanwhile is taken off.
 */
final class Delivery {
  private final Scene scene;
  private final TunnelFlows flows;
  private final HostFacts host;
  private final List<Capture> captures;

  /**
   * @param captures those of the host that can show what arrives
   */
  Delivery(Scene scene, TunnelFlows flows, HostFacts host, List<Capture> captures) {
    this.scene = scene;
    this.flows = flows;
    this.host = host;
    this.captures = captures;
  }

  /**
   * @param arrived what the captures show
   */
  Leg of(Leg arrived) {
    long count = arrived.count() == null ? 0 : arrived.count();
    if (count == 0) {
      return Leg.UNKNOWN;
    }
    if (isTrackedWithoutReply()) {
      return Leg.of(Answer.YES);
    }
    Long growth = scene.growth(host, NetworkCounters::udpInDatagrams);
    if (growth != null && growth == 0) {
      return Leg.counted(0);
    }
    Leg compared = growth == null ? Leg.UNKNOWN : compare(growth, count);
    return compared.passed().unknown() && stoodStill() ? Leg.counted(0) : compared;
  }

  private Leg compare(long growth, long count) {
    long from = scene.growthFrom(host);
    long others = 0;
    for (Capture capture : host.history(Capture.class)) {
      if (capture.at() <= from || capture.direction() == Direction.OUT) {
        continue;
      }
      if (capture.data().no()) {
        return Leg.UNKNOWN; // it does not show what else the counter counted
      }
      for (Flow flow : capture.flows()) {
        boolean ours = captures.contains(capture) && isOurs(flow);
        others += TunnelFlows.isUdp(flow) && !ours ? flow.count() : 0;
      }
    }
    // One that is still on its way at either edge of the time may be missing.
    return growth - others >= count - 1
        ? Leg.of(Answer.YES)
        : growth <= others ? Leg.counted(0) : Leg.UNKNOWN;
  }

  private boolean isOurs(Flow flow) {
    return host == scene.hostB()
        ? flows.isInitiationForResponder(flow)
        : flows.isResponseForInitiator(flow);
  }

  /**
   * Whether the counter stood still in the trouble's own time while some of ours arrived: whatever
   * may have moved it just before.
   */
  private boolean stoodStill() {
    List<NetworkCounters> since =
        host.history(NetworkCounters.class).stream()
            .filter(it -> it.at() >= scene.since() && it.udpInDatagrams() != null)
            .toList();
    if (since.size() < 2) {
      return false;
    }
    NetworkCounters first = since.get(0);
    NetworkCounters last = since.get(since.size() - 1);
    return Objects.equals(first.udpInDatagrams(), last.udpInDatagrams())
        && captures.stream()
            .flatMap(it -> it.flows().stream())
            .filter(this::isOurs)
            .anyMatch(it -> isAfter(it.firstAt(), first.at()) && isAfter(last.at(), it.lastAt()));
  }

  private static boolean isAfter(@Nullable Long later, @Nullable Long earlier) {
    return later != null && earlier != null && later > earlier;
  }

  /**
   * A packet that the input hook drops leaves no entry behind: an entry means it got through, to
   * the host itself, or to whom a NAT rule hands it on (a published container port).
   */
  private boolean isTrackedWithoutReply() {
    ConntrackFlows tracked = host.latest(ConntrackFlows.class);
    return host == scene.hostB()
        && tracked != null
        && tracked.at() > scene.since()
        && tracked.flows().stream()
            .anyMatch(
                it ->
                    Objects.equals(it.destinationPort(), scene.listenPort())
                        && !flows.isOtherPeer(it.source(), it.sourcePort())
                        && isOwn(it.destination())
                        && isOwn(it.replySource())
                        && !it.replied());
  }

  private boolean isOwn(String address) {
    return scene.b().hostAddresses().stream().anyMatch(own -> Prefixes.same(own, address));
  }
}
