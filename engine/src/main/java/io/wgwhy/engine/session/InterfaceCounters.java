package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what WireGuard receives from a peer with what comes out of its interface. */
final class InterfaceCounters {
  private InterfaceCounters() {}

  /**
   * NO when the interface counts nothing while the peer's data comes in (userspace), or frame
   * errors (kernel): the inner source is not in the peer's AllowedIPs (receive.c). YES when
   * something came out, and no other peer can have sent it.
   */
  static Answer comesOut(Scene scene) {
    String iface = scene.b().iface();
    PeerView responder = scene.pair().responder();
    if (iface == null || responder == null || responder.peer() == null) {
      return Answer.UNKNOWN;
    }
    List<Links> seen = scene.hostB().history(Links.class);
    Links.Counters last = counters(seen, seen.size() - 1, iface);
    if (last == null || last.rxPackets() == null) {
      return Answer.UNKNOWN;
    }
    int from = 0;
    while (from < seen.size() - 1 && restarted(counters(seen, from, iface), last)) {
      from++;
    }
    Links.Counters first = counters(seen, from, iface);
    // Of one sample nobody knows over what time: keepalives of a week are no data.
    if (from == seen.size() - 1 || first == null) {
      return Answer.UNKNOWN;
    }
    long out = last.rxPackets() - value(first.rxPackets());
    long refused = value(last.rxFrameErrors()) - value(first.rxFrameErrors());
    if (out > 0) {
      return responder.peers() == 1 && refused == 0 ? Answer.YES : Answer.UNKNOWN;
    }
    boolean dataCame =
        data(responder.samples(), seen.get(from).at(), seen.get(seen.size() - 1).at())
            >= 4L * WireGuard.SMALLEST_DATA_BYTES;
    return dataCame || refused > 0 ? Answer.NO : Answer.UNKNOWN;
  }

  /**
   * Whether a kernel refused packets of a peer since a moment, for the source inside of them: the
   * interface counts frame errors, and no other peer has a session that could bring them.
   */
  static boolean refusesPeer(PeerView view, long since) {
    String iface = view.end().iface();
    if (iface == null
        || view.host().peers(iface).stream().filter(InterfaceCounters::hasSession).count() != 1) {
      return false;
    }
    List<Links> seen = view.host().history(Links.class);
    Links.Counters last = counters(seen, seen.size() - 1, iface);
    int before = seen.size() - 1;
    while (before > 0 && seen.get(before).at() > since) {
      before--;
    }
    Links.Counters first = counters(seen, before, iface);
    return last != null
        && first != null
        && seen.get(seen.size() - 1).at() > since
        && value(last.rxFrameErrors()) > value(first.rxFrameErrors());
  }

  private static boolean hasSession(WgPeer peer) {
    return peer.latestHandshake() != null && peer.latestHandshake() > 0;
  }

  private static Links.@Nullable Counters counters(List<Links> seen, int index, String iface) {
    return index < 0
        ? null
        : seen.get(index).links().stream()
            .filter(it -> it.name().equals(iface))
            .findFirst()
            .map(Links.Link::counters)
            .orElse(null);
  }

  private static boolean restarted(Links.@Nullable Counters older, Links.Counters newer) {
    return older == null || value(older.rxPackets()) > value(newer.rxPackets());
  }

  /** Bytes of the peer that are more than handshakes and keepalives, in a time. */
  private static long data(List<WgPeer> history, long since, long until) {
    Samples samples = Samples.of(history);
    WgPeer from = samples == null ? null : samples.from(since).orElse(null);
    WgPeer to = samples == null ? null : samples.before(until).orElse(null);
    if (samples == null || from == null || to == null || to.at() <= from.at()) {
      return 0;
    }
    long handshakes = samples.handshakesSince(from);
    return Samples.received(from, to)
        - Samples.keepalives(null, to.at() - from.at())
        - handshakes * (WireGuard.INITIATION_BYTES + WireGuard.RESPONSE_BYTES);
  }

  private static long value(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
