package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.addresses;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.ping;
import static io.wgwhy.engine.session.Lab.sysctls;
import static io.wgwhy.engine.session.Rules.base;
import static io.wgwhy.engine.session.Rules.nft;
import static io.wgwhy.engine.session.Rules.on;
import static io.wgwhy.engine.session.Rules.partOf;
import static io.wgwhy.facts.Answer.NO;
import static io.wgwhy.facts.Answer.UNKNOWN;
import static io.wgwhy.facts.Answer.YES;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.tunnel.Forwarding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the responder does with what is not for itself: 172.16.9.80 behind it does not answer. */
class ForwardingsTest {

  private static Forwarding forwarding(Object... seen) {
    Scene scene =
        Lab.scene(
            onClient().allowed("10.66.66.0/24", "172.16.9.0/24").handshake(-5),
            onServer().handshake(-5),
            Lab.routes("cli", 1, "0.0.0.0/0 eth0", "10.66.66.0/24 wg0", "172.16.9.0/24 wg0"),
            Lab.routes("srv", 1, "0.0.0.0/0 eth0", "10.66.66.0/24 wg0", "172.16.9.0/24 eth1"),
            ping("cli", 5, "172.16.9.80", 56, NO),
            List.of(seen));
    return Forwardings.of(scene, Forwardings.target(scene, FailedTargets.of(new Probes(scene))));
  }

  private static Ruleset nat(String rule) {
    return on("srv", 1, nft(base("ip", "nat", Hook.POSTROUTING, 100, ACCEPT, rule)));
  }

  @Test
  void the_target_and_the_device_it_leaves_by() {
    assertThat(forwarding().target()).isEqualTo("172.16.9.80");
    assertThat(forwarding().egressDevice()).isEqualTo("eth1");
  }

  @Test
  void the_switch_is_on_off_or_unknown() {
    assertThat(forwarding(sysctls("srv", 1, "net.ipv4.ip_forward", 1)).forwards()).isEqualTo(YES);
    assertThat(forwarding(sysctls("srv", 1, "net.ipv4.ip_forward", 0)).forwards()).isEqualTo(NO);
    assertThat(forwarding(sysctls("srv", 1)).forwards()).isEqualTo(UNKNOWN);
    assertThat(forwarding().forwards()).isEqualTo(UNKNOWN);
  }

  @Test
  void the_tunnel_devices_own_switch_decides() {
    Object[] off = {"net.ipv4.ip_forward", 1, "net.ipv4.conf.wg0.forwarding", 0};
    assertThat(forwarding(sysctls("srv", 1, off)).forwards()).isEqualTo(NO);
    assertThat(forwarding(sysctls("srv", 1, off)).setting())
        .isEqualTo("net.ipv4.conf.wg0.forwarding");
    Object[] on = {"net.ipv4.ip_forward", 1, "net.ipv4.conf.wg0.forwarding", 1};
    assertThat(forwarding(sysctls("srv", 1, on)).forwards()).isEqualTo(YES);
    assertThat(forwarding(sysctls("srv", 1, on)).setting()).isEqualTo("net.ipv4.ip_forward");
    Object[] another = {"net.ipv4.ip_forward", 1, "net.ipv4.conf.eth0.forwarding", 0};
    assertThat(forwarding(sysctls("srv", 1, another)).forwards()).isEqualTo(YES);
  }

  @Test
  void an_address_that_it_translates_to_and_does_not_have_is_told() {
    Object own = addresses("srv", 1, "eth1 172.16.9.1/24", "wg0 10.66.66.1/24");
    assertThat(forwarding(own, nat("oif eth1; snat 172.16.9.7")).foreignSource())
        .isEqualTo("172.16.9.7");
    assertThat(forwarding(own, nat("oif eth1; snat 172.16.9.1")).foreignSource()).isNull();
    assertThat(forwarding(own, nat("oif eth1; masquerade")).foreignSource()).isNull();
    assertThat(forwarding(nat("oif eth1; snat 172.16.9.7")).foreignSource()).isNull();
  }

  @Test
  void what_is_asked_for_is_seen_leaving_or_it_is_unknown() {
    assertThat(forwarding(leaving("172.16.9.1:0", "172.16.9.80:0")).leaves()).isEqualTo(YES);
    assertThat(forwarding(leaving("172.16.9.1:0", "172.16.9.81:0")).leaves()).isEqualTo(UNKNOWN);
    assertThat(forwarding().leaves()).isEqualTo(UNKNOWN);
  }

  private static Object leaving(String from, String to) {
    return Lab.captureOn(
        "eth1",
        "srv",
        6,
        Capture.Direction.OUT,
        Lab.flow(Capture.Direction.OUT, MessageType.ECHO_REQUEST, from, to, 2));
  }

