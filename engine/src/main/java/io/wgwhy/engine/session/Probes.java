package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.WireGuard;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The probes made on the initiator that tell of a tunnel as it is now, and what each asked for. */
final class Probes {
  private final Scene scene;
  private final List<Probe> all;
  private final long from;

  Probes(Scene scene) {
    this.scene = scene;
    long anew = Math.max(wasAway(scene.pair().initiator()), wasAway(scene.pair().responder()));
    this.from = Math.max(scene.since() - Memory.HORIZON, anew);
    this.all = inOrder(scene.hostA().all(Probe.class));
  }

  private List<Probe> inOrder(List<Probe> probes) {
    return probes.stream()
        .filter(it -> it.at() > from)
        .sorted(Comparator.comparingLong(Probe::at).thenComparing(Probe::identity))
        .toList();
  }

  /** When an end was first seen after its interface was away: until then nobody could answer. */
  private static long wasAway(@Nullable PeerView end) {
    if (end == null) {
      return 0;
    }
    Samples samples = Samples.of(end.samples());
    long anew = samples == null || samples.madeAnewAfter() == 0 ? 0 : samples.first().at();
    return Math.max(anew, wasDown(end.host().history(Links.class), end.end().iface()));
  }

  private static long wasDown(List<Links> seen, @Nullable String iface) {
    for (int i = seen.size() - 1; i > 0; i--) {
      if (isUp(seen.get(i), iface).yes() && isUp(seen.get(i - 1), iface).no()) {
        return seen.get(i).at();
      }
    }
    return 0;
  }

  /** Only in a list of all devices, which lo is one of, does a missing one mean something. */
  private static Answer isUp(Links links, @Nullable String iface) {
    boolean whole = links.links().stream().anyMatch(it -> it.name().equals("lo"));
    return links.links().stream()
        .filter(it -> it.name().equals(iface))
        .findFirst()
        .map(Links.Link::up)
        .orElse(whole ? Answer.NO : Answer.UNKNOWN);
  }

  Scene scene() {
    return scene;
  }

  /** In the order of their time. */
  List<Probe> all() {
    return all;
  }

  /** Whether any question to an address was answered. */
  boolean anyAnswered(String target) {
    return all.stream().anyMatch(it -> target.equals(it.target()) && it.answered().yes());
  }

  /** Whether any address of a family behind the other end answered. */
  boolean answersBeyond(String family) {
    return all.stream()
        .filter(it -> it.answered().yes() || it.problem() == Probe.Problem.STALLED)
        .map(Probe::target)
        .anyMatch(
            it ->
                it != null
                    && Inside.family(it).equals(family)
                    && !isEndpoint(it)
                    && !isPeerAddress(it)
                    && isInTunnel(it));
  }

  boolean isEndpoint(String target) {
    return scene.endpoint() != null && Prefixes.same(target, scene.endpoint().address());
  }

  /** Whether it is the other end's address inside the tunnel. */
  boolean isPeerAddress(String target) {
    if (!scene.b().tunnelAddresses().isEmpty()) {
      return scene.b().tunnelAddresses().stream()
          .anyMatch(it -> Prefixes.same(Prefixes.withoutLength(it), target));
    }
    // From one end only: another address of the own tunnel network.
    return scene.a().tunnelAddresses().stream()
        .anyMatch(
            it ->
                Boolean.TRUE.equals(Prefixes.holds(it, target))
                    && Prefixes.length(it) < 32
                    && !Prefixes.same(Prefixes.withoutLength(it), target));
  }

  /** Whether it is behind the other end, or there: the initiator sends packets for it inside. */
  boolean isInTunnel(String target) {
    if (isPeerAddress(target)) {
      return true;
    }
    String device = Routing.device(scene.hostA(), target);
    return device != null
        ? device.equals(scene.a().iface())
        : Prefixes.anyHolds(scene.a().allowedIps(), target).yes();
  }

  /** Whether another peer of the same interface has it: then it is no matter of this tunnel. */
  boolean isAnotherPeers(String target) {
    int own = Prefixes.longestMatch(scene.a().allowedIps(), target);
    return scene.a().iface() != null
        && scene.hostA().peers(scene.a().iface()).stream()
            .filter(it -> !Objects.equals(it.publicKey(), scene.a().peerKey()))
            .anyMatch(it -> Prefixes.longestMatch(it.allowedIps(), target) > own);
  }

  /** Whether some of the packets of a row are lost in the tunnel, and others come through. */
  boolean losesSome() {
    return all.stream()
        .filter(it -> it.target() != null && isInTunnel(it.target()))
        .anyMatch(
            it ->
                it.sent() != null
                    && it.received() != null
                    && it.received() > 0
                    && it.received() < it.sent());
  }

  /** When the first question was asked to which, and to all after it, an address gave no answer. */
  long unansweredSince(Probe last) {
    long since = last.at();
    for (Probe probe : inOrder(scene.hostA().history(Probe.class))) {
      if (Objects.equals(probe.target(), last.target())) {
        since = probe.answered().yes() ? last.at() : Math.min(since, probe.at());
      }
    }
    return since;
  }

  /**
   * Whether WireGuard has received anything after a moment for sure. A look shows what came since
   * the one before, and looks are 5 s apart: what the first one shows may have come just before.
   */
  Answer surelyHeardSince(long moment) {
    return heardSince(moment + WireGuard.REKEY_TIMEOUT - 1);
  }

  /** Whether WireGuard has received anything after a moment. */
  Answer heardSince(long moment) {
    PeerView initiator = scene.pair().initiator();
    Samples samples = initiator == null ? null : Samples.of(initiator.samples());
    return samples == null || samples.all().size() < 2
        ? Answer.UNKNOWN
        : Answer.of(samples.heard().at() > moment);
  }
}
