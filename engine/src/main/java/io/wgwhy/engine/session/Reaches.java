package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Resolver;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the probes made on the initiator say about a tunnel. */
final class Reaches {
  /** IPv4 header 20 + ICMP header 8: what ping adds to its payload, bytes. */
  private static final int PING_HEADERS = 28;

  /** Pings of at least this payload ask for the size, smaller ones whether anybody is there. */
  private static final int LARGE_PAYLOAD = 1000;

  private final Scene scene;
  private final HostFacts host;
  private final List<Probe> probes;

  Reaches(Scene scene) {
    this.scene = scene;
    this.host = scene.hostA();
    long anew = Math.max(madeAnew(scene.pair().initiator()), madeAnew(scene.pair().responder()));
    this.probes =
        host.all(Probe.class).stream()
            .filter(it -> it.at() > Math.max(scene.since() - Memory.HORIZON, anew))
            .sorted(Comparator.comparingLong(Probe::at).thenComparing(Probe::identity))
            .toList();
  }

  /** When an end was first seen after its interface was made anew: until then it was not there. */
  private static long madeAnew(@Nullable PeerView end) {
    Samples samples = end == null ? null : Samples.of(end.samples());
    return samples == null || samples.madeAnewAfter() == 0 ? 0 : samples.first().at();
  }

  Reach reach() {
    Integer passed = null;
    Integer lost = null;
    Answer underlay = Answer.UNKNOWN;
    Answer peer = Answer.UNKNOWN;
    Answer beyond = Answer.UNKNOWN;
    Answer small = Answer.UNKNOWN;
    Answer page = Answer.UNKNOWN;
    long largeLost = Long.MAX_VALUE;
    long smallPassed = 0;
    long peerAsked = 0;
    long beyondAnswered = 0;
    long beyondLost = 0;
    for (Probe probe : probes) {
      if (probe.target() == null || probe.answered().unknown()) {
        continue;
      }
      boolean toPeer = isPeerAddress(probe.target());
      boolean inTunnel = toPeer || goesThroughTunnel(probe.target());
      if (isEndpoint(probe.target())) {
        underlay = probe.type() == Probe.Type.PING ? underlay.or(probe.answered()) : underlay;
        continue;
      }
      if (!inTunnel) {
        continue;
      }
      if (isLarge(probe)) {
        int bytes = Objects.requireNonNullElse(probe.payloadBytes(), 0) + PING_HEADERS;
        if (fitsInterface(bytes) && probe.answered().no() && tooLongLocally(probe)) {
          continue;
        }
        if (probe.answered().yes()) {
          passed = passed == null ? bytes : Integer.valueOf(Math.max(passed, bytes));
        } else if (fitsInterface(bytes)) {
          lost = lost == null ? bytes : Integer.valueOf(Math.min(lost, bytes));
          largeLost = Math.min(largeLost, probe.at());
        }
        continue;
      }
      if (probe.answered().yes() || probe.problem() == Probe.Problem.STALLED) {
        smallPassed = Math.max(smallPassed, probe.at());
      }
      if (probe.type() == Probe.Type.HTTP) {
        // A page that began to come is an answer; that it stalled is another question.
        boolean begun = probe.answered().yes() || probe.problem() == Probe.Problem.STALLED;
        beyond = toPeer ? beyond : latest(beyond, Answer.of(begun));
        beyondAnswered = !toPeer && begun ? probe.at() : beyondAnswered;
        beyondLost = !toPeer && !begun ? probe.at() : beyondLost;
        page =
            probe.problem() == Probe.Problem.STALLED ? Answer.NO : latest(page, probe.answered());
      } else if (toPeer) {
        peer = latest(peer, probe.answered());
        small = latest(small, probe.answered());
        peerAsked = probe.at();
      } else if (probe.type() == Probe.Type.PING) {
        beyond = latest(beyond, probe.answered());
        small = small.or(probe.answered());
        beyondAnswered = probe.answered().yes() ? probe.at() : beyondAnswered;
        beyondLost = probe.answered().no() ? probe.at() : beyondLost;
      }
    }
    boolean lostSince = beyondLost > beyondAnswered + WireGuard.HEARING_TIMEOUT;
    boolean brokenSince = peer.no() && peerAsked > beyondAnswered + WireGuard.HEARING_TIMEOUT;
    if (beyond.yes() && (lostSince || brokenSince)) {
      // It answered while the tunnel still worked.
      beyond = beyondLost > beyondAnswered ? Answer.NO : Answer.UNKNOWN;
    }
    if (lost != null && passed != null && passed >= lost) {
      lost = null;
    }
    boolean silentSince = smallPassed < largeLost && lost != null && heardSince(largeLost).no();
    if (lost != null && (silentSince || smallPassed < largeLost - WireGuard.HEARING_TIMEOUT)) {
      // What passed before says nothing: perhaps nothing passes since.
      small = Answer.UNKNOWN;
    }
    Probe names = failedNames();
    String nameserver = names == null ? null : nameserver(names);
    return new Reach(
        scene.tunnel().id(),
        peer,
        beyond,
        underlay,
        small,
        lost != null ? Answer.NO : passed != null ? Answer.YES : Answer.UNKNOWN,
        passed,
        lost,
        page,
        names(),
        nameserver,
        nameserver == null
            ? Answer.UNKNOWN
            : Answer.of(isPeerAddress(nameserver) || goesThroughTunnel(nameserver)));
  }