  @Test
  void a_masquerade_rule_for_the_device_translates() {
    assertThat(forwarding(nat("oif eth1; masquerade")).masqueraded()).isEqualTo(YES);
    assertThat(forwarding(nat("saddr 10.66.66.0/24; masquerade")).masqueraded()).isEqualTo(YES);
    assertThat(forwarding(nat("oif eth1; snat 172.16.9.1")).masqueraded()).isEqualTo(YES);
  }

  @Test
  void without_a_rule_nothing_is_translated() {
    assertThat(forwarding(on("srv", 1, nft())).masqueraded()).isEqualTo(NO);
    assertThat(forwarding(nat("saddr 172.17.0.0/16; ! oif docker0; masquerade")).masqueraded())
        .isEqualTo(NO);
  }

  @Test
  void of_a_part_of_the_rules_absence_is_unknown() {
    assertThat(forwarding(partOf(on("srv", 1, nft()))).masqueraded()).isEqualTo(UNKNOWN);
    assertThat(forwarding().masqueraded()).isEqualTo(UNKNOWN);
  }

  @Test
  void rules_for_ipv6_alone_say_nothing_of_ipv4() {
    Ruleset six = new Ruleset("srv", Lab.ms(1), Ruleset.Tool.IP6TABLES, YES, List.of());
    assertThat(forwarding(six).masqueraded()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_rule_for_another_device_is_named() {
    Forwarding it = forwarding(nat("oif eth0; masquerade"));
    assertThat(it.masqueraded()).isEqualTo(NO);
    assertThat(it.masqueradeDevice()).isEqualTo("eth0");
  }

  @Test
  void a_rule_with_a_wildcard_that_fits_is_for_this_device() {
    Forwarding it = forwarding(nat("oif e*; masquerade"));
    assertThat(it.masqueraded()).isEqualTo(YES);
    assertThat(it.masqueradeDevice()).isNull();
  }

  @Test
  void a_rule_for_others_packets_or_into_the_tunnel_is_not_a_mistake() {
    assertThat(forwarding(nat("saddr 172.17.0.0/16; oif docker0; masquerade")).masqueradeDevice())
        .isNull();
    assertThat(forwarding(nat("oif wg0; masquerade")).masqueradeDevice()).isNull();
  }

  @Test
  void a_rule_without_any_device_name_breaks_nothing() {
    Ruleset strange =
        new Ruleset(
            "srv",
            Lab.ms(1),
            Ruleset.Tool.NFT,
            YES,
            List.of(
                new Ruleset.Chain(
                    "ip",
                    "t",
                    "p",
                    "nat",
                    Hook.POSTROUTING,
                    100,
                    ACCEPT,
                    null,
                    List.of(
                        new Ruleset.Rule(
                            List.of(
                                new Ruleset.Match(Ruleset.Field.OUTPUT_DEVICE, false, List.of())),
                            Ruleset.Action.MASQUERADE,
                            null,
                            null)))));
    assertThat(forwarding(strange).masqueradeDevice()).isNull();
  }

  @Test
  void the_responders_own_addresses_are_not_beyond() {
    Scene scene =
        Lab.scene(
            onClient().handshake(-5),
            onServer().handshake(-5),
            ping("cli", 5, "10.66.66.1", 56, NO));
    assertThat(Forwardings.target(scene, FailedTargets.of(new Probes(scene)))).isNull();
  }

  // IPv6 has switches, filters and routes of its own.

  private static Forwarding ofIpv6(Object... seen) {
    Scene scene =
        Lab.scene(
            addresses("cli", 1, "eth0 192.0.2.2/24", "wg0 10.66.66.2/32", "wg0 fd66::2/128"),
            addresses("srv", 1, "eth0 203.0.113.10/24", "wg0 10.66.66.1/24", "wg0 fd66::1/64"),
            onClient().allowed("10.66.66.0/24", "fd66::/64", "2001:db8:9::/64").handshake(-5),
            onServer().allowed("10.66.66.2/32", "fd66::2/128").handshake(-5),
            Lab.routes("cli", 1, "0.0.0.0/0 eth0", "2001:db8:9::/64 wg0"),
            Lab.routes("srv", 1, "0.0.0.0/0 eth0", "::/0 eth1", "fd66::/64 wg0"),
            ping("cli", 5, "2001:db8:9::80", 56, NO),
            List.of(seen));
    return Forwardings.of(scene, Forwardings.target(scene, FailedTargets.of(new Probes(scene))));
  }

  private static Object switches(int ipv4, int ipv6) {
    return sysctls("srv", 1, "net.ipv4.ip_forward", ipv4, "net.ipv6.conf.all.forwarding", ipv6);
  }

  @Test
  void of_ipv6_its_own_switch_decides() {
    assertThat(ofIpv6(switches(1, 0)).forwards()).isEqualTo(NO);
    assertThat(ofIpv6(switches(0, 1)).forwards()).isEqualTo(YES);
    assertThat(ofIpv6(sysctls("srv", 1, "net.ipv4.ip_forward", 0)).forwards()).isEqualTo(UNKNOWN);
    assertThat(ofIpv6().setting()).isEqualTo("net.ipv6.conf.all.forwarding");
    assertThat(forwarding(switches(1, 0)).forwards()).isEqualTo(YES);
    assertThat(forwarding().setting()).isEqualTo("net.ipv4.ip_forward");
  }

  @Test
  void ipv6_leaves_by_its_own_routes_and_meets_its_own_translation() {
    assertThat(ofIpv6().egressDevice()).isEqualTo("eth1");
    assertThat(ofIpv6(nat("oif eth1; masquerade")).masqueraded()).isEqualTo(NO);
    Ruleset six =
        on(
            "srv",
            1,
            nft(base("ip6", "nat", Hook.POSTROUTING, 100, ACCEPT, "oif eth1; masquerade")));
    assertThat(ofIpv6(six).masqueraded()).isEqualTo(YES);
    assertThat(forwarding(six).masqueraded()).isEqualTo(NO);
  }

  @Test
  void a_rule_of_the_other_family_names_no_wrong_device() {
    assertThat(ofIpv6(nat("oif eth0; masquerade")).masqueradeDevice()).isNull();
  }

  @Test
  void an_address_of_the_responder_itself_is_not_beyond() {
    assertThat(ofIpv6(ping("cli", 6, "203.0.113.10", 56, NO)).target()).isEqualTo("2001:db8:9::80");
    assertThat(
            ofIpv6(
                    addresses("srv", 2, "eth1 2001:db8:9::80/64", "wg0 10.66.66.1/24"),
                    switches(1, 0))
                .target())
        .isNull();
  }

  @Test
  void what_does_not_answer_alone_of_its_family_is_asked_about_first() {
    Object[] ipv4 = {
      Lab.routes("cli", 2, "0.0.0.0/0 eth0", "2001:db8:9::/64 wg0", "172.16.9.0/24 wg0"),
      onClient()
          .at(2)
          .allowed("10.66.66.0/24", "fd66::/64", "2001:db8:9::/64", "172.16.9.0/24")
          .handshake(-5),
      ping("cli", 3, "172.16.9.80", 56, NO)
    };
    assertThat(ofIpv6(List.of(ipv4)).target()).isEqualTo("172.16.9.80");
    assertThat(ofIpv6(List.of(ipv4), ping("cli", 4, "172.16.9.81", 56, YES)).target())
        .isEqualTo("2001:db8:9::80");
  }

  // Whose task it is to translate.

  /** 198.51.100.80 in the world does not answer. */
  private static Answer mustTranslate(String address, String router, Object... seen) {
    Scene scene =
        Lab.scene(
            addresses("srv", 1, "eth0 " + address, "wg0 10.66.66.1/24"),
            onClient().allowed("0.0.0.0/0").handshake(-5),
            onServer().handshake(-5),
            Lab.routes("cli", 1, "0.0.0.0/0 wg0"),
            new Routes(
                "srv",
                Lab.ms(1),
                List.of(new Routes.Route("0.0.0.0/0", "unicast", "main", router, "eth0", null, 0))),
            ping("cli", 5, "198.51.100.80", 56, NO),
            List.of(seen));
    return Forwardings.of(scene, Forwardings.target(scene, FailedTargets.of(new Probes(scene))))
        .mustTranslate();
  }

  @Test
  void behind_a_responder_in_the_public_network_nobody_translates() {
    assertThat(mustTranslate("203.0.113.10/24", "203.0.113.1")).isEqualTo(YES);
  }

  @Test
  void a_private_router_behind_the_responder_may_translate() {
    assertThat(mustTranslate("192.168.7.2/24", "192.168.7.1")).isEqualTo(UNKNOWN);
    assertThat(mustTranslate("203.0.113.10/32", "172.31.1.1")).isEqualTo(UNKNOWN);
  }

  @Test
  void a_neighbour_of_the_responder_may_know_the_way_back() {
    assertThat(mustTranslate("198.51.100.10/24", null)).isEqualTo(UNKNOWN);
  }

  @Test
  void a_public_tunnel_address_needs_no_translation() {
    assertThat(
            mustTranslate(
                "203.0.113.10/24",
                "203.0.113.1",
                addresses("cli", 1, "eth0 192.0.2.2/24", "wg0 198.18.0.2/32")))
        .isEqualTo(NO);
  }
}
