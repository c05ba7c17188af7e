package io.wgwhy.connectors.collect.agent;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Neighbours;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Whether a thing still is as it was: whether a newer fact says what an older one said. */
final class Still {
  /** Below it nobody's clock is called wrong; each observation differs by some ms. */
  private static final long CLOCK_STEP = 1_000;

  private static final Map<Class<?>, List<Method>> COMPONENTS = new ConcurrentHashMap<>();

  private Still() {}

  /**
   * @param older a fact
   * @param newer a fact of the same identity
   */
  static boolean same(Fact older, Fact newer) {
    if (older instanceof WgPeer one && newer instanceof WgPeer other) {
      return samePeer(one, other);
    }
    if (older instanceof WgInventory one && newer instanceof WgInventory other) {
      return listed(one).equals(listed(other));
    }
    if (older instanceof HostClock one && newer instanceof HostClock other) {
      return Math.abs(one.offsetMillis() - other.offsetMillis()) < CLOCK_STEP;
    }
    if (older instanceof Links one && newer instanceof Links other) {
      return withoutPackets(one).equals(withoutPackets(other));
    }
    if (older instanceof Neighbours one && newer instanceof Neighbours other) {
      return unanswered(one).equals(unanswered(other));
    }
    return older.getClass() == newer.getClass() && sameButForTime(older, newer);
  }

  /** wireguard-go lists its peers in another order each time. */
  private static Map<String, Set<String>> listed(WgInventory inventory) {
    return inventory.devices().stream()
        .collect(
            Collectors.toMap(
                WgInventory.Device::name,
                it -> new HashSet<>(it.peers()),
                (first, second) -> {
                  first.addAll(second);
                  return first;
                }));
  }

  /** The age of a handshake grows by itself; that it lies in the future does not. */
  private static boolean samePeer(WgPeer one, WgPeer other) {
    return Objects.equals(one.rxBytes(), other.rxBytes())
        && Objects.equals(one.txBytes(), other.txBytes())
        && Objects.equals(one.latestHandshake(), other.latestHandshake())
        && Objects.equals(one.endpoint(), other.endpoint())
        && one.hasEndpoint() == other.hasEndpoint()
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.presharedKey().equals(other.presharedKey())
        && (one.publicKey() != null || one.ordinal() == other.ordinal())
        && isInFuture(one) == isInFuture(other);
  }

  private static boolean isInFuture(WgPeer peer) {
    return peer.handshakeAge() != null && peer.handshakeAge() < -1;
  }

  /** That packets pass is no news; that some are refused is. */
  private static List<Links.Link> withoutPackets(Links links) {
    return links.links().stream().map(Still::withoutPackets).toList();
  }

  private static Links.Link withoutPackets(Links.Link link) {
    Links.Counters all = link.counters();
    return all == null
        ? link
        : new Links.Link(
            link.name(),
            link.up(),
            link.mtu(),
            new Links.Counters(
                null,
                all.rxErrors(),
                all.rxDropped(),
                all.rxFrameErrors(),
                null,
                all.txErrors(),
                all.txDropped()));
  }

  /** The kernel's states come and go all day; that nobody answers is news. */
  private static Map<String, Boolean> unanswered(Neighbours neighbours) {
    return neighbours.neighbours().stream()
        .collect(
            Collectors.toMap(
                it -> it.device() + " " + it.address(),
                Neighbours.Neighbour::failed,
                (first, second) -> first || second));
  }

  private static boolean sameButForTime(Fact one, Fact other) {
    for (Method component : COMPONENTS.computeIfAbsent(one.getClass(), Still::components)) {
      if (!Objects.equals(value(component, one), value(component, other))) {
        return false;
      }
    }
    return true;
  }

  private static List<Method> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(it -> !it.getName().equals("at"))
        .map(RecordComponent::getAccessor)
        .toList();
  }

  private static Object value(Method component, Fact fact) {
    try {
      Object value = component.invoke(fact);
      return value == null ? "" : value;
    } catch (ReflectiveOperationException never) {
      throw new IllegalStateException("A fact's component cannot be read", never);
    }
  }
}
