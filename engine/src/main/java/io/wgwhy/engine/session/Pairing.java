package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Tunnel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the two ends of each tunnel. Ends that name each other's keys belong together; where a key
 * is wrong or redacted, one right key, the endpoint's address, and at last the tunnel address tell.
 */
final class Pairing {
  private static final String OF_HOST = "host:";
  private static final String STRANGER = "/stranger";

  private final List<PeerView> views = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final Map<String, Pair> before;

  /** Views of a host are each once: it is quicker not to compare all of what they say. */
  private final Set<PeerView> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A tunnel and the views of its ends; null where an end was not seen. At least one was. */
  record Pair(Tunnel tunnel, @Nullable PeerView initiator, @Nullable PeerView responder) {
    /** What stands for all tunnels of a host, to say of the host how it can be looked at. */
    static Pair ofHost(HostFacts host) {
      return new Pair(
          new Tunnel(
              OF_HOST + host.name(),
              End.nameOnly(host.name()),
              End.unseen(/* publicKey= */ null, /* peerKey= */ null),
              Answer.UNKNOWN,
              Answer.UNKNOWN),
          PeerView.nothingSeen(host),
          null);
    }

    boolean isOfHost() {
      return Pairing.isOfHost(tunnel);
    }

    /** Whether nothing but counters may have changed since: what is judged of it hangs on more. */
    boolean isSetUpAs(Pair before) {
      return tunnel.equals(before.tunnel)
          && sameView(initiator, before.initiator)
          && sameView(responder, before.responder);
    }

    private static boolean sameView(@Nullable PeerView now, @Nullable PeerView before) {
      if (now == null || before == null) {
        return now == null && before == null;
      }
      return now.host().name().equals(before.host().name())
          && now.end().equals(before.end())
          && now.hasConfig() == before.hasConfig()
          && now.peers() == before.peers()
          && Objects.equals(now.configured(), before.configured())
          && Objects.equals(now.peerIdentity(), before.peerIdentity());
    }

    /** Whether it is of these very views: then nothing has changed that pairing depends on. */
    @SuppressWarnings("ReferenceEquality") // Views are made anew when anything of a host changes.
    boolean isOf(PeerView one, @Nullable PeerView other) {
      return (initiator == one && responder == other) || (initiator == other && responder == one);
    }

    boolean bothSeen() {
      return initiator != null && responder != null;
    }

    /** Whether it is not even known which peer of the responder asks. */
    boolean isStrangers() {
      return Pairing.isStrangers(tunnel.id());
    }

    /** The pair without what is said by hosts whose facts are too old to count. */
    Pair without(Predicate<String> silent) {
      boolean noInitiator = initiator != null && silent.test(initiator.host().name());
      boolean noResponder = responder != null && silent.test(responder.host().name());
      return !noInitiator && !noResponder
          ? this
          : new Pair(
              new Tunnel(
                  tunnel.id(),
                  noInitiator ? tunnel.initiator().outOfSight() : tunnel.initiator(),
                  noResponder ? tunnel.responder().outOfSight() : tunnel.responder(),
                  tunnel.initiatorKnowsResponder(),
                  tunnel.responderKnowsInitiator()),
              noInitiator ? null : initiator,
              noResponder ? null : responder);
    }
  }

  /** Whether it stands for all tunnels of a host. */
  static boolean isOfHost(Tunnel tunnel) {
    return tunnel.id().startsWith(OF_HOST) && tunnel.initiator().iface() == null;
  }

  private Pairing(Memory memory, boolean hostsWithoutTunnel, Map<String, Pair> before) {
    this.before = before;
    for (HostFacts host : memory.hosts()) {
      List<PeerView> own = host.views();
      views.addAll(own);
      if (own.isEmpty() && hostsWithoutTunnel && Clues.mayShow(host)) {
        views.add(PeerView.nothingSeen(host));
      }
    }
    Map<String, List<HostFacts>> sharing = sharing(memory);
    // A fixed order: the same facts give the same pairs, in whatever order they came.
    views.sort(
        sharing.isEmpty()
            ? PeerView.BY_ID
            : Comparator.comparingInt((PeerView it) -> rank(it, sharing))
                .thenComparing(PeerView.BY_ID));
  }

