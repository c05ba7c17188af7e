package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Reach;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What answers through the tunnel, and of what size: the probes, one after the other. */
final class Reaches {
  /** IPv4 header 20 + ICMP header 8: what ping adds to its payload, bytes. */
  private static final int PING_HEADERS = 28;

  /** Pings of at least this payload ask for the size, smaller ones whether anybody is there. */
  private static final int LARGE_PAYLOAD = 1000;

  /** One packet gets lost anywhere, any day; two in a row while small ones pass are no accident. */
  private static final int LOST_TO_TELL = 2;

  private final Probes probes;
  private final Scene scene;

  private Answer underlay = Answer.UNKNOWN;
  private Answer peer = Answer.UNKNOWN;
  private Answer beyond = Answer.UNKNOWN;
  private Answer small = Answer.UNKNOWN;
  private Answer page = Answer.UNKNOWN;

  /** The largest packet that passed and the smallest that was lost, bytes. */
  private @Nullable Integer passed;

  private @Nullable Integer lost;

  /** Large packets that were lost, none of that size having passed. */
  private int lostPackets;

  // When, ms since the epoch; 0 never.
  private long firstLargeLost = Long.MAX_VALUE;
  private long smallPassed;
  private long peerAsked;
  private long beyondAnswered;
  private long beyondLost;

  private Reaches(Probes probes) {
    this.probes = probes;
    this.scene = probes.scene();
  }

  static Reach of(Probes probes) {
    Reaches reaches = new Reaches(probes);
    probes.all().forEach(reaches::take);
    return reaches.judge();
  }

  private void take(Probe probe) {
    String target = probe.target();
    if (target == null || probe.answered().unknown()) {
      return;
    }
    if (probes.isEndpoint(target)) {
      underlay = probe.type() == Probe.Type.PING ? underlay.or(probe.answered()) : underlay;
    } else if (probes.isInTunnel(target)) {
      if (isLarge(probe)) {
        large(probe);
      } else {
        small(probe, probes.isPeerAddress(target));
      }
    }
  }

  private static boolean isLarge(Probe probe) {
    return probe.type() == Probe.Type.PING
        && probe.payloadBytes() != null
        && probe.payloadBytes() >= LARGE_PAYLOAD;
  }

  private void large(Probe probe) {
    int bytes = Objects.requireNonNullElse(probe.payloadBytes(), 0) + PING_HEADERS;
    boolean fits = scene.a().mtu() == null || bytes <= scene.a().mtu();
    if (probe.answered().yes()) {
      passed = passed == null ? bytes : Integer.valueOf(Math.max(passed, bytes));
    } else if (fits && probe.problem() != Probe.Problem.MESSAGE_TOO_LONG) {
      // What the own host refuses was not lost on the way.
      lost = lost == null ? bytes : Integer.valueOf(Math.min(lost, bytes));
      // Where nobody says how many were sent, whoever shows it means that it is so.
      lostPackets += probe.sent() == null ? LOST_TO_TELL : probe.sent();
      firstLargeLost = Math.min(firstLargeLost, probe.at());
    }
  }

  private void small(Probe probe, boolean toPeer) {
    // A page that began to come is an answer; that it stalled is another question. One that never
    // began tells of neither.
    boolean stalled = probe.problem() == Probe.Problem.STALLED;
    boolean answered = probe.answered().yes() || stalled;
    if (answered) {
      smallPassed = Math.max(smallPassed, probe.at());
    }
    if (probe.type() == Probe.Type.HTTP) {
      page = stalled ? Answer.NO : probe.answered().yes() ? Answer.YES : page;
      if (!toPeer) {
        beyond(answered, probe.at());
      }
    } else if (toPeer) {
      peer = unlessYes(peer, probe.answered());
      small = unlessYes(small, probe.answered());
      peerAsked = probe.at();
    } else if (probe.type() == Probe.Type.PING) {
      small = small.or(probe.answered());
      beyond(answered, probe.at());
    }
  }

  private void beyond(boolean answered, long at) {
    beyond = unlessYes(beyond, Answer.of(answered));
    beyondAnswered = answered ? at : beyondAnswered;
    beyondLost = answered ? beyondLost : at;
  }

  /** A yes stands: later probes of another kind of the same target do not take it back. */
  private static Answer unlessYes(Answer before, Answer now) {
    return before.yes() ? before : now;
  }

  private Reach judge() {
    boolean accident = lost != null && passed != null && passed >= lost;
    boolean doubtful = lost != null && !accident && lostPackets < LOST_TO_TELL && !page.no();
    if (accident || doubtful) {
      lost = null;
    }
    ResolvedNames names = new ResolvedNames(probes);
    String nameserver = names.failedServer();
    return new Reach(
        scene.tunnel().id(),
        peer,
        beyondNow(),
        underlay,
        smallNow(),
        lost != null ? Answer.NO : passed != null && !doubtful ? Answer.YES : Answer.UNKNOWN,
        passed,
        lost,
        page,
        names.names(),
        nameserver,
        nameserver == null ? Answer.UNKNOWN : Answer.of(probes.isInTunnel(nameserver)));
  }

  /** What answered while the tunnel still worked tells nothing of now. */
  private Answer beyondNow() {
    boolean lostSince = beyondLost > beyondAnswered + WireGuard.HEARING_TIMEOUT;
    boolean brokenSince = peer.no() && peerAsked > beyondAnswered + WireGuard.HEARING_TIMEOUT;
    if (beyond.yes() && (lostSince || brokenSince)) {
      return beyondLost > beyondAnswered ? Answer.NO : Answer.UNKNOWN;
    }
    return beyond;
  }

  /** What passed before a large packet was lost says nothing: perhaps nothing passes since. */
  private Answer smallNow() {
    boolean longBefore = smallPassed < firstLargeLost - WireGuard.HEARING_TIMEOUT;
    boolean silentSince =
        smallPassed < firstLargeLost && lost != null && probes.heardSince(firstLargeLost).no();
    return lost != null && (silentSince || longBefore) ? Answer.UNKNOWN : small;
  }
}