  /** A yes stands: later probes of another kind of the same target do not take it back. */
  private static Answer latest(Answer before, Answer now) {
    return before.yes() ? before : now;
  }

  /** The addresses that did not answer, and where the initiator sends packets for them. */
  List<FailedTarget> failedTargets() {
    List<FailedTarget> failed = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (Probe probe : probes) {
      String target = probe.target();
      boolean anyAnswer =
          probes.stream()
              .anyMatch(it -> Objects.equals(it.target(), target) && it.answered().yes());
      if (target == null
          || !Prefixes.isAddress(target)
          || !probe.answered().no()
          || anyAnswer
          || done.contains(target)
          || isEndpoint(target)
          || isAnotherPeers(target)) {
        continue;
      }
      done.add(target);
      String device = Routing.device(host, target);
      failed.add(
          new FailedTarget(
              scene.tunnel().id(),
              target,
              Prefixes.anyHolds(scene.a().allowedIps(), target),
              belongsToResponder(target),
              Prefixes.isPrivateUse(target),
              device,
              device == null ? Answer.UNKNOWN : Answer.of(device.equals(scene.a().iface())),
              EndpointChecks.onLink(host, target, scene.a().iface()),
              heardSince(probe.at()),
              probe.problem()));
    }
    return failed;
  }

  private Answer heardSince(long moment) {
    PeerView initiator = scene.pair().initiator();
    Samples samples = initiator == null ? null : Samples.of(initiator.samples());
    return samples == null || samples.all().size() < 2
        ? Answer.UNKNOWN
        : Answer.of(samples.heard().at() > moment);
  }

  /** Whether another peer of the same interface has it: then it is no matter of this tunnel. */
  private boolean isAnotherPeers(String target) {
    int own = Prefixes.longestMatch(scene.a().allowedIps(), target);
    return scene.a().iface() != null
        && host.peers(scene.a().iface()).stream()
            .filter(it -> !Objects.equals(it.publicKey(), scene.a().peerKey()))
            .anyMatch(it -> Prefixes.longestMatch(it.allowedIps(), target) > own);
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

  private boolean goesThroughTunnel(String target) {
    String device = Routing.device(host, target);
    if (device != null) {
      return device.equals(scene.a().iface());
    }
    return Prefixes.anyHolds(scene.a().allowedIps(), target).yes();
  }

  private boolean isEndpoint(String target) {
    return scene.endpoint() != null && Prefixes.same(target, scene.endpoint().address());
  }

  private static boolean isLarge(Probe probe) {
    return probe.type() == Probe.Type.PING
        && probe.payloadBytes() != null
        && probe.payloadBytes() >= LARGE_PAYLOAD;
  }

  private boolean fitsInterface(int bytes) {
    return scene.a().mtu() == null || bytes <= scene.a().mtu();
  }

  private static boolean tooLongLocally(Probe probe) {
    return probe.problem() == Probe.Problem.MESSAGE_TOO_LONG;
  }

  private Answer names() {
    Answer names = Answer.UNKNOWN;
    for (Probe probe : probes) {
      boolean resolved = probe.type() == Probe.Type.DNS && isOwnServer(probe);
      if (resolved) {
        names = latest(names, probe.answered());
      } else if (probe.problem() == Probe.Problem.NAME_NOT_RESOLVED) {
        names = latest(names, Answer.NO);
      }
    }
    return names;
  }

  private @Nullable Probe failedNames() {
    return names().no()
        ? probes.stream()
            .filter(
                it ->
                    it.problem() == Probe.Problem.NAME_NOT_RESOLVED
                        || (it.type() == Probe.Type.DNS && it.answered().no() && isOwnServer(it)))
            .reduce((first, second) -> second)
            .orElse(null)
        : null;
  }

  /** Whether the server asked is the one that the host itself asks. */
  private boolean isOwnServer(Probe probe) {
    return probe.target() == null
        || nameservers().isEmpty()
        || nameservers().stream().anyMatch(it -> Prefixes.same(it, probe.target()));
  }

  private @Nullable String nameserver(Probe failed) {
    return failed.type() == Probe.Type.DNS && failed.target() != null
        ? failed.target()
        : nameservers().stream().findFirst().orElse(null);
  }

  private List<String> nameservers() {
    Resolver resolver = host.latest(Resolver.class);
    return resolver == null ? List.of() : resolver.nameservers();
  }
}
