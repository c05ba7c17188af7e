package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.Forwarding;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the responder does with packets that are not for itself. */
final class Forwardings {
  private Forwardings() {}

  /** An address behind the responder that did not answer; null when none. */
  static @Nullable String target(Scene scene, List<FailedTarget> failed) {
    return failed.stream()
        .filter(it -> !it.throughTunnel().no() && !it.allowed().no())
        // Where others of the family answer, the one may just be down.
        .sorted(Comparator.comparing(it -> it.othersAnswer().yes()))
        .map(FailedTarget::target)
        .filter(
            it ->
                scene.b().tunnelAddresses().stream()
                    .noneMatch(own -> Prefixes.same(Prefixes.withoutLength(own), it)))
        .filter(
            it ->
                scene.hostB().addresses().stream()
                    .noneMatch(own -> Prefixes.same(own.address(), it)))
        .filter(it -> !"lo".equals(Routing.device(scene.hostB(), it)))
        .findFirst()
        .orElse(null);
  }

  static Forwarding of(Scene scene, @Nullable String target) {
    HostFacts host = scene.hostB();
    String family = Inside.family(scene, target);
    boolean ipv6 = Inside.isIpv6(family);
    Sysctls sysctls = host.latest(Sysctls.class);
    // What is counted there are packets of IPv4.
    Long refused = ipv6 ? null : scene.growth(host, NetworkCounters::inAddressErrors);
    String egress =
        target == null ? FilterVerdicts.defaultDevice(host, family) : Routing.device(host, target);
    Packet leaving =
        egress == null
            ? null
            : new Packet(
                family,
                scene.b().iface(),
                egress,
                null,
                Inside.address(scene, family),
                null,
                target,
                null,
                "new");
    String setting = setting(sysctls, ipv6, scene.b().iface());
    Long value = sysctls == null ? null : sysctls.value(setting);
    return new Forwarding(
        scene.tunnel().id(),
        Answer.of(value == null ? null : value != 0),
        setting,
        Answer.of(refused == null ? null : refused > 0),
        target,
        egress,
        leaves(scene, target),
        leaving == null ? Answer.UNKNOWN : masqueraded(host, leaving),
        leaving == null ? null : foreignSource(host, leaving),
        leaving == null ? Answer.UNKNOWN : mustTranslate(scene, leaving),
        leaving == null ? null : otherDevice(scene, host, leaving));
  }

  /** Its own pings look the same; unknown, too, where nobody captured questions. */
  private static Answer leaves(Scene scene, @Nullable String target) {
    boolean seen =
        scene.captures(scene.hostB(), Direction.OUT).stream()
            .flatMap(it -> it.flows().stream())
            .filter(it -> it.type() == MessageType.ECHO_REQUEST || it.type() == MessageType.TCP)
            .anyMatch(it -> Prefixes.same(it.destination(), target));
    return seen ? Answer.YES : Answer.UNKNOWN;
  }

  /** The switch of the family; of IPv4 the tunnel device's own where it is not as that is. */
  private static String setting(@Nullable Sysctls sysctls, boolean ipv6, @Nullable String tunnel) {
    if (ipv6 || sysctls == null) {
      return ipv6 ? Sysctls.FORWARDS_IPV6 : Sysctls.FORWARDS_IPV4;
    }
    String own = sysctls.forwardsIpv4From(tunnel);
    boolean same = Objects.equals(sysctls.value(own), sysctls.value(Sysctls.FORWARDS_IPV4));
    return same ? Sysctls.FORWARDS_IPV4 : own;
  }

  /** What is answered to an address that the host does not have does not come back to it. */
  private static @Nullable String foreignSource(HostFacts host, Packet packet) {
    boolean known =
        host.addresses().stream().anyMatch(it -> it.device().equals(packet.outputDevice()));
    return host.rulesets().stream()
        .filter(it -> known && FilterVerdicts.isAbout(it, packet))
        .map(it -> PacketFilter.translate(it, packet, Hook.POSTROUTING))
        .filter(it -> it.size() == 1 && it.get(0).action() == Action.SNAT)
        .map(it -> it.get(0).rule())
        .map(it -> it == null ? null : it.target())
        .filter(it -> it != null && Prefixes.isAddress(it))
        .filter(it -> host.addresses().stream().noneMatch(own -> Prefixes.same(own.address(), it)))
        .findFirst()
        .orElse(null);
  }

  private static Answer masqueraded(HostFacts host, Packet packet) {
    List<Ruleset> rulesets = host.rulesets();
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
   * Nobody else can where the responder stands in the public network itself: no answer finds a
   * private source there, be the target up or down. A private router behind it may translate.
   */
  private static Answer mustTranslate(Scene scene, Packet leaving) {
    Answer privateSource = Prefixes.isPrivateUse(leaving.source());
    if (!privateSource.yes()) {
      return privateSource;
    }
    HostFacts host = scene.hostB();
    boolean standsInPublic =
        host.addresses().stream()
            .filter(it -> it.device().equals(leaving.outputDevice()))
            .filter(it -> Inside.isOf(leaving.family(), it.address()))
            .anyMatch(it -> Prefixes.isPrivateUse(it.address()).no());
    return standsInPublic
            && targets(scene, leaving).stream().anyMatch(it -> isOfTheWorld(scene, it, leaving))
        ? Answer.YES
        : Answer.UNKNOWN;
  }

  /** What was asked for; while nobody saw who asked, where untranslated packets went. */
  private static List<String> targets(Scene scene, Packet leaving) {
    if (leaving.destination() != null) {
      return List.of(leaving.destination());
    }
    return scene.captures(scene.hostB(), Direction.OUT).stream()
        .flatMap(it -> it.flows().stream())
        .filter(it -> Prefixes.same(it.source(), leaving.source()))
        .map(Capture.Flow::destination)
        .distinct()
        .toList();
  }

  /** Whether a public address is reached by the device, and by no router of a private network. */
  private static boolean isOfTheWorld(Scene scene, String target, Packet leaving) {
    HostFacts host = scene.hostB();
    String router = Routing.gateway(host, target);
    return Prefixes.isPrivateUse(target).no()
        && Objects.equals(Routing.device(host, target), leaving.outputDevice())
        && EndpointChecks.onLink(host, target, scene.b().iface()).no()
        && (router == null || Prefixes.isPrivateUse(router).no());
  }

  /**
   * A device that a masquerade rule for the tunnel's packets names, and that is not the one they
   * leave by; null when there is none.
   */
  private static @Nullable String otherDevice(Scene scene, HostFacts host, Packet leaving) {
    for (Ruleset ruleset : host.rulesets()) {
      for (Ruleset.Chain chain : ruleset.chains()) {
        for (Ruleset.Rule rule : chain.rules()) {
          String named = translates(rule.action()) ? namedDevice(rule) : null;
          if (named != null
              && !named.equals(Ruleset.OUTSIDE)
              && isOf(chain, leaving.family())
              && !named.equals(scene.b().iface())
              && !leavesBy(rule, leaving, leaving.outputDevice())
              && leavesBy(rule, leaving, named)) {
            return named;
          }
        }
      }
    }
    return null;
  }

  private static boolean isOf(Ruleset.Chain chain, String family) {
    return chain.family().equals("inet") || chain.family().equals(family);
  }

  /** Whether the rule would translate the tunnel's packets, did they leave by this device. */
  private static boolean leavesBy(Ruleset.Rule rule, Packet leaving, @Nullable String device) {
    return !new Packet(
            leaving.family(), null, device, null, leaving.source(), null, null, null, "new")
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
}
