package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of a tenant that was deleted nothing is left, and nothing is said; others do not notice. */
class DepartedTest {
  private static final List<Fact> BLOCKED = Recorded.named("srv-fw-nft-policy-drop").facts();
  private static final Tenant LEAVER = new Tenant("leaver");
  private static final Duration LONG = Duration.ofMinutes(4);

  private final Driver driver = new Driver(10);
  private final Departed departed = driver.departed;

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void whose_topic_is_missing_twice_in_a_row_is_gone() {
    look(LEAVER);
    assertThat(departed.all()).isEmpty();
    look();
    look(LEAVER);
    departed.cannotTell();
    look(LEAVER);
    assertThat(departed.all()).as("made anew, and not known in between").isEmpty();
    look(LEAVER);
    assertThat(departed.all()).containsExactly(LEAVER);
    look();
    assertThat(departed.all()).as("is there again").isEmpty();
  }

  /** A thread that begins anew brings back what it remembered, and it counts for none meanwhile. */
  @Test
  void one_that_is_gone_stays_so_though_nothing_is_remembered_for_a_while() {
    delete();
    for (int look = 0; look <= Departed.LOOKS; look++) {
      assertThat(departed.all()).containsExactly(LEAVER);
      departed.look(Set.of(), Set.of(LEAVER));
    }
    assertThat(departed.all()).as("not for ever").isEmpty();
  }

  @Test
  void all_that_is_remembered_of_it_goes_and_of_its_neighbours_nothing() {
    driver.send("acme", "home", BLOCKED);
    driver.send("leaver2", "home", BLOCKED);
    driver.pass(Duration.ofSeconds(10));
    List<String> before = keys();
    long memory = driver.figure("wgwhy.tenant.memory.bytes");
    long open = driver.figure("wgwhy.findings.open");

    driver.send("leaver", "home", BLOCKED);
    driver.send("leaver", "office", BLOCKED.subList(0, BLOCKED.size() / 2));
    assertThat(keys()).as("is remembered").hasSizeGreaterThan(before.size());
    delete();
    driver.pass(Duration.ofSeconds(1));
    // With the commit after it what was not written yet would be.
    driver.send("acme", "home", BLOCKED.subList(BLOCKED.size() - 1, BLOCKED.size()));
    driver.quiet();

    assertThat(keys()).isEqualTo(before);
    assertThat(driver.figure("wgwhy.tenant.memory.bytes")).isEqualTo(memory);
    assertThat(driver.figure("wgwhy.findings.open")).isEqualTo(open);
    assertThat(driver.figure("wgwhy.sessions")).isEqualTo(2);
  }

  @Test
  void nothing_is_said_of_it_any_more_not_even_that_it_is_silent() {
    long last = BLOCKED.get(BLOCKED.size() - 1).at();
    var alive = new Heartbeat("srv", last + 1, 10_000, List.of(), 0, false);
    for (String tenant : List.of("leaver", "acme")) {
      driver.send(tenant, "home", BLOCKED);
      driver.send(tenant, "home", List.of(alive));
      driver.quiet();
      driver.findings(tenant);
    }
    delete();
    driver.pass(LONG);
    assertThat(driver.findings("leaver")).isEmpty();
    assertThat(driver.findings("acme"))
        .as("is there still, and missed")
        .anyMatch(it -> it.value().contains("collector-silent"));
  }

  @Test
  void one_that_is_made_again_begins_anew() {
    driver.send("leaver", "home", BLOCKED);
    driver.pass(Duration.ofSeconds(10));
    assertThat(driver.findings("leaver")).isNotEmpty();
    delete();
    driver.pass(Duration.ofSeconds(1));

    driver.send("leaver", "home", BLOCKED);
    driver.pass(Duration.ofSeconds(10));
    assertThat(departed.all()).isEmpty();
    assertThat(driver.findings("leaver")).as("told again").isNotEmpty();
    assertThat(driver.prepared).as("its topics are made").containsExactly("leaver", "leaver");
  }

  /** What the watch over topics does with each look, beside what the topology does meanwhile. */
  @Test
  void its_figures_go_once_nothing_is_remembered_and_as_often_as_they_come_back() {
    driver.send("leaver", "home", BLOCKED);
    driver.send("acme", "home", BLOCKED);
    delete();
    assertThat(forgetFigures()).as("what is remembered is counted").isEmpty();
    assertThat(counted()).contains("leaver");

    driver.pass(Duration.ofSeconds(1));
    assertThat(forgetFigures()).containsExactly(LEAVER);
    assertThat(counted()).containsExactly("acme");
    assertThat(forgetFigures()).as("said once").isEmpty();

    // A thread that begins anew finds it in its store, and takes it out.
    driver.allowance.uses(LEAVER, 1_000);
    assertThat(forgetFigures()).isEmpty();
    driver.allowance.uses(LEAVER, -1_000);
    assertThat(forgetFigures()).as("once more").containsExactly(LEAVER);
    assertThat(counted()).containsExactly("acme");

    driver.send("leaver", "home", BLOCKED);
    assertThat(forgetFigures()).as("is there again").isEmpty();
    assertThat(counted()).containsExactlyInAnyOrder("acme", "leaver");
  }

  private Set<Tenant> forgetFigures() {
    return departed.forgetFigures(driver.allowance.tenants(), driver.counts);
  }

  private Set<String> counted() {
    return driver.figures.getMeters().stream()
        .map(it -> it.getId().getTag("tenant"))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private void look(Tenant... absent) {
    departed.look(Set.of(LEAVER), Set.of(absent));
  }

  private void delete() {
    look(LEAVER);
    look(LEAVER);
  }

  private List<String> keys() {
    var keys = new ArrayList<String>();
    for (String part : Store.PARTS) {
      try (var all = driver.store(part).all()) {
        all.forEachRemaining(it -> keys.add(part + ": " + it.key));
      }
    }
    return keys;
  }
}