  /** The hosts that have a key, of those keys that several have. */
  private Map<String, List<HostFacts>> sharing(Memory memory) {
    Map<String, Set<String>> names = new HashMap<>();
    PeerView last = null;
    for (PeerView view : views) {
      String own = view.end().publicKey();
      boolean isNoted =
          last != null
              && last.host() == view.host()
              && own != null
              && own.equals(last.end().publicKey());
      if (own != null && !isNoted) {
        names.computeIfAbsent(own, any -> new HashSet<>()).add(view.host().name());
      }
      last = view;
    }
    Map<String, List<HostFacts>> sharing = new HashMap<>();
    names.forEach(
        (key, hosts) -> {
          if (hosts.size() > 1) {
            sharing.put(key, hosts.stream().map(memory::host).toList());
          }
        });
    return sharing;
  }

  /**
   * Which of several hosts with one key stands for its tunnels: a host that was made anew under
   * another name before the one that it was, and a tunnel that runs before a copy of its file.
   */
  private static int rank(PeerView view, Map<String, List<HostFacts>> sharing) {
    String own = view.end().publicKey();
    List<HostFacts> hosts = own == null ? List.of() : sharing.getOrDefault(own, List.of());
    if (hosts.isEmpty()) {
      return 0;
    }
    long clock = hosts.stream().mapToLong(HostFacts::lastHeard).max().orElse(0);
    return view.host().isGone(clock) ? 2 : view.peer() == null ? 1 : 0;
  }

  static List<Pair> of(Memory memory) {
    return of(memory, false, Map.of());
  }

  /**
   * @param hostsWithoutTunnel whether hosts that show no tunnel are ends of one: somebody pasted
   *     what they say for a reason
   * @param before what was found last, by tunnel: what has not changed is not found out anew
   */
  static List<Pair> of(Memory memory, boolean hostsWithoutTunnel, Map<String, Pair> before) {
    Pairing pairing = new Pairing(memory, hostsWithoutTunnel, before);
    pairing.joinThoseThatNameEachOther();
    pairing.join(Belonging::oneNamesTheOther);
    pairing.join(Belonging::endpointLeadsThere);
    pairing.joinTheOnlyTwoRedacted();
    pairing.joinTheOnlyOther(memory.hosts().size());
    pairing.views.stream().filter(it -> !pairing.taken.contains(it)).forEach(pairing::addOneEnded);
    memory.hosts().stream()
        .filter(
            it ->
                it.latest(Heartbeat.class) != null
                    || it.latest(NotTakenIn.class) != null
                    || Sights.isBlind(it))
        .forEach(it -> pairing.pairs.add(Pair.ofHost(it)));
    return pairing.withoutDoubles();
  }

  /** The common case, by index: a gateway has ten thousand peers. */
  private void joinThoseThatNameEachOther() {
    Map<String, PeerView> waiting = new HashMap<>();
    for (PeerView view : views) {
      String id = view.tunnel();
      PeerView other = waiting.putIfAbsent(id, view);
      if (other != null && Belonging.nameEachOther(view, other) && !taken.contains(other)) {
        pair(other, view);
      }
    }
  }

  private void join(BiPredicate<PeerView, PeerView> belongTogether) {
    Map<String, List<PeerView>> left = new TreeMap<>();
    // A double of an end that has its tunnel is no end of another.
    Set<String> joined = new HashSet<>();
    taken.forEach(it -> joined.add(it.tunnel()));
    for (PeerView view : views) {
      boolean isDouble = !joined.isEmpty() && joined.contains(view.tunnel());
      if (!taken.contains(view) && !isDouble) {
        left.computeIfAbsent(view.host().name(), any -> new ArrayList<>()).add(view);
      }
    }
    if (left.size() < 2) {
      return;
    }
    left.forEach(
        (host, ones) ->
            ones.forEach(
                one ->
                    left.entrySet().stream()
                        .filter(others -> !others.getKey().equals(host))
                        .flatMap(others -> others.getValue().stream())
                        .filter(other -> !taken.contains(one) && !taken.contains(other))
                        .filter(other -> belongTogether.test(one, other))
                        .max(Comparator.comparingInt(other -> Belonging.affinity(one, other)))
                        .ifPresent(best -> pair(one, best))));
  }

  private void pair(PeerView one, PeerView other) {
    taken.add(one);
    taken.add(other);
    add(one, other);
  }

