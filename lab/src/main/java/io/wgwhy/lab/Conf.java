package io.wgwhy.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A WireGuard configuration file, as wg-quick reads it. Immutable. */
record Conf(Section iface, List<Section> peers) {
  Conf {
    peers = List.copyOf(peers);
  }

  /** With this key set in the interface's section. */
  Conf set(String key, String value) {
    return new Conf(iface.set(key, value), peers);
  }

  /** Without this key in the interface's section. */
  Conf remove(String key) {
    return new Conf(iface.remove(key), peers);
  }

  /** With the peer at this place changed. */
  Conf peer(int place, UnaryOperator<Section> change) {
    List<Section> changed = new ArrayList<>(peers);
    changed.set(place, change.apply(changed.get(place)));
    return new Conf(iface, changed);
  }

  /** With one more line in the interface's section, whether or not the key is there already. */
  Conf add(String key, String value) {
    return new Conf(iface.add(key, value), peers);
  }

  /** With one more peer. */
  Conf add(Section peer) {
    List<Section> more = new ArrayList<>(peers);
    more.add(peer);
    return new Conf(iface, more);
  }

  String text() {
    StringBuilder text = new StringBuilder(iface.text());
    peers.forEach(peer -> text.append('\n').append(peer.text()));
    return text.toString();
  }
}
