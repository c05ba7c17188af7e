package io.wgwhy.cli.bench.beside;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fleet prints is what real hosts print, and what breaks, breaks as real tunnels do. */
class FleetTest {
  private static final long NOW = 1_795_000_000;
  private static final Parsers PARSERS = new Parsers(Secrets.withTenantKey(new byte[32]));

  private final Fleet fleet = new Fleet(3, 20, NOW);

  @Test
  void the_real_parser_reads_every_peer_of_a_gateway() {
    Station gateway = fleet.gateways.get(0).station;
    assertThat(read("wg show all dump", gateway.dump()).facts())
        .filteredOn(WgPeer.class::isInstance)
        .hasSize(20);
    assertThat(gateway.metrics().lines().filter(it -> it.startsWith("wireguard_"))).hasSize(60);
  }

  @Test
  void an_interface_that_is_down_is_seen_as_down() {
    var gateway = fleet.gateways.get(0);
    assertThat(up(gateway.station)).isEqualTo(Answer.YES);
    gateway.interfaceDown();
    assertThat(up(gateway.station)).isEqualTo(Answer.NO);
  }

  @Test
  void where_nothing_passes_both_ends_ask_every_five_seconds_and_hear_nothing() {
    Peer cut = fleet.gateways.get(2).cutOne();
    long sent = cut.clientTx;
    long received = cut.clientRx;
    long handshake = cut.handshake;
    for (int second = 0; second < 60; second++) {
      fleet.live(NOW + second);
    }
    assertThat(cut.clientTx).isEqualTo(sent + 12 * 148);
    assertThat(cut.clientRx).isEqualTo(received);
    assertThat(cut.handshake).isEqualTo(handshake);
  }

  @Test
  void idle_tunnels_stand_still_and_busy_ones_shake_hands_every_two_minutes() {
    for (int second = 0; second < 300; second++) {
      fleet.live(NOW + second);
    }
    for (Peer peer : fleet.gateways.get(1).peers) {
      assertThat(NOW + 300 - peer.handshake > 180).isEqualTo(peer.idle);
    }
    assertThat(fleet.idle()).isBetween(10L, 40L);
  }

  @Test
  void what_was_said_is_told_apart_by_incident() {
    Instant fault = Instant.ofEpochSecond(NOW);
    var alerts =
        List.of(
            telling("HandshakeOld", "client-0-5", fault.plusSeconds(200)),
            telling("HandshakeOld", "gw-0", fault.plusSeconds(190)),
            telling("ExporterDown", "gw-1", fault.plusSeconds(70)),
            telling("HandshakeOld", "gw-7", fault.minusSeconds(30)));
    var load = new BesideRun.Load(3, 20, 0, 1, 1, List.of(), List.of());
    var nothing = new Compared.Cost(0, 0, 0);
    var compared = Compared.of(load, fleet, 0, nothing, nothing, fault, alerts, List.of());
    assertThat(compared.prometheusSaid())
        .containsExactly(
            new Compared.Said("false alarm", "HandshakeOld", 1, null, null),
            new Compared.Said("gateway dead", "ExporterDown", 1, 70.0, 71.0),
            new Compared.Said("gateway's interface down", "HandshakeOld", 2, 190.0, 191.0));
  }

  private static FirstSeen telling(String what, String host, Instant at) {
    return new FirstSeen(what, host, "", 1, at, at.plusSeconds(1));
  }

  private static Answer up(Station station) {
    Links links = (Links) read("ip -j -s -s link", station.links()).facts().get(0);
    return links.links().stream().filter(it -> it.name().equals("wg0")).findFirst().get().up();
  }

  private static Parsed read(String command, String output) {
    return PARSERS.parse(new Observation(NOW, "host", command, 0, output, null, null, null));
  }
}
