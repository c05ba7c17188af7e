package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.lookup;
import static io.wgwhy.engine.session.Lab.memory;
import static io.wgwhy.engine.session.Lab.routes;
import static io.wgwhy.engine.session.Lab.rule;
import static io.wgwhy.engine.session.Lab.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.RouteLookup;
import io.wgwhy.facts.RoutingRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a packet goes. */
class RoutingTest {
  private static final long MARK = 51820;

  private static String device(String destination, Fact... facts) {
    return Routing.device(memory(List.of(facts)).host("cli"), destination);
  }

  private static String marked(String destination, Fact... facts) {
    return Routing.device(memory(List.of(facts)).host("cli"), destination, MARK);
  }

  @Test
  void the_longest_prefix_counts() {
    Fact routes =
        routes(
            "cli", 0, "0.0.0.0/0 eth0", "10.0.0.0/8 eth1", "10.66.66.0/24 wg0", "10.66.66.7/32 lo");
    assertThat(device("192.0.2.80", routes)).isEqualTo("eth0");
    assertThat(device("10.1.2.3", routes)).isEqualTo("eth1");
    assertThat(device("10.66.66.1", routes)).isEqualTo("wg0");
  }

  @Test
  void of_two_routes_for_one_prefix_the_smaller_metric_counts() {
    assertThat(
            device(
                "192.168.1.1",
                routes("cli", 0, "192.168.1.0/24 wlan0 main 600", "192.168.1.0/24 eth0 main 100")))
        .isEqualTo("eth0");
    assertThat(
            device(
                "192.168.1.1",
                routes("cli", 0, "192.168.1.0/24 eth0 main 100", "192.168.1.0/24 wg0 main 0")))
        .isEqualTo("wg0");
  }

  @Test
  void without_a_route_or_a_look_the_device_is_unknown() {
    assertThat(device("192.0.2.80", routes("cli", 0, "10.0.0.0/8 eth0"))).isNull();
    assertThat(device("192.0.2.80")).isNull();
    assertThat(Routing.device(memory(List.of()).host("cli"), null)).isNull();
  }

  @Test
  void what_is_no_address_goes_nowhere() {
    assertThat(device("vpn.example.org", routes("cli", 0, "0.0.0.0/0 eth0"))).isNull();
  }

  /** Every link has fe80::/64. */
  @Test
  void a_link_local_address_is_on_the_link_that_its_zone_names() {
    Fact routes = routes("cli", 0, "fe80::/64 docker0", "fe80::/64 eth0", "::/0 wg0");
    assertThat(device("fe80::2%eth0", routes)).isEqualTo("eth0");
    assertThat(device("fe80::2%docker0", routes)).isEqualTo("docker0");
    assertThat(device("fe80::2%eth9", routes)).as("not by the default route").isNull();
  }

  @Test
  void ipv6_has_routes_of_its_own() {
    Fact routes = routes("cli", 0, "0.0.0.0/0 eth0", "::/0 wg0", "2001:db8::/32 eth1");
    assertThat(device("2001:db8::1", routes)).isEqualTo("eth1");
    assertThat(device("2001:4860::1", routes)).isEqualTo("wg0");
  }

  @Test
  void the_hosts_own_answer_is_preferred_while_it_is_fresh() {
    Fact routes = routes("cli", 10, "0.0.0.0/0 eth0");
    assertThat(device("192.0.2.80", lookup("cli", 9, "192.0.2.80", "wg0"), routes))
        .isEqualTo("wg0");
    assertThat(device("192.0.2.80", lookup("cli", 3, "192.0.2.80", "wg0"), routes))
        .isEqualTo("eth0");
    assertThat(device("192.0.2.80", lookup("cli", 3, "192.0.2.80", "wg0"))).isEqualTo("wg0");
  }

  @Test
  void an_own_address_is_local() {
    Fact own = new RouteLookup("cli", 0, "10.66.66.2", "local", "wg0", null, null, null);
    assertThat(device("10.66.66.2", own)).isEqualTo("lo");
  }

  // wg-quick's full tunnel: all that has no mark goes into table 51820, unless main knows better.

  private static final Fact RULES =
      rules(
          "cli",
          0,
          rule(0, false, null, "local", null),
          rule(32764, false, null, "main", 0),
          rule(32765, true, MARK, "51820", null),
          rule(32766, false, null, "main", null),
          rule(32767, false, null, "default", null));

  private static final Fact TABLES =
      routes(
          "cli",
          0,
          "0.0.0.0/0 eth0",
          "192.0.2.0/24 eth0",
          "0.0.0.0/0 wg0 51820",
          "192.0.2.2/32 eth0 local");

  @Test
  void a_full_tunnel_takes_all_that_main_has_no_narrow_route_for() {
    assertThat(device("198.51.100.1", RULES, TABLES)).isEqualTo("wg0");
    assertThat(device("192.0.2.7", RULES, TABLES)).isEqualTo("eth0");
  }

  @Test
  void a_full_tunnel_leaves_its_own_packets_outside() {
    assertThat(marked("203.0.113.10", RULES, TABLES)).isEqualTo("eth0");
  }

  @Test
  void the_rule_with_the_smaller_priority_comes_first_however_they_were_listed() {
    Fact shuffled =
        rules(
            "cli",
            0,
            rule(32766, false, null, "main", null),
            rule(32765, true, MARK, "51820", null),
            rule(32764, false, null, "main", 0));
    assertThat(device("198.51.100.1", shuffled, TABLES)).isEqualTo("wg0");
  }

  @Test
  void a_table_that_was_not_shown_may_hold_the_way() {
    Fact mainOnly = routes("cli", 0, "0.0.0.0/0 eth0", "192.0.2.0/24 eth0");
    assertThat(device("198.51.100.1", RULES, mainOnly)).isNull();
    assertThat(device("192.0.2.7", RULES, mainOnly)).isEqualTo("eth0");
    assertThat(marked("203.0.113.10", RULES, mainOnly)).isEqualTo("eth0");
  }

  @Test
  void a_table_that_is_empty_among_all_tables_is_passed_over() {
    Fact empty = routes("cli", 0, "0.0.0.0/0 eth0", "192.0.2.2/32 eth0 local");
    assertThat(device("198.51.100.1", RULES, empty)).isEqualTo("eth0");
  }

  @Test
  void tables_may_be_numbers() {
    Fact numbers =
        rules("cli", 0, rule(0, false, null, "255", null), rule(1, false, null, "254", null));
    assertThat(device("198.51.100.1", numbers, TABLES)).isEqualTo("eth0");
  }

  @Test
  void a_rule_for_sources_or_for_what_came_in_is_not_for_own_packets() {
    Fact some =
        rules(
            "cli",
            0,
            new RoutingRules.RoutingRule(1, false, "10.0.0.0/8", null, null, "51820", null, null),
            new RoutingRules.RoutingRule(2, false, null, null, null, "51820", null, "eth1"),
            new RoutingRules.RoutingRule(
                3, false, null, "198.51.100.0/24", null, "51820", null, null),
            rule(32766, false, null, "main", null));
    assertThat(device("203.0.113.10", some, TABLES)).isEqualTo("eth0");
    assertThat(device("198.51.100.1", some, TABLES)).isEqualTo("wg0");
  }
}
