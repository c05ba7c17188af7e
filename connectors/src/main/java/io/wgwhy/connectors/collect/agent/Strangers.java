package io.wgwhy.connectors.collect.agent;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.HashSet;
import java.util.Set;

/**
 * Who asked for a handshake since the counters were last read. That a peer's counters stand still
 * is no news, but for a peer that is asking or asked: then it is the news.
 */
final class Strangers {
  /**
   * Peers whose address is not known that are told of each time: a stranger who knocks at a gateway
   * must not make it tell of all its peers.
   */
  private static final int MOST = 16;

  private final Set<String> asking = new HashSet<>();
  private int told;

  void note(Capture capture) {
    for (Capture.Flow flow : capture.flows()) {
      if (flow.type() == MessageType.INITIATION) {
        asking.add(flow.source());
        asking.add(flow.destination());
      }
    }
  }

  /** Whether it may be about this peer. */
  boolean mayBe(WgPeer peer) {
    if (asking.isEmpty()) {
      return false;
    }
    if (peer.endpoint() != null && asking.contains(peer.endpoint().address())) {
      return true;
    }
    // It may come from another address than before.
    Long age = peer.handshakeAge();
    boolean inSession = age != null && age * 1000 < WireGuard.REJECT_AFTER_TIME;
    return !inSession && told++ < MOST;
  }

  /** The counters of all peers have been read. */
  void countersRead() {
    asking.clear();
    told = 0;
  }
}
