package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read from a journal is what was remembered, and it does not grow without end. */
class JournalTest {
  private static final NetworkKey HOME = new NetworkKey(new Tenant("acme"), "home");
  private static final int PEERS = 12;

  private final Driver stores = new Driver(1);
  private final KeyValueStore<String, byte[]> facts = stores.store(Store.FACTS);
  private final KeyValueStore<String, byte[]> journals = stores.store(Store.JOURNALS);
  private final Random random = new Random(1);
  private final long[] rx = new long[PEERS];
  private final int[] place = new int[PEERS];
  private int gone = -1;

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void read_anew_it_is_what_the_session_remembers() {
    Set<String> identities = new LinkedHashSet<>();
    NetworkSession session = Driver.builtIn().open("acme", "home");
    Journal journal = journal(session);
    for (int moment = 1; moment <= 400; moment++) {
      for (Fact fact : moment(1_795_000_000_000L + moment * 5_000L)) {
        identities.add(fact.identity());
        session.accept(fact);
      }
      session.conclude();
      session.remember(journal);
      if (random.nextInt(3) > 0) {
        journal.write();
      }
      if (random.nextInt(20) == 0) {
        NetworkSession again = Driver.builtIn().open("acme", "home");
        boolean crashed = random.nextBoolean();
        if (!crashed) {
          journal.write();
        }
        // What was not written yet is read from where it waits.
        Journal other = crashed ? journal : journal(again);
        again.restore(other.samples(), session.findings(), Map.of());
        for (String identity : identities) {
          assertThat(again.remembered(identity))
              .as("%s at %d", identity, moment)
              .isEqualTo(session.remembered(identity));
        }
        session.close();
        session = again;
        if (crashed) {
          journal.open(session::remembered);
        } else {
          journal = other;
        }
      }
    }
    session.close();
  }

  @Test
  void one_moment_of_many_peers_is_one_record_and_old_ones_go() {
    try (NetworkSession session = Driver.builtIn().open("acme", "home")) {
      Journal journal = journal(session);
      long most = 0;
      for (int moment = 1; moment <= 300; moment++) {
        for (int peer = 0; peer < PEERS; peer++) {
          rx[peer] += 100_000;
          session.accept(peer(peer, 1_795_000_000_000L + moment * 5_000L));
        }
        session.conclude();
        session.remember(journal);
        long before = journals.approximateNumEntries();
        journal.write();
        assertThat(journals.approximateNumEntries() - before).isLessThanOrEqualTo(1);
        most = Math.max(most, journals.approximateNumEntries());
      }
      assertThat(facts.approximateNumEntries()).isEqualTo(PEERS);
      assertThat(most).as("records of 12 samples each").isBetween(20L, 100L);
    }
  }

  /** As versions before wrote them, without a number. */
  @Test
  void what_was_stored_without_a_journal_is_still_read() {
    List<Fact> samples = List.of(peer(0, 1_000), peer(0, 6_000));
    String identity = samples.get(0).identity();
    facts.put(HOME.with(identity), StoredFacts.stored(samples, List.of(), null).bytes());
    try (NetworkSession session = Driver.builtIn().open("acme", "home")) {
      Journal journal = journal(session);
      session.restore(journal.samples(), List.of(), Map.of());
      assertThat(session.remembered(identity)).isEqualTo(samples);
      rx[0]++;
      session.accept(peer(0, 11_000));
      session.conclude();
      session.remember(journal);
      journal.write();
      assertThat(journal(session).samples()).isEqualTo(session.remembered(identity)).hasSize(3);
    }
  }

  private Journal journal(NetworkSession session) {
    var journal = new Journal(HOME, counted(facts), counted(journals), new LinkedHashSet<>());
    journal.samples();
    journal.open(session::remembered);
    return journal;
  }

  private static CountedStore counted(KeyValueStore<String, byte[]> store) {
    return new CountedStore(store, (tenant, bytes) -> {});
  }

  private List<Fact> moment(long at) {
    if (random.nextInt(40) == 0) {
      gone = random.nextInt(PEERS + 1) - 1;
    }
    List<Fact> all = new ArrayList<>();
    List<String> listed = new ArrayList<>();
    for (int peer = 0; peer < PEERS; peer++) {
      if (peer != gone) {
        rx[peer] += random.nextInt(3) * 50_000L;
        place[peer] += random.nextInt(50) == 0 ? 1 : 0;
        // Some come late, and some twice.
        long late = random.nextInt(50) == 0 ? 12_000 : 0;
        listed.add("peer-" + peer);
        all.add(peer(peer, at - late));
      }
    }
    if (random.nextInt(2) == 0) {
      all.add(new WgInventory("gw", at, List.of(new WgInventory.Device("wg0", listed))));
      all.add(new WgInterface("gw", at, "wg0", "own", 51820, 0));
    }
    all.add(new HostClock("gw", at, random.nextInt(3)));
    return all;
  }

  private WgPeer peer(int peer, long at) {
    return new WgPeer(
        "gw",
        at,
        "wg0",
        "peer-" + peer,
        peer,
        PresharedKey.ABSENT,
        new Endpoint("198.51.100." + (1 + place[peer]), 51820),
        Answer.YES,
        List.of("10.0.0." + peer + "/32"),
        1_795_000_000L,
        at / 1000 - 1_795_000_000L,
        rx[peer],
        rx[peer] * 2,
        25);
  }
}
