package io.wgwhy.engine.stream;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import org.jspecify.annotations.Nullable;

/** Facts that hosts repeat with each look, and that say the same as long as nobody changes them. */
final class Repeated {
  private Repeated() {}

  /** The same, said at another time; null of a kind that is seldom the same. */
  static @Nullable Fact at(Fact fact, long at) {
    if (fact instanceof WgInventory it) {
      return new WgInventory(it.host(), at, it.devices());
    }
    if (fact instanceof WgInterface it) {
      return new WgInterface(
          it.host(), at, it.name(), it.publicKey(), it.listenPort(), it.fwmark());
    }
    if (fact instanceof Heartbeat it) {
      return new Heartbeat(it.host(), at, it.everyMillis(), it.failing(), it.dropped(), it.last());
    }
    if (fact instanceof Addresses it) {
      return new Addresses(it.host(), at, it.addresses());
    }
    return null;
  }
}
