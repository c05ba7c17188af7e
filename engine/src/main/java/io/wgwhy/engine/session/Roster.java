package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which interfaces and peers a host has, by its newest inventory: what it does not list is gone.
 */
final class Roster {
  /** By interface the keys of its peers; null when there is no inventory. */
  private @Nullable Map<String, Set<String>> listed;

  private @Nullable WgInventory inventory;

  /** Whether something was said since that it may not list. */
  private boolean mayHaveLost;

  /** The host said something. */
  void heard(Fact newest) {
    if (newest instanceof WgInventory now) {
      boolean same = inventory != null && inventory.devices().equals(now.devices());
      inventory = now;
      listed = same ? listed : listed(now);
      mayHaveLost |= !same;
    } else if (newest instanceof WgPeer || newest instanceof WgInterface) {
      mayHaveLost |= inventory == null || newest.at() > inventory.at();
    }
  }

  private static Map<String, Set<String>> listed(WgInventory inventory) {
    Map<String, Set<String>> there = new HashMap<>();
    inventory
        .devices()
        .forEach(it -> there.computeIfAbsent(it.name(), any -> new HashSet<>()).addAll(it.peers()));
    return there;
  }

  /** What tells a peer from others of its interface: its key, or where it stands in the listing. */
  static String key(WgPeer peer) {
    return peer.publicKey() == null ? "#" + peer.ordinal() : peer.publicKey();
  }

  /**
   * Whether, since this was asked, anything changed that {@link #isGone} may depend on.
   *
   * @param lastHeard when the host last said anything, ms since the epoch
   */
  boolean mayHaveLost(long lastHeard) {
    boolean may = mayHaveLost;
    mayHaveLost = inventory == null || lastHeard > inventory.at();
    return may;
  }

  /** Whether an inventory, not older than an interface or a peer, does not list it. */
  boolean isGone(Fact fact) {
    if (inventory == null || listed == null || fact.at() > inventory.at()) {
      return false;
    }
    if (fact instanceof WgPeer peer) {
      return !listed.getOrDefault(peer.iface(), Set.of()).contains(key(peer));
    }
    return fact instanceof WgInterface it && !listed.containsKey(it.name());
  }

  /** The same of the next sample of a peer, without a search in a list that it was found in. */
  boolean isGone(Kept kept, WgPeer next) {
    if (listed == null || kept.isListedIn(listed)) {
      return false;
    }
    boolean gone = isGone(next);
    boolean wasSought = inventory != null && next.at() <= inventory.at();
    kept.listedIn(!gone && wasSought ? listed : null);
    return gone;
  }
}
