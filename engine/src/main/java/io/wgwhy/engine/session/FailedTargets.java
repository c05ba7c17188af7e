package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
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
        probes.heardSince(probe.at()),
        probe.problem());
  }

  private Answer belongsToResponder(String target) {
    List<Addresses.AddressOn> addresses = scene.hostB().addresses();
    if (addresses.isEmpty()) {
      return Prefixes.anyHolds(scene.b().tunnelAddresses(), target).yes()
          ? Answer.YES
          : Answer.UNKNOWN;
    }
    return Answer.of(
        addresses.stream()
            .filter(it -> !it.cidr().startsWith("127."))
            .anyMatch(it -> Boolean.TRUE.equals(Prefixes.holds(it.cidr(), target))));
  }
}
