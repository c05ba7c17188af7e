package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells facts that may change which ends belong together from those that only count. */
final class Structure {
  private Structure() {}

  static boolean changed(@Nullable Fact before, Fact now) {
    if (now instanceof Probe newer && saysNoEndpoint(newer) != saysNoEndpoint(before)) {
      return true;
    }
    if (before == null) {
      return now instanceof WgPeer
          || now instanceof WgInterface
          || now instanceof WgInventory
          || now instanceof Addresses
          || now instanceof WgConfig
          || now instanceof BringUp
          || now instanceof Probe
          || now instanceof Heartbeat
          || now instanceof NotTakenIn
          || now instanceof CommandFailure
          || now instanceof Links;
    }
    if (now instanceof WgPeer newer && before instanceof WgPeer older) {
      return !sameSetUp(older, newer);
    }
    if (now instanceof WgInterface newer && before instanceof WgInterface older) {
      return !Objects.equals(older.publicKey(), newer.publicKey())
          || !Objects.equals(older.listenPort(), newer.listenPort())
          || !Objects.equals(older.fwmark(), newer.fwmark());
    }
    if (now instanceof WgInventory newer && before instanceof WgInventory older) {
      return !older.devices().equals(newer.devices());
    }
    if (now instanceof Heartbeat newer && before instanceof Heartbeat older) {
      // Who says good-bye may have a successor that stands for its tunnels from then on.
      return !Objects.equals(older.failing(), newer.failing()) || older.last() != newer.last();
    }
    if (now instanceof Addresses newer && before instanceof Addresses older) {
      return !older.addresses().equals(newer.addresses());
    }
    if (now instanceof Links newer && before instanceof Links older) {
      return !withoutCounters(older).equals(withoutCounters(newer));
    }
    return now instanceof WgConfig || now instanceof BringUp;
  }

  /** It tells that an end wants to begin, and cannot. */
  private static boolean saysNoEndpoint(@Nullable Fact fact) {
    return fact instanceof Probe it && it.problem() == Probe.Problem.DESTINATION_ADDRESS_REQUIRED;
  }

  /** Facts that only say how a host is set up: repeated, they tell nothing. */
  static boolean onlySetUp(Fact fact) {
    return fact instanceof WgInterface
        || fact instanceof WgInventory
        || fact instanceof Addresses
        || fact instanceof Heartbeat;
  }

  /** Whether a fact says what the one before said, only later. */
  static boolean onlyTime(@Nullable Fact before, Fact now) {
    return onlySetUp(now) && before != null && !changed(before, now);
  }

  private static List<Links.Link> withoutCounters(Links links) {
    return links.links().stream()
        .map(it -> new Links.Link(it.name(), it.up(), it.mtu(), null))
        .toList();
  }

  /** Whether nothing but numbers differs between two samples of a peer. */
  static boolean sameSetUp(WgPeer one, WgPeer other) {
    return Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.hasEndpoint() == other.hasEndpoint()
        && one.presharedKey().equals(other.presharedKey())
        // An endpoint without anything received was not learned: it speaks for the initiator.
        && Objects.equals(one.rxBytes(), 0L) == Objects.equals(other.rxBytes(), 0L);
  }
}
