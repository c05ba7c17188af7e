package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.ms;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.setUp;
import static io.wgwhy.engine.session.Rules.input;
import static io.wgwhy.engine.session.Rules.nft;
import static io.wgwhy.engine.session.Rules.on;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Verdict;
import io.wgwhy.rules.RuleBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole of a session, on the smallest incidents. */
class NetworkSessionTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final String FIREWALL = "udp-port-blocked-by-host-firewall";

  private final NetworkSession session = NetworkSession.hasty("acme", "default", RULES);

  @AfterEach
  void close() {
    session.close();
  }

  private void take(Object... seen) {
    Lab.facts(seen).stream()
        .sorted(Comparator.comparingLong(Fact::at).thenComparing(Fact::host))
        .forEach(session::accept);
  }

  /** The client asks, its initiations arrive, and the server's filter has this policy. */
  private static List<Fact> blocked(io.wgwhy.facts.Ruleset.Action policy) {
    List<Fact> all = new ArrayList<>(setUp());
    all.addAll(asksInVain(60));
    for (int s = 0; s <= 60; s += 5) {
      all.addAll(Lab.facts(onServer().at(s).never(), on("srv", s, nft(input(policy)))));
      all.add(
          capture(
              "srv",
              s,
              Direction.IN,
              flow(Direction.IN, MessageType.INITIATION, "192.0.2.2:40000", Lab.SERVER, 1)));
    }
    return all;
  }

  @Test
  void a_blocked_port_is_confirmed_from_both_ends() {
    take(blocked(DROP));
    session.conclude();
    Finding finding = session.findings().get(0);
    assertThat(finding.cause()).isEqualTo(FIREWALL);
    assertThat(finding.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(finding.symptom()).isEqualTo("no-handshake");
    assertThat(finding.tenant()).isEqualTo("acme");
    assertThat(finding.subject().tunnel().initiator().host()).isEqualTo("cli");
    assertThat(finding.alternatives()).isEmpty();
    assertThat(finding.nextObservation()).isNull();
    assertThat(finding.evidence()).isNotEmpty();
    assertThat(finding.remedy().steps()).isNotEmpty();
    assertThat(finding.checklist())
        .filteredOn(it -> it.verdict() == Verdict.CONFIRMED)
        .extracting(Finding.Check::cause)
        .containsExactly(FIREWALL);
  }

  /** The same with the keys blotted out, as people paste it. */
  private static List<Fact> withoutKeys(List<Fact> seen) {
    List<Fact> all = new ArrayList<>();
    for (Fact fact : seen) {
      if (fact instanceof WgInterface it) {
        all.add(Lab.iface(it.host(), (it.at() - Lab.T0) / 1000.0, null, it.listenPort()));
      } else if (fact instanceof WgPeer it) {
        all.add(
            new WgPeer(
                it.host(),
                it.at(),
                it.iface(),
                null,
                it.ordinal(),
                it.presharedKey(),
                it.endpoint(),
                it.hasEndpoint(),
                it.allowedIps(),
                it.latestHandshake(),
                it.handshakeAge(),
                it.rxBytes(),
                it.txBytes(),
                it.keepalive()));
      } else {
        all.add(fact);
      }
    }
    return all;
  }

  @Test
  void ends_that_were_joined_without_keys_are_said_to_be() {
    take(withoutKeys(blocked(DROP)));
    session.conclude();
    assertThat(session.findings().get(0).evidence())
        .extracting(Finding.Evidence::says)
        .filteredOn(
            it -> it.endsWith("without comparing keys, as they are not shown: weak evidence"))
        .hasSize(1);
  }

  @Test
  void ends_that_name_each_others_keys_are_no_weak_evidence() {
    take(blocked(DROP));
    session.conclude();
    assertThat(session.findings().get(0).evidence())
        .extracting(Finding.Evidence::says)
        .noneMatch(it -> it.contains("weak evidence"));
  }

  @Test
  void an_open_port_is_not() {
    take(blocked(ACCEPT));
    session.conclude();
    assertThat(session.findings())
        .isNotEmpty()
        .noneMatch(it -> it.cause().equals(FIREWALL))
        .noneMatch(it -> it.confidence() == Confidence.CONFIRMED);
  }

  @Test
  void from_one_end_nothing_is_confirmed_and_the_next_look_is_named() {
    take(blocked(DROP).stream().filter(it -> it.host().equals("cli")).toList());
    session.conclude();
    Finding finding = session.findings().get(0);
    assertThat(finding.confidence()).isNotEqualTo(Confidence.CONFIRMED);
    assertThat(finding.alternatives()).isNotEmpty();
    assertThat(finding.nextObservation()).isNotNull();
  }

  @Test
  void it_is_opened_updated_and_resolved_by_the_datas_clock() {
    take(blocked(DROP));
    Finding opened = session.conclude().get(0);
    assertThat(opened.openedAt()).isBetween(at(5), at(60));
    take(
        onClient().at(65).counts(92, 2_072).handshake(64),
        onServer().at(65).endpoint("192.0.2.2:40000").counts(180, 92).handshake(64),
        onClient().at(70).counts(500, 2_500).handshake(64),
        onServer().at(70).endpoint("192.0.2.2:40000").counts(600, 500).handshake(64));
    Finding resolved =
        session.conclude().stream()
            .filter(it -> it.id().equals(opened.id()))
            .findFirst()
            .orElseThrow();
    assertThat(resolved.state()).isEqualTo(Finding.State.RESOLVED);
    assertThat(resolved.openedAt()).isEqualTo(opened.openedAt());
    assertThat(resolved.resolvedAt()).isBetween(at(65), at(70));
    assertThat(session.findings()).isEmpty();
    assertThat(session.view().healthy()).hasSize(1);
  }

  private static Instant at(double second) {
    return Instant.ofEpochMilli(ms(second));
  }

  @Test
  void the_id_is_of_tenant_network_cause_and_tunnel_and_of_nothing_else() {
    String id = idIn("acme", "default", blocked(DROP));
    assertThat(id).hasSize(32).isEqualTo(idIn("acme", "default", blocked(DROP)));
    assertThat(idIn("other", "default", blocked(DROP))).isNotEqualTo(id);
    assertThat(idIn("acme", "other", blocked(DROP))).isNotEqualTo(id);
    List<Fact> later = blocked(DROP);
    later.addAll(Lab.facts(onClient().at(65).counts(0, 2_072).never()));
    assertThat(idIn("acme", "default", later)).isEqualTo(id);
  }

  private static String idIn(String tenant, String network, List<Fact> facts) {
    try (NetworkSession session = NetworkSession.hasty(tenant, network, RULES)) {
      facts.stream()
          .sorted(Comparator.comparingLong(Fact::at).thenComparing(Fact::host))
          .forEach(session::accept);
      session.conclude();
      return session.findings().get(0).id();
    }
  }

  @Test
  void facts_of_one_moment_wait_for_one_another() {
    session.accept(setUp().get(0));
    session.accept(onClient().at(0).counts(0, 1_480).never().seen());
    assertThat(session.waiting()).isEqualTo(2);
    assertThat(session.findings()).isEmpty();
    session.accept(onClient().at(5).counts(0, 1_628).never().seen());
    assertThat(session.waiting()).isEqualTo(1);
    assertThat(session.findings()).hasSize(1);
  }

  @Test
  void another_hosts_fact_of_the_same_time_is_another_moment() {
    session.accept(onClient().at(0).seen());
    session.accept(onServer().at(0).seen());
    assertThat(session.waiting()).isEqualTo(1);
  }

  @Test
  void what_is_idle_is_healthy_and_said_to_be_idle() {
    take(
        setUp(),
        onClient().at(0).counts(12_000, 15_000).handshake(-208),
        onClient().at(60).counts(12_000, 15_000).handshake(-208),
        onServer().at(0).counts(15_000, 12_000).handshake(-208));
    session.conclude();
    assertThat(session.findings()).isEmpty();
    assertThat(session.view().healthy().get(0).says())
        .isEqualTo("idle: nothing is asked of it, latest handshake 268 s ago");
  }

  @Test
  void a_tunnel_seen_once_with_an_old_handshake_is_not_called_idle() {
    take(setUp(), onClient().at(600).counts(12_000, 15_000).handshake(0));
    session.conclude();
    assertThat(session.view().healthy().get(0).says()).startsWith("seen once");
  }

  @Test
  void one_tunnels_fault_is_not_anothers() {
    List<Fact> all = blocked(DROP);
    for (int s = 0; s <= 60; s += 5) {
      all.addAll(
          Lab.facts(
              new PeerSeen("srv", "D-key")
                  .at(s)
                  .allowed("10.66.66.3/32")
                  .endpoint("192.0.2.3:40000")
                  .counts(5_000 + 100L * s, 5_000 + 100L * s)
                  .handshake(-5)));
    }
    take(all);
    session.conclude();
    assertThat(session.findings()).hasSize(1);
    assertThat(session.view().healthy()).hasSize(1);
  }

  @Test
  void a_peer_that_is_taken_away_takes_its_finding_with_it() {
    take(blocked(DROP));
    session.conclude();
    take(
        new io.wgwhy.facts.WgInventory("cli", ms(70), List.of()),
        new io.wgwhy.facts.WgInventory(
            "srv", ms(70), List.of(new io.wgwhy.facts.WgInventory.Device("wg0", List.of()))));
    session.conclude();
    assertThat(session.findings())
        .as("what still reaches the server is a stranger's")
        .allMatch(it -> it.subject().tunnel().initiator().host() == null);
  }

  @Test
  void what_is_remembered_is_bounded_and_enough() {
    take(blocked(DROP));
    session.conclude();
    List<Fact> remembered = new ArrayList<>();
    session.remember((identity, samples) -> remembered.addAll(samples));
    try (NetworkSession again = NetworkSession.hasty("acme", "default", RULES)) {
      again.restore(remembered, session.findings(), Map.of());
      assertThat(again.findings()).isEqualTo(session.findings());
      assertThat(again.conclude()).isEmpty();
    }
    remembered.clear();
    session.remember((identity, samples) -> remembered.addAll(samples));
    assertThat(remembered).isEmpty();
  }

  /** What Drools keeps for one is ten times what we keep of it. */
  @Test
  void networks_that_are_well_keep_no_drools_session() {
    int before = RULES.kieBase().getKieSessions().size();
    List<NetworkSession> networks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      NetworkSession well = NetworkSession.hasty("acme", "network-" + i, RULES);
      networks.add(well);
      Lab.facts(
              setUp(),
              onClient().at(0).counts(12_000, 15_000).handshake(-208),
              onServer().at(0).counts(15_000, 12_000).handshake(-208),
              onClient().at(60).counts(12_000, 15_000).handshake(-208),
              onServer().at(60).counts(15_000, 12_000).handshake(-208))
          .forEach(well::accept);
      well.conclude();
      for (int second = 0; second < 20; second++) {
        well.tick(ms(60 + second));
      }
    }
    assertThat(RULES.kieBase().getKieSessions()).hasSizeLessThan(before + 10);

    NetworkSession broken = networks.get(0);
    blocked(DROP).forEach(broken::accept);
    broken.conclude();
    assertThat(broken.findings()).extracting(Finding::cause).containsExactly(FIREWALL);
    assertThat(networks.get(1).findings()).isEmpty();
    networks.forEach(NetworkSession::close);
  }

  @Test
  void a_thousand_peers_of_a_server_are_judged_in_seconds() {
    List<Fact> all = new ArrayList<>(setUp());
    for (int i = 0; i < 1_000; i++) {
      all.add(
          new PeerSeen("srv", "peer-" + i)
              .at(0)
              .allowed("10.1." + i / 256 + "." + i % 256 + "/32")
              .endpoint("198.51.100." + i % 256 + ":" + (20_000 + i))
              .counts(5_000, 5_000)
              .handshake(-5)
              .seen());
    }
    long start = System.nanoTime();
    take(all);
    session.conclude();
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(10_000);
    assertThat(session.view().healthy()).hasSize(1_001);
  }
}
