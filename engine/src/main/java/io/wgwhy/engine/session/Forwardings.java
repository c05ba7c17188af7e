package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.NetworkCounters;
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
    Long refused = scene.growth(host, NetworkCounters::inAddressErrors);
    String egress =
        target == null ? FilterVerdicts.defaultDevice(host) : Routing.device(host, target);
    return new Forwarding(
        scene.tunnel().id(),
        sysctls == null ? Answer.UNKNOWN : sysctls.forwardsIpv4(),
        Answer.of(refused == null ? null : refused > 0),
        target,
        egress,
        masqueraded(scene, host, target, egress),
        otherDevice(scene, host, egress));
  }

  private static Answer masqueraded(
      Scene scene, HostFacts host, @Nullable String target, @Nullable String egress) {
    List<Ruleset> rulesets = host.all(Ruleset.class);
    String source = source(scene);
    if (rulesets.isEmpty() || egress == null) {
      return Answer.UNKNOWN;
    }
    Packet packet =
        new Packet("ip", scene.b().iface(), egress, null, source, null, target, null, "new");
    Answer any = null;
    for (Ruleset ruleset : rulesets) {
      if (FilterVerdicts.isAbout(ruleset, packet)) {
        Answer one = translated(ruleset, packet);
        any = any == null ? one : any.or(one);
      }
    }
    return any == null ? Answer.UNKNOWN : any;
  }

  private static Answer translated(Ruleset ruleset, Packet packet) {
    List<PacketFilter.Outcome> outcomes = PacketFilter.translate(ruleset, packet, Hook.POSTROUTING);
    boolean all = !outcomes.isEmpty() && outcomes.stream().allMatch(it -> translates(it.action()));
    boolean none = outcomes.stream().noneMatch(it -> translates(it.action()) || it.unknown());
    boolean shown = !ruleset.complete().no() || !outcomes.isEmpty();
    return all ? Answer.YES : none && shown ? Answer.NO : Answer.UNKNOWN;
  }

  private static boolean translates(Action action) {
    return action == Action.MASQUERADE || action == Action.SNAT;
  }

  /**
   * A device that a masquerade rule for the tunnel's packets names, and that is not the one they
   * leave by; null when there is none.
   */
  private static @Nullable String otherDevice(
      Scene scene, HostFacts host, @Nullable String egress) {
    if (egress == null) {
      return null;
    }
    String source = source(scene);
    for (Ruleset ruleset : host.all(Ruleset.class)) {
      for (Ruleset.Chain chain : ruleset.chains()) {
        for (Ruleset.Rule rule : chain.rules()) {
          String named = translates(rule.action()) ? namedDevice(rule) : null;
          if (named != null
              && !named.equals(scene.b().iface())
              && !leavesBy(rule, source, egress)
              && leavesBy(rule, source, named)) {
            return named;
          }
        }
      }
    }
    return null;
  }

  /** Whether the rule would translate the tunnel's packets, did they leave by this device. */
  private static boolean leavesBy(Ruleset.Rule rule, @Nullable String source, String device) {
    return !new Packet("ip", null, device, null, source, null, null, null, "new")
        .matches(rule)
        .no();
  }

  private static @Nullable String namedDevice(Ruleset.Rule rule) {
    return rule.matches().stream()
        .filter(it -> it.field() == Ruleset.Field.OUTPUT_DEVICE && !it.inverted())
        .flatMap(it -> it.values().stream())
        .findFirst()
        .orElse(null);
  }

  /** The initiator's address inside the tunnel. */
  private static @Nullable String source(Scene scene) {
    return scene.innerAddresses().stream().filter(Prefixes::isIpv4).findFirst().orElse(null);
  }
}
