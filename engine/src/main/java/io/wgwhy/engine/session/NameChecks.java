package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.tunnel.NameCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks what became of the name in an Endpoint: whether it has an address at all, and whether the
 * one in use is still among them.
 */
final class NameChecks {
  private final Scene scene;
  private final String name;
  private final @Nullable String running;

  private NameChecks(Scene scene, String name) {
    this.scene = scene;
    this.name = name;
    Endpoint endpoint = scene.endpoint();
    this.running =
        endpoint != null && Prefixes.isAddress(endpoint.address()) ? endpoint.address() : null;
  }

  /** Null when the Endpoint is no name, or nobody looked it up and wg does not wait for it. */
  static @Nullable NameCheck of(Scene scene) {
    Endpoint configured = scene.a().configuredEndpoint();
    if (configured == null || Prefixes.isAddress(configured.address())) {
      return null;
    }
    NameChecks checks = new NameChecks(scene, configured.address().toLowerCase(Locale.ROOT));
    return scene.hostA().all(NameLookup.class).stream()
        .filter(it -> it.name().equals(checks.name))
        .findFirst()
        .map(it -> checks.judge(it.addresses(), Answer.of(!it.addresses().isEmpty())))
        .or(() -> checks.whileItWaits())
        .orElse(null);
  }

  private Optional<NameCheck> whileItWaits() {
    return waits().yes() ? Optional.of(judge(List.of(), Answer.UNKNOWN)) : Optional.empty();
  }

  private NameCheck judge(List<String> addresses, Answer resolves) {
    List<String> own = scene.b().hostAddresses();
    String right =
        addresses.stream()
            .filter(it -> own.stream().anyMatch(mine -> Prefixes.same(mine, it)))
            .findFirst()
            .orElse(null);
    return new NameCheck(
        scene.tunnel().id(),
        name,
        resolves,
        waits(),
        running,
        right != null ? right : likeTheRunning(addresses).findFirst().orElse(first(addresses)),
        stale(addresses),
        own.isEmpty() || addresses.isEmpty() ? Answer.UNKNOWN : Answer.of(right != null));
  }

  private Answer stale(List<String> addresses) {
    String used = running;
    if (used == null) {
      return Answer.UNKNOWN;
    }
    if (addresses.stream().anyMatch(it -> Prefixes.same(it, used))) {
      return Answer.NO;
    }
    // Only the other family was asked for: then nothing is known of this one.
    return likeTheRunning(addresses).findAny().isPresent() ? Answer.YES : Answer.UNKNOWN;
  }

  /** Those of the same family. */
  private Stream<String> likeTheRunning(List<String> addresses) {
    String used = running;
    return used == null
        ? Stream.empty()
        : addresses.stream().filter(it -> Prefixes.isIpv4(it) == Prefixes.isIpv4(used));
  }

  private static @Nullable String first(List<String> addresses) {
    return addresses.isEmpty() ? null : addresses.get(0);
  }

  /**
   * wg-quick(8) makes the interface, hands it the file by {@code wg setconf}, and then sets it up.
   */
  private Answer waits() {
    String iface = scene.a().iface();
    if (iface == null || scene.hostA().wgInterface(iface) == null) {
      return Answer.UNKNOWN;
    }
    return Answer.of(scene.hostA().peers(iface).isEmpty() && scene.a().up().no());
  }
}
