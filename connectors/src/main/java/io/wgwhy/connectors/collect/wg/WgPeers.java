package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two forms of {@code wg show} have in common. */
public final class WgPeers {
  private WgPeers() {}

  /** wg prints addresses, never names; null for {@code (none)} and for what was made unreadable. */
  public static @Nullable Endpoint endpoint(String text) {
    Endpoint endpoint = Names.endpoint(text);
    return endpoint == null || !Cidr.isAddress(endpoint.address()) ? null : endpoint;
  }

  /** The prefixes; empty for {@code (none)}; null when one of them is unreadable. */
  public static @Nullable List<String> allowedIps(String text) {
    if (text.strip().startsWith("(none)")) {
      return List.of();
    }
    List<String> prefixes = new ArrayList<>();
    for (String part : text.split(",")) {
      // A remark may follow the last one: "10.66.66.2/32   <- my phone".
      String[] words = part.strip().split("\\s+", 2);
      if (!Cidr.isPrefix(words[0])) {
        return null;
      }
      prefixes.add(words[0]);
      if (words.length > 1) {
        break;
      }
    }
    return prefixes;
  }

  /** Seconds since the handshake, both by the host's own clock. */
  static long age(Observation observation, long handshake) {
    long age = (long) Math.floor(observation.at()) - handshake;
    // The observation's time may be taken just before the command runs, a handshake just after.
    return age == -1 ? 0 : age;
  }
}
