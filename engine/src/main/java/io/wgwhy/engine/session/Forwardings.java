package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.Forwarding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the responder does with packets that are not for itself. */
final class Forwardings {
  private Forwardings() {}

  /** An address behind the responder that did not answer; null when none. */
  static @Nullable String target(Scene scene, List<FailedTarget> failed) {
    return failed.stream()
        .filter(it -> !it.throughTunnel().no() && !it.allowed().no())
        .map(FailedTarget::target)
        .filter(
            it ->
                scene.b().tunnelAddresses().stream()
                    .noneMatch(own -> Prefixes.same(Prefixes.withoutLength(own), it)))
        .filter(it -> !"lo".equals(Routing.device(scene.hostB(), it)))
        .findFirst()
        .orElse(null);
  }

  static Forwarding of(Scene scene, @Nullable String target) {
    HostFacts host = scene.hostB();
    Sysctls sysctls = host.latest(Sysctls.class);
    String egress =
        target == null ? FilterVerdicts.defaultDevice(host) : Routing.device(host, target);
    return new Forwarding(
        scene.tunnel().id(),
        sysctls == null ? Answer.UNKNOWN : sysctls.forwardsIpv4(),
        target,
        egress,
        masqueraded(scene, host, target, egress),
        otherDevice(host, egress));
  }

  private static Answer masqueraded(
      Scene scene, HostFacts host, @Nullable String target, @Nullable String egress) {
    List<Ruleset> rulesets = host.all(Ruleset.class);
    String source =
        scene.a().tunnelAddresses().stream()
            .map(Prefixes::withoutLength)
            .filter(Prefixes::isIpv4)
            .findFirst()
            .orElse(null);
    if (rulesets.isEmpty() || egress == null) {
      return Answer.UNKNOWN;
    }
    Answer any = Answer.NO;
    for (Ruleset ruleset : rulesets) {
      Packet packet =
          new Packet("ip", scene.b().iface(), egress, null, source, null, target, null, "new");
      List<PacketFilter.Outcome> outcomes =
          PacketFilter.translate(ruleset, packet, Hook.POSTROUTING);
      boolean all =
          !outcomes.isEmpty() && outcomes.stream().allMatch(it -> translates(it.action()));
      boolean none = outcomes.stream().noneMatch(it -> translates(it.action()));
      boolean shown = !ruleset.complete().no() || !outcomes.isEmpty();
      any = any.or(all ? Answer.YES : none && shown ? Answer.NO : Answer.UNKNOWN);
    }
    return any;
  }

  private static boolean translates(Action action) {
    return action == Action.MASQUERADE || action == Action.SNAT;
  }

  /** A device that a masquerade rule names and that is not the one packets leave by. */
  private static @Nullable String otherDevice(HostFacts host, @Nullable String egress) {
    for (Ruleset ruleset : host.all(Ruleset.class)) {
      for (Ruleset.Chain chain : ruleset.chains()) {
        for (Ruleset.Rule rule : chain.rules()) {
          if (!translates(rule.action())) {
            continue;
          }
          for (Ruleset.Match match : rule.matches()) {
            boolean names = match.field() == Ruleset.Field.OUTPUT_DEVICE && !match.inverted();
            if (names && egress != null && !match.values().contains(egress)) {
              return match.values().get(0);
            }
          }
        }
      }
    }
    return null;
  }
}
