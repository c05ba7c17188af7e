package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each network has a time of its own; nobody else's moves it. */
class TimeTest {
  private static final List<Fact> HEALS = Recorded.named("nat-timeout-same-port").facts();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** So long that whatever holds is told. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final Driver driver = new Driver(10);

  @AfterEach
  void close() {
    driver.close();
  }

  /** In one partition, between any two of the other's facts. */
  @Test
  void absurd_times_of_one_tenant_and_of_another_network_change_nothing_of_a_neighbour() {
    long now = System.currentTimeMillis();
    long[] absurd = {
      1, now - 3_650 * DAY, now, now + DAY - 1_000, now + 30 * DAY, now + 3_650 * DAY
    };
    for (int i = 0; i < HEALS.size(); i++) {
      driver.send("acme", "home", HEALS.subList(i, i + 1));
      long at = absurd[i % absurd.length];
      driver.send("evil", "home", List.of(new HostClock("srv", at, 0)));
      driver.send("acme", "elsewhere", List.of(new HostClock("srv", at, 0)));
    }
    driver.pass(SETTLED);
    assertThat(last("home")).isEqualTo(SameAsDirectTest.directly("home", HEALS));
    assertThat(driver.deadLetters("evil"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(Driver.header(it, "refusal")).isEqualTo("future-dated"));
  }

  /** Producers set the time of a record as they like, where the topic lets them. */
  @Test
  void the_time_of_a_record_is_no_time_of_a_fact() {
    long[] absurd = {0, 1, Long.MAX_VALUE / 2};
    for (int i = 0; i < HEALS.size(); i++) {
      driver.send("acme", "home", Json.bytes(HEALS.get(i)), absurd[i % absurd.length]);
    }
    driver.pass(SETTLED);
    assertThat(last("home")).isEqualTo(SameAsDirectTest.directly("home", HEALS));
    assertThat(driver.deadLetters("acme")).isEmpty();
  }

  private Map<String, String> last(String network) {
    var last = new TreeMap<String, String>();
    driver.findings("acme").stream()
        .filter(it -> it.value().contains("\"network\":\"" + network + "\""))
        .forEach(it -> last.put(it.key(), it.value()));
    return last;
  }
}
