package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.tunnel.FailedTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The addresses that did not answer, and where the initiator sends packets for them. */
final class FailedTargets {
  private final Probes probes;
  private final Scene scene;

  private FailedTargets(Probes probes) {
    this.probes = probes;
    this.scene = probes.scene();
  }

  static List<FailedTarget> of(Probes probes) {
    FailedTargets targets = new FailedTargets(probes);
    Map<String, FailedTarget> failed = new LinkedHashMap<>();
    for (Probe probe : probes.all()) {
      String target = probe.target();
      if (target != null && probe.answered().no() && targets.isOfTunnel(target)) {
        failed.computeIfAbsent(target, it -> targets.failed(it, probe));
      }
    }
    return List.copyOf(failed.values());
  }

  private boolean isOfTunnel(String target) {
    return Prefixes.isAddress(target)
        && !probes.anyAnswered(target)
        && !probes.isEndpoint(target)
        && !isOutsideOfResponder(target)
        && !probes.isAnotherPeers(target);
  }

  private FailedTarget failed(String target, Probe probe) {
    String device = Routing.device(scene.hostA(), target);
    return new FailedTarget(
        scene.tunnel().id(),
        target,
        Prefixes.anyHolds(scene.a().allowedIps(), target),
        belongsToResponder(target),
        Prefixes.isPrivateUse(target),
        device,
        device == null ? Answer.UNKNOWN : Answer.of(device.equals(scene.a().iface())),
        EndpointChecks.onLink(scene.hostA(), target, scene.a().iface()),
        Answer.of(probes.answersBeyond(Inside.family(target))),
        probes.surelyHeardSince(probes.unansweredSince(probe)),
        probe.problem());
  }

  /** A public address of the responder itself: it is asked for in clear, as WireGuard is. */
  private boolean isOutsideOfResponder(String target) {
    return Prefixes.isPrivateUse(target).no()
        && !Prefixes.anyHolds(scene.a().allowedIps(), target).yes()
        && scene.b().hostAddresses().stream().anyMatch(it -> Prefixes.same(it, target));
  }

  /**
   * Whether it is the responder's, or in a network that it is in. Of its own neighbours in the
   * internet that says nothing: everybody else finds them without it.
   */
  private Answer belongsToResponder(String target) {
    List<Addresses.AddressOn> addresses = scene.hostB().addresses();
    if (addresses.isEmpty()) {
      return Prefixes.anyHolds(scene.b().tunnelAddresses(), target).yes()
          ? Answer.YES
          : Answer.UNKNOWN;
    }
    List<Addresses.AddressOn> near =
        addresses.stream()
            .filter(it -> !it.cidr().startsWith("127."))
            .filter(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), target)))
            .toList();
    boolean inside =
        Prefixes.isPrivateUse(target).yes() || !near.stream().allMatch(this::isTowardsInternet);
    return near.isEmpty() ? Answer.NO : inside ? Answer.YES : Answer.UNKNOWN;
  }

  private boolean isTowardsInternet(Addresses.AddressOn address) {
    Routes routes = scene.hostB().latest(Routes.class);
    return !address.device().equals(scene.b().iface())
        && (routes == null
            || routes.routes().stream()
                .anyMatch(
                    it -> it.destination().endsWith("/0") && address.device().equals(it.device())));
  }
}
