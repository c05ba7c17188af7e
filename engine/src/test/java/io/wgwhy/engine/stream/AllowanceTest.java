package io.wgwhy.engine.stream;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of one tenant is bounded, and what is refused for that is told. */
class AllowanceTest {
  private static final List<Fact> BLOCKED = Recorded.named("srv-fw-nft-policy-drop").facts();
  private static final List<Fact> HEALS = Recorded.named("nat-timeout-same-port").facts();

  /** So long that whatever holds is told. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /** Of a host that makes itself up. */
  private static Fact stranger(int number) {
    return new HostClock("stranger-" + number, BLOCKED.get(0).at() + number, 0);
  }

  @Test
  void what_is_new_is_refused_and_what_is_known_goes_on_and_others_notice_nothing() {
    try (var driver = new Driver(50, Driver.builtIn(), 100_000)) {
      int half = HEALS.size() / 2;
      driver.send("acme", "home", HEALS.subList(0, half));
      for (int i = 0; i < 2_000; i++) {
        driver.send("acme", "flood-" + i % 20, List.of(stranger(i)));
      }
      driver.pass(SETTLED);
      assertThat(driver.deadLetters("acme"))
          .hasSizeGreaterThan(1_000)
          .allSatisfy(it -> assertThat(Driver.header(it, "refusal")).isEqualTo("over-limit"));
      assertThat(driver.figure("wgwhy.tenant.memory.bytes")).isBetween(95_000L, 130_000L);
      var told = driver.findings("acme");
      assertThat(told)
          .filteredOn(it -> it.value().contains("tenant-over-limit"))
          .as("one in each network")
          .hasSizeBetween(20, 40)
          .allSatisfy(it -> assertThat(it.value()).contains("\"state\":\"open\""));

      driver.send("acme", "home", HEALS.subList(half, HEALS.size()));
      driver.send("globex", "home", BLOCKED);
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .as("a tunnel that was known is judged")
          .anySatisfy(it -> assertThat(it.value()).contains("nat-mapping-expired", "\"resolved\""));
      assertThat(driver.findings("globex"))
          .isNotEmpty()
          .noneSatisfy(it -> assertThat(it.value()).contains("tenant-over-limit"));
      assertThat(driver.deadLetters("globex")).isEmpty();
      assertThat(driver.figure("wgwhy.facts.processed") + driver.figure("wgwhy.refusals"))
          .as("counts reconcile")
          .isEqualTo(driver.figure("wgwhy.facts.received"));
    }
  }

  @Test
  void networks_without_end_are_told_of_in_a_hundred() {
    try (var driver = new Driver(200, Driver.builtIn(), 20_000)) {
      for (int i = 0; i < 1_000; i++) {
        driver.send("acme", "flood-" + i, List.of(stranger(i)));
        if (i % 10 == 0) {
          driver.quiet();
        }
      }
      driver.pass(SETTLED);
      assertThat(driver.findings("acme").stream().map(it -> it.key()).collect(toSet()))
          .hasSize(Allowance.MOST_TOLD);
      assertThat(driver.figure("wgwhy.tenant.memory.bytes")).isLessThan(100_000);
    }
  }

  @Test
  void with_room_again_it_is_resolved_and_what_is_new_counts() {
    try (var driver = new Driver(50, Driver.builtIn(), 15_000)) {
      driver.send("acme", "home", gateway(50));
      driver.quiet();
      driver.send("acme", "home", List.of(stranger(1)));
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .extracting(it -> it.value())
          .singleElement()
          .asString()
          .contains("tenant-over-limit", "\"open\"");

      // The gateway's peers are taken away: nothing is remembered of them.
      driver.send("acme", "home", gateway(0));
      driver.pass(SETTLED);
      driver.send("acme", "home", List.of(stranger(2)));
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .extracting(it -> it.value())
          .singleElement()
          .asString()
          .contains("tenant-over-limit", "\"resolved\"");
      assertThat(driver.deadLetters("acme")).hasSize(1);
    }
  }

  @Test
  void hosts_that_were_replaced_are_forgotten_in_time_and_what_is_new_counts() {
    long start = System.currentTimeMillis() - Duration.ofDays(30).toMillis();
    try (var driver = new Driver(50, Driver.builtIn(), 5_000)) {
      for (int i = 0; i < 30; i++) {
        driver.send("acme", "home", List.of(new HostClock("made-up-" + i, start + i, i)));
      }
      driver.pass(SETTLED);
      long full = driver.figure("wgwhy.tenant.memory.bytes");
      assertThat(full).isGreaterThan(5_000);
      assertThat(driver.findings("acme"))
          .last()
          .satisfies(it -> assertThat(it.value()).contains("tenant-over-limit", "\"open\""));

      // All that speak are new, so nothing is taken in that would tell how late it is.
      driver.pass(Duration.ofSeconds(10));
      long later = start + Duration.ofDays(6).toMillis();
      driver.send("acme", "home", List.of(new HostClock("new", later, 1)));
      driver.pass(SETTLED);
      driver.send("acme", "home", List.of(new HostClock("new", later + 1, 2)));
      assertThat(driver.figure("wgwhy.tenant.memory.bytes")).isEqualTo(full);

      later = start + Duration.ofDays(8).toMillis();
      driver.send("acme", "home", List.of(new HostClock("new", later, 3)));
      driver.pass(SETTLED);
      driver.send("acme", "home", List.of(new HostClock("new", later + 1, 4)));
      assertThat(driver.figure("wgwhy.tenant.memory.bytes")).isLessThan(1_000);
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .last()
          .satisfies(it -> assertThat(it.value()).contains("tenant-over-limit", "\"resolved\""));
      driver.deadLetters("acme");
      driver.send("acme", "home", List.of(new HostClock("new", later + 2, 5)));
      assertThat(driver.deadLetters("acme")).isEmpty();
    }
  }

  /** One sample of a gateway; the fewer its peers, the later. */
  private static List<Fact> gateway(int peers) {
    long at = BLOCKED.get(0).at() + 1_000 - peers;
    var keys = IntStream.range(0, peers).mapToObj(it -> "%043d=".formatted(it)).toList();
    var facts = new ArrayList<Fact>();
    facts.add(new WgInventory("gw", at, List.of(new WgInventory.Device("wg0", keys))));
    for (String key : keys) {
      facts.add(
          new WgPeer(
              "gw",
              at,
              "wg0",
              key,
              facts.size() - 1,
              PresharedKey.ABSENT,
              null,
              Answer.NO,
              List.of(),
              0L,
              null,
              0L,
              0L,
              0));
    }
    return facts;
  }
}
