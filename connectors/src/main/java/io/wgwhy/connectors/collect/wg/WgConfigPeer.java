package io.wgwhy.connectors.collect.wg;

import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A [Peer] section being read. */
final class WgConfigPeer {
  /** The line of its header. */
  final int line;

  /** Its prefixes in one form, and the line of each. */
  final Map<String, Integer> networks = new LinkedHashMap<>();

  final List<String> allowedIps = new ArrayList<>();
  boolean hasKey;
  int keyLine;
  @Nullable String publicKey;
  PresharedKey presharedKey = PresharedKey.ABSENT;
  @Nullable Endpoint endpoint;
  @Nullable Integer keepalive;

  WgConfigPeer(int line) {
    this.line = line;
  }

  WgConfig.Peer fact() {
    return new WgConfig.Peer(publicKey, presharedKey, endpoint, List.copyOf(allowedIps), keepalive);
  }
}
