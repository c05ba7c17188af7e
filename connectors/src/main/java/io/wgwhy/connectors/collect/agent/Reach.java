package io.wgwhy.connectors.collect.agent;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.wgwhy.facts.WgPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses are reached through a tunnel. */
final class Reach {
  private Reach() {}

  /** Whether an address is inside the AllowedIPs of one of the peers. */
  static boolean isInside(String address, List<WgPeer> peers) {
    IPAddress asked = parsed(address);
    return asked != null
        && !asked.isMultiple()
        && peers.stream()
            .flatMap(it -> it.allowedIps() == null ? null : it.allowedIps().stream())
            .map(Reach::parsed)
            .anyMatch(it -> it != null && it.toPrefixBlock().contains(asked));
  }

  private static @Nullable IPAddress parsed(String text) {
    return text.matches("[0-9a-fA-F:.]{2,45}(?:/\\d{1,3})?")
        ? new IPAddressString(text).getAddress()
        : null;
  }
}
