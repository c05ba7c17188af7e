package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.FailedTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of IPv4 and IPv6 is asked for inside of a tunnel: a host has a switch, filters and routes
 * for each, and one family says nothing of the other.
 */
final class Inside {
  static final String IPV4 = "ip";
  static final String IPV6 = "ip6";

  private Inside() {}

  /** As rules of a filter call it; of what is not known IPv4. */
  static String family(@Nullable String address) {
    return Prefixes.isAddress(address) && !Prefixes.isIpv4(address) ? IPV6 : IPV4;
  }

  static boolean isIpv6(String family) {
    return family.equals(IPV6);
  }

  /** The family of an address that was asked for; while none was, the one that the tunnel has. */
  static String family(Scene scene, @Nullable String asked) {
    return asked != null ? family(asked) : own(scene);
  }

  /** The family of all that did not answer: IPv4 as soon as any of it is. */
  static String family(Scene scene, List<FailedTarget> failed) {
    return failed.isEmpty()
        ? own(scene)
        : failed.stream().map(it -> family(it.target())).min(String::compareTo).orElse(IPV4);
  }

  private static String own(Scene scene) {
    List<String> own = scene.innerAddresses();
    return own.stream().anyMatch(it -> isOf(IPV6, it)) && own.stream().noneMatch(Prefixes::isIpv4)
        ? IPV6
        : IPV4;
  }

  /** Whether it is an address of a family; those that each device of IPv6 gives itself are none. */
  static boolean isOf(String family, String address) {
    return Prefixes.isAddress(address)
        && family(address).equals(family)
        && !address.startsWith("fe80:");
  }

  /**
   * The initiator's address of a family inside the tunnel. Of several of IPv6 nobody can tell which
   * its packets take; null then, too.
   */
  static @Nullable String address(Scene scene, String family) {
    return address(scene.innerAddresses(), family);
  }

  static @Nullable String address(List<String> known, String family) {
    List<String> own =
        known.stream().map(Prefixes::withoutLength).filter(it -> isOf(family, it)).toList();
    return own.isEmpty() || (isIpv6(family) && own.size() > 1) ? null : own.get(0);
  }
}
