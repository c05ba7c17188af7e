package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.addresses;
import static io.wgwhy.engine.session.Lab.config;
import static io.wgwhy.engine.session.Lab.filtered;
import static io.wgwhy.engine.session.Lab.lookup;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.ping;
import static io.wgwhy.engine.session.Lab.section;
import static io.wgwhy.engine.session.Lab.sysctls;
import static io.wgwhy.facts.Answer.NO;
import static io.wgwhy.facts.Answer.UNKNOWN;
import static io.wgwhy.facts.Answer.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.tunnel.Addressing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the responder lets the initiator's address in, and knows the way back. */
class AddressingsTest {

  private static Addressing addressing(Object... seen) {
    java.util.ArrayList<io.wgwhy.facts.Fact> all = new java.util.ArrayList<>(Lab.setUp());
    all.addAll(Lab.facts(seen));
    Memory memory = Lab.memory(all);
    return Pairing.of(memory).stream()
        .filter(it -> it.tunnel().id().equals(Lab.C + "~" + Lab.S))
        .map(it -> Addressings.of(Scene.of(memory, it), Inside.IPV4))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_address_that_is_allowed_and_routed_back() {
    Addressing it = addressing(onClient(), onServer());
    assertThat(it.address()).isEqualTo("10.66.66.2");
    assertThat(it.allowed()).isEqualTo(YES);
    assertThat(it.none()).isEqualTo(NO);
    assertThat(it.otherPeer()).isNull();
    assertThat(it.wayBackInTunnel()).isEqualTo(YES);
    assertThat(it.wayToPeerInTunnel()).isEqualTo(YES);
  }

  @Test
  void an_address_that_no_allowed_ips_hold_is_refused() {
    Addressing it = addressing(onClient(), onServer().allowed("10.66.66.77/32"));
    assertThat(it.allowed()).isEqualTo(NO);
    assertThat(it.otherPeer()).isNull();
  }

  @Test
  void a_stolen_prefix_shows_none_and_who_has_it() {
    Addressing it =
        addressing(
            onClient(),
            onServer().allowedNone(),
            new PeerSeen("srv", "D-key").allowed("10.66.66.2/32"));
    assertThat(it.none()).isEqualTo(YES);
    assertThat(it.allowed()).isEqualTo(NO);
    assertThat(it.otherPeer()).isEqualTo("D-key");
  }

  @Test
  void a_longer_match_of_another_peer_takes_the_address() {
    Addressing it =
        addressing(
            onClient(),
            onServer().allowed("10.66.66.0/24"),
            new PeerSeen("srv", "D-key").allowed("10.66.66.2/32"));
    assertThat(it.allowed()).isEqualTo(NO);
    assertThat(it.otherPeer()).isEqualTo("D-key");
  }

  @Test
  void a_wider_prefix_of_another_peer_takes_nothing() {
    Addressing it =
        addressing(
            onClient(),
            onServer(),
            new PeerSeen("srv", "D-key").allowed("10.66.66.0/24", "0.0.0.0/0"));
    assertThat(it.allowed()).isEqualTo(YES);
    assertThat(it.otherPeer()).isNull();
  }

  @Test
  void what_the_file_gives_the_peer_is_seen_beside_what_it_has() {
    Addressing it =
        addressing(
            onClient(),
            onServer().allowedNone(),
            new PeerSeen("srv", "D-key").allowed("10.66.66.2/32"),
            config(
                "srv",
                0,
                Lab.S,
                51820,
                List.of("10.66.66.1/24"),
                section(Lab.C, null, null, "10.66.66.2/32"),
                section("D-key", null, null, "10.66.66.2/32")));
    assertThat(it.configured()).isEqualTo(YES);
  }

  @Test
  void without_the_initiators_address_nothing_is_said() {
    Addressing it = addressing(addresses("cli", 1, "eth0 192.0.2.2/24"), onClient(), onServer());
    assertThat(it.address()).isNull();
    assertThat(it.allowed()).isEqualTo(UNKNOWN);
    assertThat(it.wayBackInTunnel()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_way_back_by_another_device_is_not_in_the_tunnel() {
    Addressing it = addressing(onClient(), onServer(), lookup("srv", 1, "10.66.66.2", "eth0"));
    assertThat(it.wayBackInTunnel()).isEqualTo(NO);
    assertThat(it.wayBackDevice()).isEqualTo("eth0");
  }

  @Test
  void a_strict_source_check_is_the_greater_of_two_settings() {
    assertThat(
            addressing(
                    onClient(),
                    onServer(),
                    sysctls(
                        "srv",
                        1,
                        "net.ipv4.conf.all.rp_filter",
                        0,
                        "net.ipv4.conf.wg0.rp_filter",
                        1))
                .strictSourceCheck())
        .isEqualTo(YES);
    assertThat(
            addressing(
                    onClient(),
                    onServer(),
                    sysctls(
                        "srv",
                        1,
                        "net.ipv4.conf.all.rp_filter",
                        2,
                        "net.ipv4.conf.wg0.rp_filter",
                        1))
                .strictSourceCheck())
        .isEqualTo(NO);
    assertThat(addressing(onClient(), onServer()).strictSourceCheck()).isEqualTo(UNKNOWN);
  }

  @Test
  void a_source_check_that_drops_moves_its_counter() {
    Object[] both = {onClient().at(0), onClient().at(30), onServer().at(0), onServer().at(30)};
    assertThat(
            addressing(List.of(both), filtered("srv", 0, 5), filtered("srv", 30, 9))
                .sourceCheckDrops())
        .isEqualTo(YES);
    assertThat(
            addressing(List.of(both), filtered("srv", 0, 5), filtered("srv", 30, 5))
                .sourceCheckDrops())
        .isEqualTo(NO);
    assertThat(addressing(List.of(both), filtered("srv", 30, 5)).sourceCheckDrops())
        .isEqualTo(UNKNOWN);
  }

  @Test
  void the_tunnels_network_on_another_device_is_a_conflict() {
    Addressing it =
        addressing(
            addresses("cli", 1, "eth0 10.66.66.50/24", "wg0 10.66.66.2/24"),
            lookup("cli", 1, "10.66.66.1", "eth0"),
            onClient(),
            onServer());
    assertThat(it.sameNetworkElsewhere()).isEqualTo("eth0");
    assertThat(it.wayToPeerInTunnel()).isEqualTo(NO);
  }

  @Test
  void a_single_address_is_no_network_that_could_be_elsewhere() {
    Addressing it =
        addressing(
            addresses("cli", 1, "eth0 10.66.66.50/24", "wg0 10.66.66.2/32"),
            onClient(),
            onServer());
    assertThat(it.sameNetworkElsewhere()).isNull();
  }

  @Test
  void from_one_end_the_way_to_a_neighbour_that_was_asked_for_counts() {
    Addressing it =
        Addressings.of(
            Lab.clientAlone(
                addresses("cli", 1, "eth0 192.0.2.2/24", "wg0 10.66.66.2/24"), onClient(),
                lookup("cli", 5, "10.66.66.1", "eth0"), ping("cli", 5, "10.66.66.1", 56, NO)),
            Inside.IPV4);
    assertThat(it.wayToPeerInTunnel()).isEqualTo(NO);
  }

  // IPv6.

  private static Addressing ofIpv6(String allowed, Object... seen) {
    return Addressings.of(
        Lab.scene(
            addresses("cli", 1, "wg0 10.66.66.2/32", "wg0 fe80::5/64", "wg0 fd66::2/64"),
            addresses("srv", 1, "wg0 10.66.66.1/24", "wg0 fd66::1/64"),
            Lab.routes("srv", 1, "0.0.0.0/0 eth0", "10.66.66.0/24 wg0", "fd66::/64 eth1"),
            onClient(),
            onServer().allowed("10.66.66.2/32", allowed),
            sysctls("srv", 1, "net.ipv4.conf.all.rp_filter", 0),
            List.of(seen)),
        Inside.IPV6);
  }

  @Test
  void of_ipv6_its_own_address_is_looked_up() {
    assertThat(ofIpv6("fd66::2/128").address()).isEqualTo("fd66::2");
    assertThat(ofIpv6("fd66::2/128").allowed()).isEqualTo(YES);
    assertThat(ofIpv6("fd66::3/128").allowed()).isEqualTo(NO);
    assertThat(ofIpv6("fd66::2/128").wayBackDevice()).isEqualTo("eth1");
  }

  @Test
  void source_validation_of_ipv4_says_nothing_of_ipv6() {
    assertThat(ofIpv6("fd66::2/128").strictSourceCheck()).isEqualTo(UNKNOWN);
    assertThat(ofIpv6("fd66::2/128").sameNetworkElsewhere()).isNull();
  }

  @Test
  void of_several_addresses_of_ipv6_nobody_knows_which_is_taken() {
    Addressing it =
        ofIpv6("fd66::2/128", addresses("cli", 2, "wg0 fd66::2/64", "wg0 2001:db8:66::2/64"));
    assertThat(it.address()).isNull();
    assertThat(it.allowed()).isEqualTo(UNKNOWN);
  }
}
