package io.wgwhy.engine.session;

import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that hosts have: the one thing by which a host matters to tunnels that it is no
 * end of.
 */
final class KeysOfHosts {
  private final Map<String, Set<String>> known = new HashMap<>();

  /** The keys that a host has now and had not when it was last asked for, or had and has not. */
  Set<String> changed(HostFacts host) {
    Set<String> now = new TreeSet<>();
    host.all(WgInterface.class).forEach(it -> add(now, it.publicKey()));
    host.all(WgConfig.class).forEach(it -> add(now, it.publicKey()));
    Set<String> before = now.isEmpty() ? known.remove(host.name()) : known.put(host.name(), now);
    Set<String> changed = new TreeSet<>(now);
    for (String key : before == null ? Set.<String>of() : before) {
      if (!changed.remove(key)) {
        changed.add(key);
      }
    }
    return changed;
  }

  private static void add(Set<String> keys, @Nullable String key) {
    if (key != null) {
      keys.add(key);
    }
  }
}
