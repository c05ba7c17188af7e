package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets facts of one identity share what is the same in all of them: forty samples of a peer then
 * hold one endpoint, not forty, and to compare them costs nothing.
 */
final class Sharing {
  private Sharing() {}

  /** An equal fact, made of parts of the one before where those are equal. */
  static Fact of(@Nullable Fact before, Fact now) {
    if (before instanceof WgPeer older && now instanceof WgPeer newer) {
      return of(older, newer);
    }
    // A gateway's names ten thousand peers.
    return before instanceof WgInventory older && now instanceof WgInventory newer
        ? new WgInventory(newer.host(), newer.at(), same(older.devices(), newer.devices()))
        : now;
  }

  static WgPeer of(WgPeer before, WgPeer now) {
    if (isMadeOf(before, now)) {
      return now;
    }
    return new WgPeer(
        same(before.host(), now.host()),
        now.at(),
        same(before.iface(), now.iface()),
        orNull(before.publicKey(), now.publicKey()),
        now.ordinal(),
        same(before.presharedKey(), now.presharedKey()),
        orNull(before.endpoint(), now.endpoint()),
        now.hasEndpoint(),
        orNull(before.allowedIps(), now.allowedIps()),
        orNull(before.latestHandshake(), now.latestHandshake()),
        now.handshakeAge(),
        orNull(before.rxBytes(), now.rxBytes()),
        orNull(before.txBytes(), now.txBytes()),
        orNull(before.keepalive(), now.keepalive()));
  }

  /** Whether it shares all that is larger than a number, as it does when it was read beside it. */
  @SuppressWarnings("ReferenceEquality") // Equal is not enough.
  private static boolean isMadeOf(WgPeer before, WgPeer now) {
    return before.publicKey() == now.publicKey()
        && before.endpoint() == now.endpoint()
        && before.allowedIps() == now.allowedIps()
        && before.presharedKey() == now.presharedKey()
        && before.host() == now.host()
        && before.iface() == now.iface();
  }

  private static <T> T same(T before, T now) {
    return before.equals(now) ? before : now;
  }

  private static <T> @Nullable T orNull(@Nullable T before, @Nullable T now) {
    return Objects.equals(before, now) ? before : now;
  }
}
