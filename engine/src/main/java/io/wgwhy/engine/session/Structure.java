package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells facts that may change which ends belong together from those that only count. */
final class Structure {
  private Structure() {}

  static boolean changed(@Nullable Fact before, Fact now) {
    if (now instanceof WgPeer newer) {
      return !(before instanceof WgPeer older) || !sameSetUp(older, newer);
    }
    if (now instanceof WgInterface newer) {
      return !(before instanceof WgInterface older)
          || !Objects.equals(older.publicKey(), newer.publicKey())
          || !Objects.equals(older.listenPort(), newer.listenPort())
          || !Objects.equals(older.fwmark(), newer.fwmark());
    }
    if (now instanceof WgInventory newer) {
      return !(before instanceof WgInventory older) || !older.devices().equals(newer.devices());
    }
    if (now instanceof Addresses newer) {
      return !(before instanceof Addresses older) || !older.addresses().equals(newer.addresses());
    }
    return now instanceof WgConfig || now instanceof BringUp || now instanceof io.wgwhy.facts.Links;
  }

  /** Whether a fact says what the one before said, only later. */
  static boolean onlyTime(@Nullable Fact before, Fact now) {
    boolean comparable =
        now instanceof WgInterface || now instanceof WgInventory || now instanceof Addresses;
    return comparable && before != null && !changed(before, now);
  }

  private static boolean sameSetUp(WgPeer one, WgPeer other) {
    return Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.hasEndpoint() == other.hasEndpoint()
        && one.presharedKey().equals(other.presharedKey());
  }
}
