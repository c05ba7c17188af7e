package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.tunnel.NameCheck;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares the address in use with those that the Endpoint's name has now. */
final class NameChecks {
  private NameChecks() {}

  /** Null when the Endpoint is no name, or nobody looked it up. */
  static @Nullable NameCheck of(Scene scene) {
    Endpoint configured = scene.a().configuredEndpoint();
    Endpoint running = scene.endpoint();
    if (configured == null
        || running == null
        || Prefixes.isAddress(configured.address())
        || !Prefixes.isAddress(running.address())) {
      return null;
    }
    String name = configured.address().toLowerCase(Locale.ROOT);
    for (NameLookup lookup : scene.hostA().all(NameLookup.class)) {
      if (lookup.name().equals(name) && !lookup.addresses().isEmpty()) {
        return judge(scene, name, running.address(), lookup.addresses());
      }
    }
    return null;
  }

  private static NameCheck judge(Scene scene, String name, String running, List<String> addresses) {
    boolean sixth = !Prefixes.isIpv4(running);
    List<String> same = addresses.stream().filter(it -> Prefixes.isIpv4(it) != sixth).toList();
    boolean current = addresses.stream().anyMatch(it -> Prefixes.same(it, running));
    String right =
        addresses.stream()
            .filter(
                it -> scene.b().hostAddresses().stream().anyMatch(own -> Prefixes.same(own, it)))
            .findFirst()
            .orElse(null);
    String newer = right != null ? right : same.isEmpty() ? addresses.get(0) : same.get(0);
    return new NameCheck(
        scene.tunnel().id(),
        name,
        running,
        newer,
        // Only the other family was asked for: then nothing is known of this one.
        current || !same.isEmpty() ? Answer.of(!current) : Answer.UNKNOWN,
        scene.b().hostAddresses().isEmpty() ? Answer.UNKNOWN : Answer.of(right != null));
  }
}
