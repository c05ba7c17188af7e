package io.wgwhy.engine.session;

import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.RoutingRules;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a host sends a packet: by its own answer ({@code ip route get}) where it was asked, else by
 * its rules in order of priority and, in each table, the longest prefix (ip-rule(8), ip-route(8)).
 */
final class Routing {
  /** Outputs of one round of commands count as of one moment, ms. */
  private static final long SAME_ROUND = 2_000;

  private Routing() {}

  /** The device that a packet without a mark leaves by; null when unknown or there is no route. */
  static @Nullable String device(HostFacts host, @Nullable String destination) {
    if (destination == null) {
      return null;
    }
    RouteLookup asked = answer(host, destination);
    if (asked != null) {
      return asked.type().equals("local") ? "lo" : asked.device();
    }
    return device(host, destination, 0);
  }

  /** The host's own answer, as long as it is of today; null when there is none. */
  private static @Nullable RouteLookup answer(HostFacts host, String destination) {
    RouteLookup asked = host.lookup(destination);
    Routes routes = host.latest(Routes.class);
    return asked != null && (routes == null || asked.at() >= routes.at() - SAME_ROUND)
        ? asked
        : null;
  }

  /** The router that a packet without a mark is given to; null when unknown or there is none. */
  static @Nullable String gateway(HostFacts host, String destination) {
    RouteLookup asked = answer(host, destination);
    if (asked != null) {
      return asked.via();
    }
    Routes.Route route = route(host, destination, 0);
    return route == null ? null : route.via();
  }

  /** The device that a packet with this mark leaves by, by rules and tables; null when unknown. */
  static @Nullable String device(HostFacts host, @Nullable String destination, long mark) {
    Routes.Route route = destination == null ? null : route(host, destination, mark);
    return route == null ? null : route.type().equals("local") ? "lo" : route.device();
  }

  private static Routes.@Nullable Route route(HostFacts host, String destination, long mark) {
    RoutingRules rules = host.latest(RoutingRules.class);
    List<Routes.Route> routes = host.routes();
    if (rules == null || rules.rules().isEmpty()) {
      Routes.Route local = longest(routes, "local", destination, -1);
      return local != null ? local : longest(routes, "main", destination, -1);
    }
    List<RoutingRules.RoutingRule> inOrder =
        rules.rules().stream()
            .sorted(Comparator.comparingInt(RoutingRules.RoutingRule::priority))
            .toList();
    boolean allTables = shown(routes, "local");
    for (RoutingRules.RoutingRule rule : inOrder) {
      if (applies(rule, destination, mark)) {
        String table = table(rule.table());
        if (!allTables && !isBuiltIn(table) && !shown(routes, table)) {
          // "ip route" without "table all" does not show it: it may well hold the way.
          return null;
        }
        int suppressed = rule.suppressPrefixLength() == null ? -1 : rule.suppressPrefixLength();
        Routes.Route route = longest(routes, table, destination, suppressed);
        if (route != null) {
          return route;
        }
      }
    }
    return null;
  }

  private static boolean shown(List<Routes.Route> routes, String table) {
    return routes.stream().anyMatch(it -> table(it.table()).equals(table));
  }

  private static boolean isBuiltIn(String table) {
    return table.equals("main") || table.equals("local") || table.equals("default");
  }

  private static boolean applies(RoutingRules.RoutingRule rule, String destination, long mark) {
    boolean matches =
        (rule.fwmark() == null || rule.fwmark() == mark)
            && (rule.destination() == null
                || Boolean.TRUE.equals(Prefixes.holds(rule.destination(), destination)))
            // Packets of the host itself have no source yet and came in by no device.
            && rule.source() == null
            && rule.inputDevice() == null;
    return rule.inverted() != matches;
  }

  private static String table(String name) {
    return switch (name) {
      case "254" -> "main";
      case "255" -> "local";
      case "253" -> "default";
      default -> name;
    };
  }

  /**
   * The route of a table that the kernel takes; null when none fits. An address with a zone ({@code
   * fe80::1%eth0}) is on that link, whichever others have its prefix.
   *
   * @param suppressed routes with a prefix this long or shorter are passed over; -1 for none
   */
  private static Routes.@Nullable Route longest(
      List<Routes.Route> routes, String table, String destination, int suppressed) {
    Routes.Route best = null;
    int longest = suppressed;
    int zone = destination.indexOf('%');
    String link = zone < 0 ? null : destination.substring(zone + 1);
    for (Routes.Route route : routes) {
      if (!table(route.table()).equals(table)
          || route.type().equals("broadcast")
          || route.type().equals("multicast")
          || (link != null && !link.equals(route.device()))
          || !Boolean.TRUE.equals(Prefixes.holds(route.destination(), destination))) {
        continue;
      }
      int length = Prefixes.length(route.destination());
      boolean better = best != null && length == longest && route.metric() < best.metric();
      if (length > longest || better) {
        best = route;
        longest = length;
      }
    }
    return best;
  }
}
