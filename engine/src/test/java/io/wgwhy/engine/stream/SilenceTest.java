package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collector is killed: our own clock proves it, for no other host speaks. */
class SilenceTest {
  private static final List<Fact> HEALTHY = Recorded.named("healthy-active").facts();

  private final Driver driver = new Driver(10);

  @AfterEach
  void close() {
    driver.close();
  }

  private static Heartbeat beat(String host, boolean last) {
    return new Heartbeat(host, System.currentTimeMillis(), 5000, List.of(), 0, last);
  }

  @Test
  void killed_collectors_are_silent_in_the_stated_time_and_nothing_else_is_said() {
    driver.send("acme", "home", HEALTHY);
    driver.send("acme", "home", List.of(beat("cli", false), beat("srv", false)));
    driver.pass(Duration.ofSeconds(19));
    assertThat(driver.findings("acme")).isEmpty();
    driver.pass(Duration.ofSeconds(4));
    var events = driver.findings("acme");
    assertThat(events)
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.value()).contains("collector-silent", "\"open\""));
  }

  @Test
  void a_host_without_a_tunnel_is_missed_too_and_its_next_word_resolves_it() {
    driver.send("acme", "home", List.of(beat("cli", false)));
    driver.pass(Duration.ofSeconds(23));
    assertThat(driver.findings("acme")).hasSize(1);
    driver.send("acme", "home", List.of(beat("cli", false)));
    driver.quiet();
    var events = driver.findings("acme");
    assertThat(events).hasSize(1);
    assertThat(events.get(0).value()).contains("collector-silent", "\"state\":\"resolved\"");
  }

  @Test
  void who_said_good_bye_or_promised_nothing_is_not_missed() {
    driver.send("acme", "home", HEALTHY);
    driver.send("acme", "home", List.of(beat("cli", true)));
    driver.pass(Duration.ofSeconds(60));
    assertThat(driver.findings("acme")).isEmpty();
  }

  @Test
  void killed_collectors_are_missed_though_there_are_more_networks_than_sessions() {
    try (var small = new Driver(2)) {
      for (int i = 0; i < 6; i++) {
        small.send("acme", "network-" + i, List.of(beat("cli", false)));
      }
      small.pass(Duration.ofSeconds(19));
      assertThat(small.findings("acme")).isEmpty();
      small.pass(Duration.ofSeconds(40));
      assertThat(small.findings("acme"))
          .hasSize(6)
          .allSatisfy(it -> assertThat(it.value()).contains("collector-silent", "\"open\""));
    }
  }

  @Test
  void one_of_two_hosts_is_missed_though_its_networks_session_comes_and_goes() {
    try (var small = new Driver(2)) {
      long start = System.currentTimeMillis();
      for (int i = 0; i < 6; i++) {
        small.send("acme", "network-" + i, List.of(beat("cli", false)));
      }
      for (int s = 0; s < 90; s += 5) {
        for (int i = 0; i < 6; i++) {
          var it = new Heartbeat("srv", start + s * 1000, 5000, List.of(), 0, false);
          small.send("acme", "network-" + i, List.of(it));
          small.quiet();
        }
        small.pass(Duration.ofMillis(4_100));
      }
      assertThat(small.findings("acme"))
          .hasSize(6)
          .allSatisfy(it -> assertThat(it.value()).contains("collector-silent", "cli", "\"open\""));
    }
  }

  @Test
  void who_is_silent_stays_so_though_its_networks_session_comes_and_goes() {
    try (var small = new Driver(1)) {
      long start = System.currentTimeMillis();
      small.send("acme", "home", HEALTHY);
      small.send("acme", "home", List.of(beat("cli", false)));
      for (int s = 0; s < 90; s += 5) {
        for (String network : List.of("home", "office")) {
          var it = new Heartbeat("srv", start + s * 1000, 5000, List.of(), 0, false);
          small.send("acme", network, List.of(it));
          small.quiet();
        }
        small.pass(Duration.ofMillis(4_700));
      }
      assertThat(small.findings("acme"))
          .filteredOn(it -> it.value().contains("collector-silent"))
          .as("told once")
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void who_speaks_is_not_missed_though_its_networks_session_comes_and_goes() {
    try (var small = new Driver(2)) {
      long start = System.currentTimeMillis();
      for (int s = 0; s < 90; s += 5) {
        for (int i = 0; i < 6; i++) {
          for (String host : List.of("cli", "srv")) {
            var it = new Heartbeat(host, start + s * 1000, 5000, List.of(), 0, false);
            small.send("acme", "network-" + i, List.of(it));
          }
          small.quiet();
        }
        small.pass(Duration.ofMillis(4_100));
      }
      for (int i = 0; i < 6; i++) {
        for (String host : List.of("cli", "srv")) {
          var last = new Heartbeat(host, start + 90_000, 5000, List.of(), 0, true);
          small.send("acme", "network-" + i, List.of(last));
        }
      }
      small.pass(Duration.ofSeconds(60));
      assertThat(small.findings("acme")).isEmpty();
    }
  }

  @Test
  void what_waits_in_a_backlog_is_not_silence() {
    long anHourAgo = System.currentTimeMillis() - 3_600_000;
    for (int s = 0; s < 30; s++) {
      Fact old = new Heartbeat("srv", anHourAgo + s, 5000, List.of(), 0, false);
      driver.send("acme", "office", Json.bytes(old), anHourAgo + s);
      if (s == 0) {
        driver.send("acme", "home", List.of(beat("cli", false)));
      }
      driver.send("acme", "office", Json.bytes(old), anHourAgo + s);
      driver.pass(Duration.ofSeconds(1));
    }
    assertThat(driver.findings("acme")).isEmpty();
  }
}
