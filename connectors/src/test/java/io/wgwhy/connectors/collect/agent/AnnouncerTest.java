package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static final String KEY = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";
  private static final String OTHER = "EpRHpdMrJ6CnBKRY41wTsAieCgTQ0gej6RZPpMefmRU=";
  private static final String WG = "wg show all dump";
  private static final String CAPTURE = Catalogue.capture("eth0", "in").line();

  private final Parsers parsers = new Parsers(Secrets.withoutTenantKey());
  private final List<Fact> said = new ArrayList<>();
  private long second;
  private final Announcer announcer =
      new Announcer(
          "srv", Duration.ofSeconds(15), said::addAll, () -> 3, () -> second * 1_000_000_000L);

  @Test
  void an_idle_peer_is_said_twice_and_then_costs_nothing() {
    for (int i = 0; i < 60; i++) {
      round(0, 0);
    }
    assertThat(of(WgInventory.class)).hasSize(1);
    assertThat(of(WgPeer.class))
        .extracting(WgPeer::at)
        .containsExactly(1_000_005_000L, 1_000_020_000L);
    assertThat(of(Heartbeat.class)).hasSizeBetween(20, 22);
  }

  @Test
  void after_a_sleep_of_more_than_a_day_all_is_said_again() {
    round(0, 0);
    said.clear();
    second += 43_200;
    round(0, 0);
    assertThat(of(WgInventory.class)).as("half a day").isEmpty();
    second += 90_000;
    round(0, 0);
    assertThat(of(WgInventory.class)).hasSize(1);
  }

  @Test
  void before_a_change_the_last_moment_is_said_at_which_nothing_had_changed() {
    for (int i = 0; i < 20; i++) {
      round(0, 148);
    }
    said.clear();
    round(0, 296);
    assertThat(of(WgPeer.class))
        .extracting(WgPeer::at)
        .containsExactly(1_000_100_000L, 1_000_105_000L);
    assertThat(of(WgPeer.class)).extracting(WgPeer::txBytes).containsExactly(148L, 296L);
    assertThat(of(Heartbeat.class)).extracting(Heartbeat::at).containsExactly(1_000_105_000L);
  }

  @Test
  void counters_that_stand_still_while_somebody_asks_are_news() {
    for (int i = 0; i < 20; i++) {
      round(0, 0);
    }
    said.clear();
    see(CAPTURE, 0, "1795349600.1 IP 198.51.100.7.5000 > 203.0.113.1.51820: UDP, length 148\n");
    see("nstat -az", 0, "#kernel\nUdpInDatagrams 7 0.0\n");
    round(0, 0);
    assertThat(of(Capture.class)).hasSize(1);
    assertThat(of(NetworkCounters.class)).hasSize(1);
    assertThat(of(WgPeer.class)).hasSize(1);
    said.clear();
    see("nstat -az", 0, "#kernel\nUdpInDatagrams 7 0.0\n");
    round(0, 0);
    assertThat(of(NetworkCounters.class)).isEmpty();
    assertThat(of(WgPeer.class)).isEmpty();
  }

  @Test
  void windows_in_which_nothing_was_seen_become_one() {
    for (int i = 0; i < 7; i++) {
      see(CAPTURE, 0, "");
      round(0, 0);
    }
    List<Capture> quiet = of(Capture.class);
    assertThat(quiet).hasSizeBetween(2, 3);
    assertThat(quiet.get(1).at() - quiet.get(1).from()).isBetween(14_000L, 15_000L);
    for (int i = 1; i < quiet.size(); i++) {
      assertThat(quiet.get(i).from()).isGreaterThanOrEqualTo(quiet.get(i - 1).at());
    }
  }

  @Test
  void of_tracked_flows_only_those_of_wireguards_ports_leave_the_host() {
    round(0, 0);
    see(
        "conntrack -L -p udp",
        0,
        flow("198.51.100.20", 4000, 53) + flow("198.51.100.21", 4001, 51820));
    assertThat(of(ConntrackFlows.class).get(0).flows())
        .singleElement()
        .satisfies(it -> assertThat(it.source()).isEqualTo("198.51.100.21"));
  }

  @Test
  void what_fails_stands_in_each_heartbeat_and_its_reason_is_said_once_until_it_works_again() {
    for (int i = 0; i < 4; i++) {
      see("nft -j list ruleset", 127, "nft: not found\n");
      round(0, i);
    }
    assertThat(of(CommandFailure.class)).hasSize(1);
    assertThat(of(Heartbeat.class)).allMatch(it -> it.failing().equals(List.of("nft")));
    said.clear();
    see("nft -j list ruleset", 0, "{\"nftables\": []}\n");
    round(0, 9);
    see("nft -j list ruleset", 127, "nft: not found\n");
    assertThat(of(Heartbeat.class)).allMatch(it -> it.failing().isEmpty() && it.dropped() == 3);
    assertThat(of(CommandFailure.class)).hasSize(1);
  }

  @Test
  void a_clock_is_told_of_when_it_steps_not_when_it_trembles() {
    round(0, 0);
    round(0, 1);
    assertThat(of(HostClock.class)).hasSize(1);
    clockOff = -3600;
    round(0, 2);
    assertThat(of(HostClock.class)).hasSize(2);
    assertThat(of(HostClock.class).get(1).offsetMillis()).isBetween(-3_601_000L, -3_599_000L);
    assertThat(of(WgPeer.class).get(2).at()).isEqualTo(1_000_015_000L);
  }

  @Test
  void after_a_gap_everything_is_said_again_and_a_stop_is_said_once() {
    round(5, 5);
    round(5, 5);
    said.clear();
    announcer.beginAnew();
    round(5, 5);
    assertThat(of(WgPeer.class)).hasSize(1);
    assertThat(of(WgInventory.class)).hasSize(1);
    announcer.goodBye(16_000);
    assertThat(of(Heartbeat.class)).last().matches(Heartbeat::last);
  }

  @Test
  void another_order_of_the_same_peers_is_no_news() {
    String device = "wg0\t(none)\t" + OTHER + "\t51820\toff\n";
    String one = "wg0\t" + KEY + "\t(none)\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n";
    String other = "wg0\t" + OTHER + "\t(none)\t(none)\t10.0.0.3/32\t0\t0\t0\toff\n";
    see(WG, 0, device + one + other);
    said.clear();
    see(WG, 0, device + other + one);
    assertThat(said).isEmpty();
  }

  @Test
  void a_peer_that_comes_again_is_new() {
    round(5, 5);
    see(WG, 0, "wg0\t(none)\t" + OTHER + "\t51820\toff\n");
    said.clear();
    round(5, 5);
    assertThat(of(WgPeer.class)).hasSize(1);
  }

  private int clockOff;

  private void round(long received, long sent) {
    second += 5;
    see(
        WG,
        0,
        "wg0\t(none)\t%s\t51820\toff\nwg0\t%s\t(none)\t(none)\t10.0.0.2/32\t0\t%d\t%d\toff\n"
            .formatted(OTHER, KEY, received, sent));
    announcer.roundOver(1_000_000_000L + second * 1000);
  }

  private void see(String command, int exit, String output) {
    Observation observation =
        new Observation(
            1_000_000 + second + clockOff + second % 2 * 0.2,
            "srv",
            command,
            exit,
            output,
            1_000_000.0 + second,
            null,
            null);
    announcer.seen(new Seen(observation, parsers.parse(observation)));
  }

  private static String flow(String source, int from, int to) {
    return ("udp 17 25 src=%s dst=203.0.113.1 sport=%d dport=%d [UNREPLIED] src=203.0.113.1 dst=%s"
            + " sport=%d dport=%d mark=0 use=1\n")
        .formatted(source, from, to, source, to, from);
  }

  private <F extends Fact> List<F> of(Class<F> type) {
    return said.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