  /**
   * Two pasted outputs with keys blotted out: when each has one peer, and there is no third, they
   * are each other's.
   */
  private void joinTheOnlyTwoRedacted() {
    List<PeerView> left =
        views.stream()
            .filter(it -> !taken.contains(it) && it.peers() == 1)
            .filter(it -> it.end().peerKey() == null || it.end().publicKey() == null)
            .toList();
    if (left.size() == 2 && !left.get(0).host().name().equals(left.get(1).host().name())) {
      pair(left.get(0), left.get(1));
    }
  }

  /** Of two hosts one at least shows no tunnel: they are the ends of one. */
  private void joinTheOnlyOther(int hosts) {
    List<PeerView> left = views.stream().filter(it -> !taken.contains(it)).toList();
    if (hosts == 2 && left.size() == 2 && left.stream().anyMatch(it -> it.end().iface() == null)) {
      boolean firstShows = left.get(0).end().iface() != null;
      pair(left.get(firstShows ? 0 : 1), left.get(firstShows ? 1 : 0));
    }
  }

  private void add(PeerView one, PeerView other) {
    // Whichever end turns out to begin: the id stays.
    String id = other.end().iface() == null ? one.tunnel() : min(one.tunnel(), other.tunnel());
    Pair known = before.get(id);
    pairs.add(known != null && known.isOf(one, other) ? known : pairOf(id, one, other));
  }

  private static Pair pairOf(String id, PeerView one, PeerView other) {
    int difference = Initiative.of(one) - Initiative.of(other);
    boolean calledDifferently =
        Initiative.looksLikeServer(one) != Initiative.looksLikeServer(other);
    boolean oneFirst =
        difference > 0
            || (difference == 0
                && (calledDifferently
                    ? Initiative.looksLikeServer(other)
                    : one.id().compareTo(other.id()) < 0));
    PeerView initiator = oneFirst ? one : other;
    PeerView responder = oneFirst ? other : one;
    return new Pair(
        new Tunnel(
            id,
            initiator.end(),
            responder.end(),
            knows(initiator.end(), responder.end()),
            knows(responder.end(), initiator.end())),
        initiator,
        responder);
  }

  private static String min(String one, String other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Answer knows(End one, End other) {
    return one.peerKey() == null || other.publicKey() == null
        ? Answer.UNKNOWN
        : Answer.of(one.peerKey().equals(other.publicKey()));
  }

  private void addOneEnded(PeerView view) {
    Pair known = before.get(view.tunnel());
    pairs.add(known != null && known.isOf(view, null) ? known : pairOf(view));
  }

  private static Pair pairOf(PeerView view) {
    // What this end says of the other is all that is known of it.
    End unseen =
        End.unseen(/* publicKey= */ view.end().peerKey(), /* peerKey= */ view.end().publicKey());
    int initiative = Initiative.of(view);
    boolean responds =
        !Initiative.shouldBegin(view)
            && (initiative < 0 || (initiative == 0 && Initiative.looksLikeServer(view)));
    return new Pair(
        new Tunnel(
            view.tunnel(),
            responds ? unseen : view.end(),
            responds ? view.end() : unseen,
            Answer.UNKNOWN,
            Answer.UNKNOWN),
        responds ? null : view,
        responds ? view : null);
  }

  /** Whether a tunnel, by its id, is one of {@link #ofStranger}. */
  static boolean isStrangers(String tunnel) {
    return tunnel.endsWith(STRANGER);
  }

  /** The tunnel of somebody unknown who asks an interface, and whom it does not know either. */
  static Pair ofStranger(HostFacts host, String iface) {
    PeerView responder = PeerView.ofInterface(host, iface);
    return new Pair(
        new Tunnel(
            host.name() + "/" + iface + STRANGER,
            End.unseen(null, null),
            responder.end(),
            Answer.UNKNOWN,
            Answer.UNKNOWN),
        null,
        responder);
  }

  /** Two hosts with one key pair have one tunnel: the pair that was joined first stands for it. */
  private List<Pair> withoutDoubles() {
    Set<String> seen = new HashSet<>();
    List<Pair> once = new ArrayList<>();
    pairs.stream().filter(Pair::bothSeen).forEach(it -> addOnce(it, seen, once));
    pairs.stream().filter(it -> !it.bothSeen()).forEach(it -> addOnce(it, seen, once));
    once.sort(Comparator.comparing(it -> it.tunnel().id()));
    return once;
  }

  private static void addOnce(Pair pair, Set<String> seen, List<Pair> once) {
    if (seen.add(pair.tunnel().id())) {
      once.add(pair);
    }
  }
}
