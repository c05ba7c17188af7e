package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Initiations that reach a host, and that nothing there takes: all that a responder shows of an
 * initiator that nobody looks at.
 *
 * @param iface the interface that they are meant for
 * @param source where they come from
 * @param port the port that they ask for
 * @param peer the peer that they come from, as far as its endpoint tells; null for a stranger
 * @param since when the first of them came, ms since the epoch
 * @param last when the last of them came, ms since the epoch
 */
record Unanswered(
    String iface, Endpoint source, int port, @Nullable WgPeer peer, long since, long last) {

  /** One may be lost, or be answered after the capture ended; the next is another matter. */
  private static final int SOME = 2;

  /** Who asks does so every 5 s: after three that did not come nobody asks any more. */
  private static final long CURRENT = 3 * Scene.RETRY;

  /** Initiations of one source for one port, since the last packet that went back to it. */
  private static final class Run {
    private final Endpoint source;
    private final int port;
    private long first = Long.MAX_VALUE;
    private long last;
    private long firstWindow = Long.MAX_VALUE;
    private int count;

    Run(Endpoint source, int port) {
      this.source = source;
      this.port = port;
    }

    void add(Capture capture, Flow flow, long answered) {
      long firstAt = flow.firstAt() != null ? flow.firstAt() : begin(capture);
      long lastAt = flow.lastAt() != null ? flow.lastAt() : capture.at();
      if (lastAt > answered) {
        first = Math.min(first, Math.max(firstAt, answered));
        last = Math.max(last, lastAt);
        firstWindow = Math.min(firstWindow, capture.at());
        count += firstAt > answered ? flow.count() : 1;
      }
    }

    private static long begin(Capture capture) {
      return capture.from() != null ? capture.from() : capture.at();
    }
  }

  /** The newest run for each interface and peer, strangers counting as one. */
  static List<Unanswered> of(HostFacts host) {
    List<Capture> captures = captures(host);
    List<Unanswered> found = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    for (Run run : runs(host, captures)) {
      WgPeer peer = peer(host, run);
      String iface = peer != null ? peer.iface() : iface(host, run.port);
      boolean taken = peer != null && heardSince(host.history(peer), run.first);
      if (iface != null
          && !taken
          && wgShownAfter(host, run.firstWindow)
          && done.add(peer == null ? iface : peer.identity())) {
        found.add(new Unanswered(iface, run.source, run.port, peer, run.first, run.last));
      }
    }
    return found;
  }

  private static List<Capture> captures(HostFacts host) {
    if (!host.hasAny(Capture.class)) {
      return List.of();
    }
    Set<String> tunnels = host.wireGuardInterfaces();
    return host.capturesSince(host.lastWord() - WireGuard.REKEY_ATTEMPT_TIME).stream()
        .filter(it -> !tunnels.contains(it.device()))
        .toList();
  }

  /** Those that go on, the newest first. */
  private static List<Run> runs(HostFacts host, List<Capture> captures) {
    Map<String, Run> runs = new TreeMap<>();
    for (Capture capture : captures) {
      for (Flow flow : capture.flows()) {
        if (asks(host, flow)) {
          Endpoint source = new Endpoint(flow.source(), Objects.requireNonNull(flow.sourcePort()));
          int port = Objects.requireNonNull(flow.destinationPort());
          runs.computeIfAbsent(source + ">" + port, any -> new Run(source, port))
              .add(capture, flow, answered(captures, source));
        }
      }
    }
    long current = host.lastWord() - CURRENT;
    return runs.values().stream()
        .filter(it -> it.count >= SOME && it.last >= current)
        .sorted((one, other) -> Long.compare(other.last, one.last))
        .toList();
  }

  private static boolean asks(HostFacts host, Flow flow) {
    return flow.type() == MessageType.INITIATION
        && flow.direction() != Direction.OUT
        && flow.sourcePort() != null
        && flow.destinationPort() != null
        && host.addresses().stream()
            .anyMatch(it -> Prefixes.same(it.address(), flow.destination()));
  }

  /** When a packet of WireGuard last left for a source; 0 when none was seen. */
  private static long answered(List<Capture> captures, Endpoint source) {
    long last = 0;
    for (Capture capture : captures) {
      for (Flow flow : capture.flows()) {
        boolean back =
            TunnelFlows.isUdp(flow)
                && flow.direction() != Direction.IN
                && Objects.equals(flow.destinationPort(), source.port())
                && Prefixes.same(flow.destination(), source.address());
        if (back) {
          last = Math.max(last, flow.lastAt() != null ? flow.lastAt() : capture.at());
        }
      }
    }
    return last;
  }

  /**
   * The peer whose endpoint the source is or was; else the only one at the same address that is
   * silent: it may have another port now.
   */
  private static @Nullable WgPeer peer(HostFacts host, Run run) {
    List<WgPeer> near = new ArrayList<>();
    for (WgPeer peer : host.all(WgPeer.class)) {
      boolean sameAddress = false;
      for (WgPeer sample : host.history(peer)) {
        Endpoint endpoint = sample.endpoint();
        if (run.source.equals(endpoint)) {
          return peer;
        }
        sameAddress |= endpoint != null && Prefixes.same(endpoint.address(), run.source.address());
      }
      if (sameAddress && !heardSince(host.history(peer), run.first)) {
        near.add(peer);
      }
    }
    return near.size() == 1 ? near.get(0) : null;
  }

  private static boolean heardSince(List<WgPeer> history, long moment) {
    Samples samples = Samples.of(history);
    return samples != null
        && samples.all().size() > 1
        && samples.heard().at() > samples.first().at()
        && samples.heard().at() > moment;
  }

  /** The interface that listens there; else the only one there is. */
  private static @Nullable String iface(HostFacts host, int port) {
    for (WgInterface it : host.all(WgInterface.class)) {
      if (Objects.equals(it.listenPort(), port)) {
        return it.name();
      }
    }
    for (WgConfig it : host.all(WgConfig.class)) {
      if (Objects.equals(it.listenPort(), port)) {
        return it.iface();
      }
    }
    Set<String> all = host.wireGuardInterfaces();
    return all.size() == 1 ? all.iterator().next() : null;
  }

  /** What wg showed before the first of them says nothing about whether it was taken. */
  private static boolean wgShownAfter(HostFacts host, long moment) {
    return host.hasBetween(WgPeer.class, moment - 1, Long.MAX_VALUE)
        || host.hasBetween(WgInventory.class, moment - 1, Long.MAX_VALUE);
  }
}
