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
  private static final Routes.Route NONE = new Routes.Route("", "none", "", null, null, null, 0);

  private Routing() {}

  /** The device that a packet without a mark leaves by; null when unknown or there is no route. */
  static @Nullable String device(HostFacts host, @Nullable String destination) {
    if (destination == null) {
      return null;
    }
    RouteLookup asked = host.lookup(destination);
    Routes routes = host.latest(Routes.class);
    if (asked != null && (routes == null || asked.at() >= routes.at() - SAME_ROUND)) {
      return asked.type().equals("local") ? "lo" : asked.device();
    }
    return device(host, destination, 0);
  }

  /** Outputs of one round of commands count as of one moment, ms. */
  private static final long SAME_ROUND = 2_000;

  /** The device that a packet with this mark leaves by, by rules and tables; null when unknown. */
  static @Nullable String device(HostFacts host, @Nullable String destination, long mark) {
    Routes.Route route = destination == null ? NONE : route(host, destination, mark);
    return route.type().equals("local") ? "lo" : route.device();
  }

  private static Routes.Route route(HostFacts host, String destination, long mark) {
    RoutingRules rules = host.latest(RoutingRules.class);
    if (rules == null || rules.rules().isEmpty()) {
      Routes.Route local = longest(host.routes(), "local", destination, -1);
      return found(local) ? local : longest(host.routes(), "main", destination, -1);
    }
    List<RoutingRules.RoutingRule> inOrder =
        rules.rules().stream()
            .sorted(Comparator.comparingInt(RoutingRules.RoutingRule::priority))
            .toList();
    for (RoutingRules.RoutingRule rule : inOrder) {
      if (applies(rule, destination, mark)) {
        int suppressed = rule.suppressPrefixLength() == null ? -1 : rule.suppressPrefixLength();
        Routes.Route route = longest(host.routes(), table(rule.table()), destination, suppressed);
        if (found(route)) {
          return route;
        }
      }
    }
    return NONE;
  }

  private static boolean found(Routes.Route route) {
    return !route.equals(NONE);
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

  private static Routes.Route longest(
      List<Routes.Route> routes, String table, String destination, int suppressed) {
    Routes.Route best = NONE;
    int longest = suppressed;
    long metric = Long.MAX_VALUE;
    for (Routes.Route route : routes) {
      if (!table(route.table()).equals(table)
          || route.type().equals("broadcast")
          || route.type().equals("multicast")
          || !Boolean.TRUE.equals(Prefixes.holds(route.destination(), destination))) {
        continue;
      }
      int length = Prefixes.length(route.destination());
      if (length > longest || (length == longest && found(best) && route.metric() < metric)) {
        best = route;
        longest = length;
        metric = route.metric();
      }
    }
    return best;
  }
}
