package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Routes.Route;
import io.wgwhy.facts.RoutingRules;
import io.wgwhy.facts.RoutingRules.RoutingRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a host sends a packet, by its own answer, its rules and its tables. */
class RoutingTest {
  private static final long MARK = 0xca6c;

  private static final Routes FULL_TUNNEL =
      routes(
          route("0.0.0.0/0", "main", "eth0", 0),
          route("192.168.50.0/24", "main", "eth0", 0),
          route("0.0.0.0/0", "51820", "wg0", 0));

  /** What wg-quick(8) makes of AllowedIPs = 0.0.0.0/0. */
  private static final RoutingRules WG_QUICK =
      new RoutingRules(
          "cli",
          0,
          List.of(
              new RoutingRule(0, false, null, null, null, "local", null, null),
              new RoutingRule(32764, false, null, null, null, "main", 0, null),
              new RoutingRule(32765, true, null, null, MARK, "51820", null, null),
              new RoutingRule(32766, false, null, null, null, "main", null, null)));

  @Test
  void the_longest_prefix_decides() {
    HostFacts host =
        host(
            routes(
                route("0.0.0.0/0", "main", "eth0", 0), route("10.66.66.0/24", "main", "wg0", 0)));
    assertThat(Routing.device(host, "10.66.66.1")).isEqualTo("wg0");
    assertThat(Routing.device(host, "192.0.2.80")).isEqualTo("eth0");
  }

  @Test
  void of_two_equal_prefixes_the_smaller_metric_decides() {
    HostFacts host =
        host(
            routes(
                route("192.168.50.0/24", "main", "wlan0", 600),
                route("192.168.50.0/24", "main", "eth0", 100)));
    assertThat(Routing.device(host, "192.168.50.1")).isEqualTo("eth0");
  }

  @Test
  void in_a_full_tunnel_marked_packets_leave_outside_of_it() {
    HostFacts host = host(FULL_TUNNEL, WG_QUICK);
    assertThat(Routing.device(host, "203.0.113.10", MARK)).isEqualTo("eth0");
    assertThat(Routing.device(host, "203.0.113.10", 0)).isEqualTo("wg0");
  }

  /**
   * suppress_prefixlength 0: the main table's default route is passed over, its networks are not.
   */
  @Test
  void in_a_full_tunnel_the_own_network_stays_reachable() {
    assertThat(Routing.device(host(FULL_TUNNEL, WG_QUICK), "192.168.50.7", 0)).isEqualTo("eth0");
  }

  @Test
  void the_hosts_own_answer_is_preferred() {
    HostFacts host =
        host(
            routes(route("0.0.0.0/0", "main", "eth0", 0)),
            new RouteLookup(
                "cli", 1000, "203.0.113.10", "unicast", "wg0", null, "10.66.66.2", null));
    assertThat(Routing.device(host, "203.0.113.10")).isEqualTo("wg0");
  }

  @Test
  void without_routes_nothing_is_known() {
    assertThat(Routing.device(new HostFacts("cli"), "203.0.113.10")).isNull();
  }

  private static HostFacts host(Fact... facts) {
    Memory memory = new Memory();
    for (Fact fact : facts) {
      memory.accept(fact);
    }
    return memory.host("cli");
  }

  private static Routes routes(Route... routes) {
    return new Routes("cli", 0, List.of(routes));
  }

  private static Route route(String destination, String table, String device, long metric) {
    return new Route(destination, "unicast", table, null, device, null, metric);
  }
}
