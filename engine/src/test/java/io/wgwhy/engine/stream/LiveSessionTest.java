package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts at which rules fail, and moments that are not over. */
class LiveSessionTest {

  private static final NetworkKey HOME = new NetworkKey(new Tenant("acme"), "home");

  /** Our own clock. */
  private static final long NOW = 1_800_000_000_000L;

  private final List<String> refused = new ArrayList<>();
  private final Driver driver = new Driver(1);
  private final Store store =
      new Store(
          driver::store, Figures.unwatched(), new Allowance(Long.MAX_VALUE, Figures.unwatched()));

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void bad_facts_are_found_among_many_and_the_others_count() {
    var session = session();
    List<Fact> facts = Recorded.named("srv-fw-nft-policy-drop").facts();
    long at = facts.get(0).at();
    for (int i = 0; i < facts.size(); i++) {
      session.accept(arrival(facts.get(i)), NOW);
      if (i == 20 || i == 100) {
        session.accept(arrival(Tripwire.bad(at + i)), NOW);
      }
    }
    assertThat(session.conclude())
        .extracting(it -> it.cause())
        .contains("udp-port-blocked-by-host-firewall");
    assertThat(refused)
        .containsExactly(
            at + 20 + " the session failed: NullPointerException",
            at + 100 + " the session failed: NullPointerException");
  }

  @Test
  void facts_are_remembered_when_their_moment_was_judged_and_as_waiting_before() {
    var session = session();
    session.accept(arrival(Tripwire.good(1)), NOW);
    assertThat(session.concluded()).isEmpty();
    assertThat(store.of(HOME).samples()).isEmpty();
    assertThat(store.moment(HOME)).hasSize(1);
    store.write();
    assertThat(driver.store(Store.MOMENTS).approximateNumEntries()).isOne();

    session.accept(arrival(Tripwire.good(2)), NOW);
    session.concluded();
    assertThat(store.of(HOME).samples()).containsExactly(Tripwire.good(1));
    assertThat(store.moment(HOME)).extracting(Arrival::fact).containsExactly(Tripwire.good(2));

    session.conclude();
    store.write();
    assertThat(store.of(HOME).samples()).containsExactly(Tripwire.good(2));
    assertThat(driver.store(Store.MOMENTS).approximateNumEntries()).isZero();
    assertThat(session.hasNews()).isFalse();
  }

  @Test
  void a_flood_of_bad_facts_is_refused_unseen_and_passes() {
    var session = session();
    for (int i = 1; i <= 1_000; i++) {
      session.accept(arrival(Tripwire.bad(i)), NOW);
    }
    session.conclude();
    assertThat(refused).hasSize(1_000);
    assertThat(refused.get(999)).contains("together with too many");
    session.accept(arrival(Tripwire.good(2_000)), NOW);
    session.conclude();
    assertThat(store.of(HOME).samples()).containsExactly(Tripwire.good(2_000));
  }

  @Test
  void a_word_of_our_own_waits_for_the_end_of_a_moment_that_is_under_way() {
    var session = session();
    session.accept(arrival(new HostClock("srv", 5, 0)), NOW);
    session.add(arrival(new NotTakenIn("srv", session.next(0), 64, true)));
    session.accept(arrival(Tripwire.good(5)), NOW);
    session.concluded();
    assertThat(store.moment(HOME)).as("still one moment").hasSize(2);
    assertThat(session.hasNews()).isTrue();

    session.accept(arrival(Tripwire.good(7)), NOW);
    assertThat(store.of(HOME).samples()).isEmpty();
    session.concluded();
    assertThat(store.of(HOME).samples()).hasSize(3);
    assertThat(store.moment(HOME)).extracting(Arrival::fact).containsExactly(Tripwire.good(7));
  }

  @Test
  void a_word_of_our_own_is_said_when_nothing_more_comes() {
    var session = session();
    session.accept(arrival(Tripwire.good(5)), NOW);
    session.add(arrival(new NotTakenIn("srv", session.next(0), 64, true)));
    session.conclude();
    assertThat(store.of(HOME).samples()).hasSize(2);
    assertThat(session.hasNews()).isFalse();
  }

  @Test
  void an_engine_that_takes_over_knows_where_somebody_promised_to_speak() {
    var session = session();
    session.accept(arrival(new Heartbeat("cli", NOW, 5000, List.of(), 0, false)), NOW);
    session.accept(arrival(new Heartbeat("srv", NOW, 3000, List.of(), 0, false)), NOW);
    session.accept(arrival(new Heartbeat("gone", NOW, 1000, List.of(), 0, true)), NOW);
    session.conclude();
    store.write();
    assertThat(store.promises()).isEmpty();
    var another =
        new Store(
            driver::store, Figures.unwatched(), new Allowance(Long.MAX_VALUE, Figures.unwatched()));
    assertThat(another.promises()).containsExactly(Map.entry(HOME, 3000L));
  }

  private LiveSession session() {
    return new LiveSession(
        HOME,
        Driver.builtIn(),
        store,
        (a, why) -> refused.add(a.fact().at() + " " + why.reason()),
        Figures.unwatched());
  }

  private static Arrival arrival(Fact fact) {
    var source = new Source("wgwhy.acme.facts", 0, 1, 0, "home".getBytes(UTF_8), Json.bytes(fact));
    return new Arrival(HOME, fact, source, false);
  }
}
