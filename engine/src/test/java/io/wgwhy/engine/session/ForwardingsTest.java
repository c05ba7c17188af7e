package io.wgwhy.engine.session;

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
}
