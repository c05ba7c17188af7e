package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts that are not heard for a week, and what becomes of them. Others speak every 10 s. */
class ForgettingTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final double DAY = 86_400;
  private static final double WEEK = 7 * DAY;

  private NetworkSession session = NetworkSession.hasty("acme", "home", RULES);
  private final Map<String, List<Fact>> store = new TreeMap<>();
  private final Map<String, Finding> said = new TreeMap<>();

  @AfterEach
  void close() {
    session.close();
  }

  private void take(Fact... facts) {
    for (Fact fact : facts) {
      session.accept(fact);
    }
    session.conclude().forEach(it -> said.put(it.id(), it));
    session.remember(
        (identity, samples) -> {
          if (samples.isEmpty()) {
            store.remove(identity);
          } else {
            store.put(identity, List.copyOf(samples));
          }
        });
  }

  /** Two minutes, in which a host speaks. */
  private void speaks(String host, double from) {
    for (int s = 0; s <= 120; s += 10) {
      take(Lab.heartbeat(host, from + s, false));
    }
  }

  private void setUp() {
    take(Lab.setUp().toArray(Fact[]::new));
    take(Lab.heartbeat("cli", 1, false));
    take(Lab.heartbeat("srv", 1, false));
  }

  private void restart() {
    List<Fact> remembered = new ArrayList<>();
    store.values().forEach(remembered::addAll);
    List<Finding> open = session.findings();
    session.close();
    session = NetworkSession.hasty("acme", "home", RULES);
    session.restore(remembered, open, Map.of());
  }

  private boolean isKnown(String host) {
    boolean known = store.keySet().stream().anyMatch(it -> it.contains("/" + host));
    assertThat(session.newest(host) != null).isEqualTo(known);
    return known;
  }

  @Test
  void who_is_not_heard_for_a_week_is_forgotten_and_what_was_open_of_it_is_resolved() {
    setUp();
    speaks("srv", 10);
    assertThat(said.values())
        .anySatisfy(
            it -> {
              assertThat(it.cause()).isEqualTo("collector-silent");
              assertThat(it.state()).isEqualTo(Finding.State.OPEN);
            });
    speaks("srv", WEEK - 180);
    assertThat(isKnown("cli")).isTrue();

    speaks("srv", WEEK + 60);
    assertThat(isKnown("cli")).isFalse();
    assertThat(isKnown("srv")).isTrue();
    assertThat(said.values())
        .filteredOn(it -> it.cause().equals("collector-silent"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(Finding.State.RESOLVED));
    assertThat(session.view().judged())
        .as("nothing of it is left where rules look")
        .noneMatch(it -> it instanceof Fact fact && fact.host().equals("cli"));
  }

  @Test
  void who_comes_back_begins_anew() {
    setUp();
    speaks("srv", WEEK + 60);
    assertThat(isKnown("cli")).isFalse();
    take(Lab.heartbeat("cli", WEEK + 200, false));
    speaks("srv", WEEK + 300);
    assertThat(isKnown("cli")).isTrue();
    assertThat(session.findings())
        .extracting(Finding::cause)
        .as("it is missed again")
        .contains("collector-silent");
  }

  @Test
  void who_spoke_in_between_is_not_forgotten_whatever_it_said() {
    setUp();
    take(Lab.sysctls("cli", 3 * DAY, "net.ipv4.ip_forward", 1));
    speaks("srv", WEEK + 60);
    assertThat(isKnown("cli")).isTrue();
    speaks("srv", 3 * DAY + WEEK + 60);
    assertThat(isKnown("cli")).isFalse();
  }

  @Test
  void a_host_that_speaks_is_not_forgotten_because_its_clock_is_years_behind() {
    double years = -20 * 365 * DAY;
    for (int s = 0; s <= 300; s += 10) {
      take(Lab.heartbeat("router", years + s, false));
      take(Lab.heartbeat("srv", s, false));
    }
    restart();
    for (int s = 310; s <= 600; s += 10) {
      take(Lab.heartbeat("router", years + s, false));
      take(Lab.heartbeat("srv", s, false));
    }
    assertThat(isKnown("router")).isTrue();
  }

  @Test
  void where_all_is_looked_at_together_nobody_is_forgotten() {
    session.forgetNobody();
    setUp();
    speaks("srv", WEEK + 60);
    assertThat(isKnown("cli")).isTrue();
  }

  @Test
  void a_week_goes_on_over_restarts_and_after_one_everybody_gets_the_time_again_that_it_may_take() {
    setUp();
    restart();
    speaks("srv", 4 * DAY);
    restart();
    assertThat(isKnown("cli")).isTrue();
    take(Lab.heartbeat("srv", WEEK + 60, false));
    take(Lab.heartbeat("srv", WEEK + 65, false));
    assertThat(isKnown("cli")).as("it may speak yet").isTrue();
    speaks("srv", WEEK + 70);
    assertThat(isKnown("cli")).isFalse();
    restart();
    assertThat(isKnown("cli")).isFalse();
    assertThat(isKnown("srv")).isTrue();
  }

  @Test
  void what_the_engine_says_of_a_host_stays_while_it_is_so() {
    setUp();
    take(new io.wgwhy.facts.NotTakenIn("cli", ms(2), 64, true));
    speaks("srv", WEEK + 60);
    assertThat(store.keySet().stream().filter(it -> it.contains("/cli")))
        .containsExactly("not-taken-in/cli");
    assertThat(session.findings()).extracting(Finding::cause).contains("tenant-over-limit");
  }

  @Test
  void where_nothing_can_be_taken_in_the_time_of_what_is_refused_counts() {
    setUp();
    for (int s = 0; s <= 60; s++) {
      session.tick(ms(s));
    }
    session.forgetUnheard(ms(WEEK - 60));
    assertThat(session.newest("cli")).isNotNull();
    session.forgetUnheard(ms(WEEK + 120));
    assertThat(session.newest("cli")).isNull();
    assertThat(session.newest("srv")).isNull();
    assertThat(session.findings()).isEmpty();
  }
}
