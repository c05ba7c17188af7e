package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.C;
import static io.wgwhy.engine.session.Lab.S;
import static io.wgwhy.engine.session.Lab.addresses;
import static io.wgwhy.engine.session.Lab.config;
import static io.wgwhy.engine.session.Lab.facts;
import static io.wgwhy.engine.session.Lab.iface;
import static io.wgwhy.engine.session.Lab.memory;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.section;
import static io.wgwhy.engine.session.Lab.setUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.Tunnel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which ends belong together, and which of them begins. */
class PairingTest {
  private static final String BOTH = C + "~" + S;

  private static List<Tunnel> tunnels(Object... seen) {
    return Pairing.of(memory(facts(seen))).stream().map(Pairing.Pair::tunnel).toList();
  }

  private static Tunnel only(Object... seen) {
    List<Tunnel> all = tunnels(seen);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void ends_that_name_each_other_are_one_tunnel() {
    Tunnel tunnel = only(setUp(), onClient(), onServer());
    assertThat(tunnel.id()).isEqualTo(BOTH);
    assertThat(tunnel.initiator().host()).isEqualTo("cli");
    assertThat(tunnel.responder().host()).isEqualTo("srv");
    assertThat(tunnel.initiatorKnowsResponder()).isEqualTo(Answer.YES);
    assertThat(tunnel.responderKnowsInitiator()).isEqualTo(Answer.YES);
  }

  @Test
  void the_id_is_the_same_whichever_end_is_seen() {
    assertThat(only(iface("cli", 0, C, 40000), onClient()).id()).isEqualTo(BOTH);
    assertThat(only(iface("srv", 0, S, 51820), onServer()).id()).isEqualTo(BOTH);
  }

  @Test
  void of_the_unseen_end_is_known_what_the_other_says() {
    Tunnel tunnel = only(iface("cli", 0, C, 40000), onClient());
    assertThat(tunnel.responder().seen()).isFalse();
    assertThat(tunnel.responder().publicKey()).isEqualTo(S);
    assertThat(tunnel.responderKnowsInitiator()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void a_wrong_server_key_at_the_client_still_leads_there() {
    PeerSeen wrong = new PeerSeen("cli", "wrong").endpoint(Lab.SERVER).allowed("10.66.66.0/24");
    Tunnel tunnel = only(setUp(), wrong, onServer());
    assertThat(tunnel.initiatorKnowsResponder()).isEqualTo(Answer.NO);
    assertThat(tunnel.responderKnowsInitiator()).isEqualTo(Answer.YES);
  }

  @Test
  void a_wrong_client_key_at_the_server_still_belongs_there() {
    PeerSeen wrong = new PeerSeen("srv", "wrong").allowed("10.66.66.2/32");
    Tunnel tunnel = only(setUp(), onClient(), wrong);
    assertThat(tunnel.initiatorKnowsResponder()).isEqualTo(Answer.YES);
    assertThat(tunnel.responderKnowsInitiator()).isEqualTo(Answer.NO);
  }

  @Test
  void both_keys_wrong_and_the_endpoint_and_addresses_still_tell() {
    PeerSeen here = new PeerSeen("cli", "wrong").endpoint(Lab.SERVER).allowed("10.66.66.0/24");
    PeerSeen there = new PeerSeen("srv", "wrong too").allowed("10.66.66.2/32");
    assertThat(only(setUp(), here, there).initiatorKnowsResponder()).isEqualTo(Answer.NO);
  }

  @Test
  void with_a_wrong_key_the_id_does_not_hang_on_who_begins() {
    PeerSeen wrong = new PeerSeen("srv", "wrong").allowed("10.66.66.2/32");
    String before = only(setUp(), onClient().keepalive(25), wrong).id();
    String after =
        only(setUp(), onClient().counts(5, 5), wrong.keepalive(25).endpoint("192.0.2.2:40000"))
            .id();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void two_pastes_of_wg_alone_with_one_wrong_key_belong_together() {
    PeerSeen wrong = new PeerSeen("srv", "wrong").never();
    Tunnel tunnel =
        only(
            iface("cli", 0, C, 40000),
            iface("srv", 0, S, 51820),
            onClient().counts(0, 1480).never(),
            wrong);
    assertThat(tunnel.responderKnowsInitiator()).isEqualTo(Answer.NO);
  }

  @Test
  void a_client_that_is_not_among_many_peers_stays_alone() {
    assertThat(
            tunnels(
                iface("cli", 0, C, 40000),
                iface("srv", 0, S, 51820),
                onClient().counts(0, 1480).never(),
                new PeerSeen("srv", "one").allowed("10.66.66.8/32"),
                new PeerSeen("srv", "two").allowed("10.66.66.9/32")))
        .hasSize(3);
  }

  // Redacted keys.

  @Test
  void two_pastes_with_keys_blotted_out_are_each_others() {
    Tunnel tunnel =
        only(
            iface("cli", 0, null, 40000),
            iface("srv", 0, null, 51820),
            new PeerSeen("cli", null).endpoint(Lab.SERVER).counts(0, 1480),
            new PeerSeen("srv", null));
    assertThat(tunnel.initiator().host()).isEqualTo("cli");
    assertThat(tunnel.responder().host()).isEqualTo("srv");
    assertThat(tunnel.initiatorKnowsResponder()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void three_pastes_with_keys_blotted_out_are_nobodys() {
    assertThat(
            tunnels(
                iface("a", 0, null, 1),
                iface("b", 0, null, 2),
                iface("c", 0, null, 3),
                new PeerSeen("a", null),
                new PeerSeen("b", null),
                new PeerSeen("c", null)))
        .hasSize(3);
  }

  // Configurations.

  @Test
  void configurations_alone_make_a_tunnel() {
    Tunnel tunnel =
        only(
            config("cli", 0, C, null, List.of("10.66.66.2/32"), section(S, Lab.SERVER, 25)),
            config("srv", 0, S, 51820, List.of("10.66.66.1/24"), section(C, null, null)));
    assertThat(tunnel.initiator().host()).isEqualTo("cli");
    assertThat(tunnel.initiator().tunnelAddresses()).containsExactly("10.66.66.2/32");
    assertThat(tunnel.responder().listenPort()).isEqualTo(51820);
    assertThat(tunnel.responder().present()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void an_interface_that_is_configured_and_not_listed_is_not_there() {
    Tunnel tunnel =
        only(
            config("cli", 0, C, null, List.of("10.66.66.2/32"), section(S, Lab.SERVER, 25)),
            new io.wgwhy.facts.WgInventory("cli", Lab.ms(1), List.of()));
    assertThat(tunnel.initiator().present()).isEqualTo(Answer.NO);
  }

  // Many, and doubles.

  @Test
  void each_peer_of_a_server_has_its_own_tunnel() {
    assertThat(
            tunnels(
                setUp(),
                onClient(),
                onServer(),
                new PeerSeen("srv", "D-key").allowed("10.66.66.3/32")))
        .extracting(Tunnel::id)
        .containsExactly(BOTH, "D-key~" + S);
  }

  @Test
  void two_hosts_with_one_key_have_one_tunnel() {
    PeerSeen twin = new PeerSeen("twin", S).endpoint(Lab.SERVER).allowed("10.66.66.0/24");
    Tunnel tunnel = only(setUp(), onClient(), onServer(), iface("twin", 0, C, 50000), twin);
    assertThat(tunnel.initiator().host()).isEqualTo("cli");
  }

  @Test
  void ten_times_the_peers_take_not_a_hundred_times_as_long() {
    assertThat(nanos(memory(gateway(10_000)), 10_000))
        .isLessThan(40 * nanos(memory(gateway(1_000)), 1_000));
  }

  @Test
  void nor_do_they_with_one_client_that_has_a_wrong_key() {
    assertThat(nanos(withWrongKey(10_000), 10_000))
        .isLessThan(40 * nanos(withWrongKey(1_000), 1_000));
  }

  private static Memory withWrongKey(int peers) {
    List<Fact> all = gateway(peers);
    all.addAll(facts(iface("cli", 0, C, 40000), onClient()));
    all.addAll(facts(addresses("cli", 0, "eth0 192.0.2.2/24", "wg0 10.1.0.5/32")));
    return memory(all);
  }

  private static final ThreadMXBean WORK = ManagementFactory.getThreadMXBean();

  /** Of the processor, whatever else the machine does; the least of several; at least 1 ms. */
  private static long nanos(Memory memory, int pairs) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long start = WORK.getCurrentThreadCpuTime();
      assertThat(Pairing.of(memory)).hasSize(pairs);
      least = Math.min(least, WORK.getCurrentThreadCpuTime() - start);
    }
    return Math.max(least, 1_000_000);
  }

  private static List<Fact> gateway(int peers) {
    List<Fact> all = new ArrayList<>(facts(iface("srv", 0, S, 51820)));
    all.add(addresses("srv", 0, "eth0 203.0.113.10/24", "wg0 10.0.0.1/8"));
    for (int i = 0; i < peers; i++) {
      String address = "10.1." + i / 256 + "." + i % 256 + "/32";
      all.add(
          new PeerSeen("srv", "peer-" + i)
              .endpoint("198.51.100." + i % 256 + ":" + (20_000 + i))
              .allowed(address)
              .counts(5_000, 5_000)
              .seen());
    }
    return all;
  }

  @Test
  void the_order_in_which_facts_come_makes_no_difference() {
    PeerSeen wrong = new PeerSeen("srv", "wrong").allowed("10.66.66.2/32");
    PeerSeen third = new PeerSeen("srv", "D-key").allowed("10.66.66.3/32");
    List<Fact> all = new ArrayList<>(facts(setUp(), onClient(), wrong, third));
    List<Pairing.Pair> expected = Pairing.of(memory(all));
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(all, new Random(seed));
      Memory memory = new Memory();
      all.forEach(memory::accept);
      assertThat(Pairing.of(memory))
          .extracting(Pairing.Pair::tunnel)
          .isEqualTo(expected.stream().map(Pairing.Pair::tunnel).toList());
    }
  }

  // Who begins.

  @Test
  void the_end_with_endpoint_and_keepalive_begins() {
    assertThat(only(iface("cli", 0, C, 40000), onClient().keepalive(25)).initiator().host())
        .isEqualTo("cli");
  }

  @Test
  void a_server_whose_peer_came_from_a_high_port_responds() {
    PeerSeen learned = onServer().endpoint("198.51.100.7:49152").counts(180, 92);
    Tunnel tunnel = only(iface("srv", 0, S, 51820), learned);
    assertThat(tunnel.responder().host()).isEqualTo("srv");
    assertThat(tunnel.initiator().seen()).isFalse();
  }

  @Test
  void a_server_without_an_endpoint_responds() {
    assertThat(only(iface("srv", 0, S, 51820), onServer()).responder().host()).isEqualTo("srv");
  }

  @Test
  void between_sites_the_one_that_keeps_alive_begins() {
    Tunnel tunnel =
        only(
            config("a", 0, C, 51820, List.of("10.0.0.1/24"), section(S, "203.0.113.2:51820", null)),
            config("b", 0, S, 51820, List.of("10.0.1.1/24"), section(C, "203.0.113.1:51820", 25)));
    assertThat(tunnel.initiator().host()).isEqualTo("b");
  }

  @Test
  void between_sites_alike_in_all_the_names_decide_and_stay_so() {
    Object a =
        config("a", 0, C, 51820, List.of("10.0.0.1/24"), section(S, "203.0.113.2:51820", 25));
    Object b =
        config("b", 0, S, 51820, List.of("10.0.1.1/24"), section(C, "203.0.113.1:51820", 25));
    assertThat(only(a, b).initiator().host()).isEqualTo("a");
    assertThat(only(b, a).initiator().host()).isEqualTo("a");
  }

  @Test
  void a_server_with_an_endpoint_line_by_mistake_still_responds() {
    Tunnel tunnel =
        only(
            config("cli", 0, C, null, List.of("10.66.66.2/32"), section(S, Lab.SERVER, 25)),
            config(
                "srv", 0, S, 51820, List.of("10.66.66.1/24"), section(C, "192.0.2.2:51820", null)));
    assertThat(tunnel.initiator().host()).isEqualTo("cli");
  }

  @Test
  void an_own_key_as_peer_breaks_nothing() {
    List<WgPeer> none = List.of();
    assertThat(tunnels(none, iface("cli", 0, C, 40000), new PeerSeen("cli", C))).hasSize(1);
  }

  // A host that was made anew under another name.

  private static final Object[] OLD = {
    iface("a-old", 0, C, 50000),
    new PeerSeen("a-old", S).endpoint(Lab.SERVER).allowed("10.66.66.0/24").at(5)
  };

  private static final Object[] NEW = {
    iface("b-new", 40, C, 50001),
    new PeerSeen("b-new", S).endpoint(Lab.SERVER).allowed("10.66.66.0/24").at(45)
  };

  private static String initiator(Object... seen) {
    return withoutHosts(iface("srv", 0, S, 51820), onServer(), List.of(seen)).initiator().host();
  }

  /** The only tunnel; what stands for all of a host is none. */
  private static Tunnel withoutHosts(Object... seen) {
    List<Tunnel> all = tunnels(seen).stream().filter(it -> !Pairing.isOfHost(it)).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void who_took_its_leave_makes_way_for_its_successor() {
    assertThat(initiator(OLD[0], OLD[1], NEW[0], NEW[1])).isEqualTo("a-old");
    assertThat(initiator(OLD[0], OLD[1], Lab.heartbeat("a-old", 6, true), NEW[0], NEW[1]))
        .isEqualTo("b-new");
    assertThat(initiator(OLD[0], OLD[1], NEW[0], NEW[1], Lab.heartbeat("b-new", 46, true)))
        .isEqualTo("a-old");
  }

  @Test
  void who_fell_silent_makes_way_for_its_successor() {
    Object[] both = {OLD[0], OLD[1], NEW[0], NEW[1]};
    assertThat(initiator(List.of(both), Lab.heartbeat("a-old", 6, false))).isEqualTo("b-new");
    assertThat(initiator(List.of(both), Lab.heartbeat("a-old", 40, false))).isEqualTo("a-old");
    assertThat(initiator(List.of(both), new PeerSeen("b-new", S).at(300))).isEqualTo("b-new");
  }

  @Test
  void who_took_its_leave_and_has_no_successor_stays() {
    assertThat(initiator(OLD[0], OLD[1], Lab.heartbeat("a-old", 6, true))).isEqualTo("a-old");
  }

  @Test
  void the_only_end_that_is_seen_makes_way_for_its_successor_too() {
    Tunnel tunnel = withoutHosts(OLD[0], OLD[1], Lab.heartbeat("a-old", 6, true), NEW[0], NEW[1]);
    assertThat(tunnel.initiator().host()).isEqualTo("b-new");
  }

  @Test
  void a_tunnel_that_runs_stands_before_a_copy_of_its_file() {
    Object copy = config("a-admin", 50, C, null, List.of(), section(S, Lab.SERVER, 25));
    assertThat(initiator(copy, NEW[0], NEW[1])).isEqualTo("b-new");
    assertThat(initiator(copy)).isEqualTo("a-admin");
  }

  @Test
  void a_double_is_no_end_of_anothers_tunnel() {
    PeerSeen twin = new PeerSeen("twin", S).endpoint(Lab.SERVER).allowed("10.66.66.0/24");
    assertThat(
            tunnels(
                setUp(),
                onClient(),
                onServer(),
                new PeerSeen("srv", "D-key").allowed("10.66.66.3/32"),
                iface("twin", 0, C, 50000),
                twin))
        .filteredOn(it -> it.responder().seen() && it.initiator().seen())
        .extracting(Tunnel::id)
        .containsExactly(BOTH);
  }

  @Test
  void a_goodbye_lets_the_ends_be_paired_anew() {
    Fact before = Lab.heartbeat("a-old", 6, false);
    assertThat(Structure.changed(before, Lab.heartbeat("a-old", 16, true))).isTrue();
    assertThat(Structure.changed(before, Lab.heartbeat("a-old", 16, false))).isFalse();
  }
}
