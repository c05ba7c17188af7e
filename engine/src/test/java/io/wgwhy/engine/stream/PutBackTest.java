package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clocks that are put back while a host runs; it speaks every 5 s. */
class PutBackTest {
  private static final NetworkKey HOME = new NetworkKey(new Tenant("acme"), "home");

  /** Our own clock at first. */
  private static final long NOW = 1_800_000_000_000L;

  private static final long TWO_HOURS = 7_200_000;

  private final List<String> refused = new ArrayList<>();
  private final Driver driver = new Driver(1);
  private final Store store =
      new Store(
          driver::store, Figures.unwatched(), new Allowance(Long.MAX_VALUE, Figures.unwatched()));
  private LiveSession session = open();
  private long now = NOW;

  @AfterEach
  void close() {
    driver.close();
  }

  private LiveSession open() {
    return new LiveSession(
        HOME,
        Driver.builtIn(),
        store,
        (a, why) -> refused.add(why.refusal().code()),
        Figures.unwatched());
  }

  private void send(Fact fact) {
    var source = new Source("wgwhy.acme.facts", 0, 1, 0, "home".getBytes(UTF_8), Json.bytes(fact));
    session.accept(new Arrival(HOME, fact, source, false), now);
  }

  /** Something else at each moment. */
  private static Fact word(String host, long at) {
    return new HostClock(host, at, at % 100_000);
  }

  /** One minute of a host's words, that come as they are said. */
  private void speaks(String host, long at) {
    for (int s = 0; s <= 60; s += 5) {
      send(word(host, at + s * 1000));
      now += 5000;
    }
  }

  private List<Fact> remembered() {
    session.conclude();
    return store.of(HOME).samples();
  }

  @Test
  void a_host_whose_clock_was_put_back_counts_again_soon() {
    speaks("srv", NOW);
    speaks("srv", NOW - TWO_HOURS);
    assertThat(remembered()).containsExactly(word("srv", NOW - TWO_HOURS + 60_000));
    assertThat(session.next(0)).isEqualTo(NOW - TWO_HOURS + 60_001);
  }

  @Test
  void what_it_said_before_and_need_not_repeat_is_so_still() {
    var addresses =
        new Addresses(
            "srv", NOW, List.of(new Addresses.AddressOn("eth0", "192.0.2.2/24", "global")));
    send(addresses);
    speaks("srv", NOW);
    speaks("srv", NOW - TWO_HOURS);
    assertThat(remembered())
        .hasSize(2)
        .anySatisfy(
            it -> {
              assertThat(it).isInstanceOf(Addresses.class);
              assertThat(((Addresses) it).addresses()).isEqualTo(addresses.addresses());
              assertThat(it.at()).isLessThan(NOW - TWO_HOURS);
            });
  }

  @Test
  void it_counts_after_a_restart_too() {
    speaks("srv", NOW);
    session.conclude();
    store.write();
    session.close();
    session = open();
    speaks("srv", NOW - TWO_HOURS);
    session.conclude();
    store.write();
    session.close();
    session = open();
    assertThat(remembered()).containsExactly(word("srv", NOW - TWO_HOURS + 60_000));
  }

  @Test
  void a_word_from_the_future_does_not_silence_its_host() {
    speaks("srv", NOW);
    send(word("srv", NOW + TWO_HOURS));
    speaks("srv", NOW + 65_000);
    assertThat(remembered()).containsExactly(word("srv", NOW + 125_000));
  }

  @Test
  void another_hosts_facts_stay_as_they_are() {
    speaks("cli", NOW);
    speaks("srv", NOW);
    speaks("srv", NOW - TWO_HOURS);
    assertThat(remembered())
        .containsExactlyInAnyOrder(
            word("cli", NOW + 60_000), word("srv", NOW - TWO_HOURS + 60_000));
  }

  @Test
  void what_comes_late_while_a_host_runs_changes_nothing() {
    for (int s = 0; s <= 120; s += 5) {
      send(word("srv", NOW + s * 1000));
      send(word("srv", NOW - TWO_HOURS + s * 1000));
      now += 5000;
    }
    send(word("srv", NOW + 125_000));
    assertThat(remembered()).containsExactly(word("srv", NOW + 125_000));
  }

  @Test
  void a_backlog_that_comes_at_once_changes_nothing() {
    speaks("srv", NOW);
    for (int s = 0; s <= 600; s += 5) {
      send(word("srv", NOW - TWO_HOURS + s * 1000));
    }
    now += 5000;
    send(word("srv", NOW + 65_000));
    assertThat(remembered()).containsExactly(word("srv", NOW + 65_000));
  }

  @Test
  void one_word_that_comes_late_or_again_and_again_changes_nothing() {
    speaks("srv", NOW);
    for (int i = 0; i < 20; i++) {
      send(word("srv", NOW + 5000));
      send(word("srv", 1));
      now += 5000;
    }
    assertThat(remembered()).containsExactly(word("srv", NOW + 60_000));
  }

  @Test
  void what_comes_twice_and_a_little_out_of_order_changes_nothing() {
    var random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<Fact> moments = new ArrayList<>();
      for (int s = 0; s < 15; s += 5) {
        moments.add(word("srv", NOW + round * 15_000 + s * 1000));
      }
      moments.addAll(moments);
      Collections.shuffle(moments, random);
      for (Fact it : moments) {
        send(it);
        now += 2500;
      }
    }
    assertThat(remembered()).containsExactly(word("srv", NOW + 49 * 15_000 + 10_000));
  }

  @Test
  void the_first_word_of_a_host_may_be_a_day_ahead_and_not_more() {
    send(word("evil", NOW + 86_400_000L + 60_000));
    send(word("ahead", NOW + 86_400_000L - 60_000));
    assertThat(refused).containsExactly("future-dated");
    assertThat(remembered()).containsExactly(word("ahead", NOW + 86_400_000L - 60_000));
  }
}
