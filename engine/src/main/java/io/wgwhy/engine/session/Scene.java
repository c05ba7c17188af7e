package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Trend;
import io.wgwhy.facts.tunnel.Tunnel;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, the facts of its two hosts, and the time that is looked at: where judgements are
 * made.
 *
 * @param initiatorTrend null when wg was not seen there
 * @param responderTrend null when wg was not seen there
 * @param since when the trouble began, ms since the epoch; facts before it prove nothing about it
 * @param asking when a question was surely out that got no answer, ms since the epoch
 * @param until when the last question went out, ms since the epoch: an initiator gives up after 90
 *     s, and that nothing is seen after that proves nothing either
 * @param once whether the end that asks in vain was seen once only, and judged by its totals
 * @param unanswered initiations that reach the responder from an initiator that nobody sees; null
 *     when there are none
 */
record Scene(
    Memory memory,
    Pairing.Pair pair,
    @Nullable Trend initiatorTrend,
    @Nullable Trend responderTrend,
    long since,
    long asking,
    long until,
    boolean once,
    @Nullable Unanswered unanswered) {

  /** An unanswered initiation is repeated after 5 s and up to a third (timers.c). */
  static final long RETRY = WireGuard.REKEY_TIMEOUT + 334;

  /** Longer than that nobody asks without an answer: what is older is of another time. */
  private static final long ATTEMPTS = WireGuard.REKEY_ATTEMPT_TIME;

  static Scene of(Memory memory, Pairing.Pair pair) {
    return of(memory, pair, null);
  }

  static Scene of(Memory memory, Pairing.Pair pair, @Nullable Unanswered unanswered) {
    String id = pair.tunnel().id();
    Trend initiator = Trends.of(id, Role.INITIATOR, pair.initiator());
    Trend responder = Trends.of(id, Role.RESPONDER, pair.responder());
    long clock = clock(memory, pair);
    PeerView silent =
        inVain(initiator) ? pair.initiator() : inVain(responder) ? pair.responder() : null;
    Samples samples = silent == null ? null : Samples.of(silent.samples());
    long lately = clock - ATTEMPTS;
    if (unanswered != null) {
      long since = unanswered.since() - 1;
      return new Scene(
          memory, pair, initiator, responder, since, since, Long.MAX_VALUE, false, unanswered);
    }
    if (silent == null || samples == null) {
      return new Scene(
          memory, pair, initiator, responder, lately, lately, Long.MAX_VALUE, false, null);
    }
    if (samples.all().size() < 2) {
      // Nobody knows since when; but what came before the interface was made anew is over.
      long before = Math.max(samples.madeAnewAfter(), samples.last().at() - ATTEMPTS);
      return new Scene(
          memory,
          pair,
          initiator,
          responder,
          before,
          samples.last().at(),
          Long.MAX_VALUE,
          true,
          null);
    }
    Integer keepalive = silent.end().keepalive();
    WgPeer before = samples.beforeAsking(keepalive);
    long began = (before == null ? samples.heard() : before).at();
    long asking = samples.last().at() - samples.askedMillis(keepalive);
    boolean mute = samples.sentUnheard() == 0;
    long until = mute ? Long.MAX_VALUE : samples.lastSentAt() + RETRY;
    long from = Math.min(clock, until) - ATTEMPTS;
    long since = Math.max(began, from);
    return new Scene(
        memory, pair, initiator, responder, since, Math.max(since, asking), until, false, null);
  }

  /** Whether the initiator was seen, and asks without an answer. */
  boolean initiatorAsksInVain() {
    return inVain(initiatorTrend);
  }

  /** Whether the initiator was seen, and in that time asked and heard nothing. */
  boolean initiatorAsked(long since, long until) {
    PeerView view = pair.initiator();
    Samples samples = view == null ? null : Samples.of(view.samples());
    WgPeer to = samples == null ? null : samples.before(until).orElse(null);
    if (samples == null || to == null) {
      return false;
    }
    WgPeer from = samples.before(since).orElse(samples.first());
    return Samples.received(from, to) == 0 && Samples.sent(from, to) >= WireGuard.INITIATION_BYTES;
  }

  /** Whether what the initiator sends goes to a host, as far as its endpoint or its peer tells. */
  boolean leadsTo(HostFacts host) {
    Endpoint endpoint = endpoint();
    return host.name().equals(b().host())
        || (endpoint != null
            && host.addresses().stream()
                .anyMatch(it -> Prefixes.same(it.address(), endpoint.address())));
  }

  private static boolean inVain(@Nullable Trend trend) {
    return trend != null
        && (trend.condition() == Trend.Condition.ASKS_IN_VAIN
            || trend.condition() == Trend.Condition.MUTE);
  }

  /**
   * The tunnel's own clock: what other hosts of the network say, and when, makes no difference to
   * it.
   */
  long clock() {
    return clock(memory, pair);
  }

  private static long clock(Memory memory, Pairing.Pair pair) {
    HostFacts a = memory.host(pair.tunnel().initiator().host());
    HostFacts b = memory.host(pair.tunnel().responder().host());
    long said = Math.max(a.lastWord(), b.lastWord());
    return said == 0 ? Math.max(a.lastHeard(), b.lastHeard()) : said;
  }

  /**
   * Whether the initiator is asking now, as far as is known: only then does it mean anything that
   * no initiation is seen.
   */
  boolean asked() {
    return initiatorTrend == null || inVain(initiatorTrend);
  }

  /**
   * Whether captures looked for so long, while the initiator was asking, that an initiation would
   * have been seen: one window between two retries may well be empty.
   */
  boolean looked(List<Capture> captures) {
    long watched = 0;
    for (Capture capture : captures) {
      boolean saw = !capture.complete().no() && !capture.filter().no() && capture.at() <= until;
      watched += saw ? length(capture) : 0;
    }
    return asked() && watched >= RETRY;
  }

  private long length(Capture capture) {
    if (capture.from() != null) {
      return capture.at() - Math.max(capture.from(), since);
    }
    // Nobody noted when it began. Who samples makes captures in a row, of some seconds each; a
    // person's single one lasts until something, or long enough nothing, is seen.
    return once ? 2 * RETRY : WireGuard.REKEY_TIMEOUT;
  }

  /**
   * The initiator's addresses inside the tunnel, without prefix length: its own, or, while nobody
   * sees it, those that the responder has for it alone.
   */
  List<String> innerAddresses() {
    List<String> known =
        a().tunnelAddresses().isEmpty() && !a().seen()
            ? Prefixes.single(b().allowedIps())
            : a().tunnelAddresses();
    return known.stream().map(Prefixes::withoutLength).toList();
  }

  Tunnel tunnel() {
    return pair.tunnel();
  }

  End a() {
    return pair.tunnel().initiator();
  }

  End b() {
    return pair.tunnel().responder();
  }

  HostFacts hostA() {
    return host(pair.initiator());
  }

  HostFacts hostB() {
    return host(pair.responder());
  }

  private HostFacts host(@Nullable PeerView view) {
    return view == null ? memory.host(null) : view.host();
  }

  @Nullable Endpoint endpoint() {
    return a().endpoint();
  }

  /** The port that the responder listens on; the one that is asked for when nobody knows. */
  @Nullable Integer listenPort() {
    return b().listenPort() != null
        ? b().listenPort()
        : endpoint() == null ? null : endpoint().port();
  }

  /** Captures outside of tunnels that could have seen this direction, since the trouble began. */
  List<Capture> captures(HostFacts host, Direction direction) {
    List<Capture> all = host.capturesSince(since);
    Set<String> tunnels = all.isEmpty() ? Set.of() : host.wireGuardInterfaces();
    return all.stream()
        .filter(it -> it.direction() == direction || it.direction() == Direction.BOTH)
        .filter(it -> !tunnels.contains(it.device()))
        .toList();
  }

  /** Captures on the tunnel interface, since the trouble began. */
  List<Capture> tunnelCaptures(HostFacts host) {
    List<Capture> all = host.capturesSince(since);
    Set<String> tunnels = all.isEmpty() ? Set.of() : host.wireGuardInterfaces();
    return all.stream().filter(it -> tunnels.contains(it.device())).toList();
  }

  /** By how much a counter of the host grew since the trouble began; null when not known. */
  @Nullable Long growth(HostFacts host, Function<NetworkCounters, @Nullable Long> counter) {
    List<NetworkCounters> samples = host.history(NetworkCounters.class);
    if (samples.isEmpty()) {
      return null;
    }
    NetworkCounters last = samples.get(samples.size() - 1);
    Long now = counter.apply(last);
    if (now == null || last.at() <= since) {
      return null;
    }
    if (now == 0) {
      return 0L;
    }
    NetworkCounters before = baseline(samples);
    Long then = before == null ? null : counter.apply(before);
    return then == null || then > now ? null : Long.valueOf(now - then);
  }

  private @Nullable NetworkCounters baseline(List<NetworkCounters> samples) {
    NetworkCounters before = null;
    for (NetworkCounters sample : samples.subList(0, samples.size() - 1)) {
      before = before == null || sample.at() <= since ? sample : before;
    }
    return before;
  }

  /** When the first of the counters that {@link #growth} compares was read. */
  long growthFrom(HostFacts host) {
    List<NetworkCounters> samples = host.history(NetworkCounters.class);
    NetworkCounters before = samples.isEmpty() ? null : baseline(samples);
    return before == null ? since : before.at();
  }

  /** Growth of one of the peer's counters since the trouble began; null when not known. */
  static @Nullable Long growth(
      @Nullable PeerView view, long since, Function<WgPeer, @Nullable Long> counter) {
    Samples samples = view == null ? null : Samples.of(view.samples());
    Long now = samples == null ? null : counter.apply(samples.last());
    if (samples == null || now == null) {
      return null;
    }
    // The newest sample before that moment; without one, the first there is.
    WgPeer from = samples.first();
    for (WgPeer sample : samples.all()) {
      from = sample.at() <= since ? sample : from;
    }
    Long then = counter.apply(from);
    return then == null ? null : Long.valueOf(now - then);
  }
}
