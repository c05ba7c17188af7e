package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.counters;
import static io.wgwhy.engine.session.Lab.iface;
import static io.wgwhy.engine.session.Lab.inventory;
import static io.wgwhy.engine.session.Lab.ms;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept, and that it does not depend on how it came. */
class MemoryTest {
  private static final String PEER = "wg-peer/cli/wg0/" + Lab.S;

  private final Memory memory = new Memory();

  private void take(PeerSeen... samples) {
    for (PeerSeen sample : samples) {
      memory.accept(sample.seen());
    }
  }

  private List<Long> seconds(String identity) {
    return memory.samples(identity).stream().map(it -> (it.at() - Lab.T0) / 1000).toList();
  }

  @Test
  void what_comes_twice_says_nothing_new() {
    assertThat(memory.accept(onClient().at(0).counts(0, 148).seen())).isTrue();
    assertThat(memory.accept(onClient().at(0).counts(0, 148).seen())).isFalse();
    assertThat(memory.accept(iface("cli", 0, Lab.C, 51820))).isTrue();
    assertThat(memory.accept(iface("cli", 0, Lab.C, 51820))).isFalse();
  }

  @Test
  void the_newest_fact_of_an_identity_counts() {
    memory.accept(iface("cli", 5, Lab.C, 2));
    assertThat(memory.accept(iface("cli", 0, Lab.C, 1))).isFalse();
    assertThat(memory.newest("wg-interface/cli/wg0")).isEqualTo(iface("cli", 5, Lab.C, 2));
    assertThat(memory.clock()).isEqualTo(ms(5));
  }

  @Test
  void a_late_sample_finds_its_place() {
    take(onClient().at(0).counts(0, 148), onClient().at(10).counts(0, 444));
    take(onClient().at(5).counts(0, 296));
    assertThat(seconds(PEER)).containsExactly(0L, 5L, 10L);
  }

  @Test
  void of_equal_samples_in_a_row_the_first_and_the_last_are_kept() {
    for (int s = 0; s <= 100; s += 5) {
      take(onClient().at(s).counts(1_000, 1_000));
    }
    assertThat(seconds(PEER)).containsExactly(0L, 100L);
    take(onClient().at(50).counts(1_000, 1_000));
    assertThat(seconds(PEER)).as("and one of them coming again").containsExactly(0L, 100L);
  }

  @Test
  void samples_closer_than_any_timer_are_thinned() {
    for (int s = 0; s <= 60; s++) {
      take(onClient().at(s).counts(100 * s, 100 * s));
    }
    assertThat(memory.samples(PEER)).hasSizeLessThan(30);
    assertThat(seconds(PEER)).contains(0L).endsWith(60L);
  }

  @Test
  void a_change_of_the_endpoint_is_kept_however_short() {
    take(
        onClient().at(0).endpoint("192.0.2.1:1").counts(1, 1),
        onClient().at(1).endpoint("192.0.2.2:2").counts(2, 2),
        onClient().at(2).endpoint("192.0.2.1:1").counts(3, 3),
        onClient().at(3).endpoint("192.0.2.1:1").counts(4, 4));
    assertThat(Samples.endpoints(memory.host("cli").history(onClient().seen()))).hasSize(3);
  }

  @Test
  void nothing_older_than_a_session_is_kept_but_when_a_peer_was_last_heard() {
    for (int s = 0; s <= 900; s += 10) {
      take(onClient().at(s).counts(Math.min(s, 30), 148L * s));
    }
    assertThat(seconds(PEER)).startsWith(30L, 40L, 720L).endsWith(900L).doesNotContain(20L, 710L);
  }

  @Test
  void a_peer_that_is_heard_keeps_the_horizon_only() {
    for (int s = 0; s <= 900; s += 10) {
      take(onClient().at(s).counts(s, s));
    }
    assertThat(seconds(PEER)).startsWith(720L).hasSize(19);
  }

  @Test
  void two_samples_stay_however_old() {
    take(onClient().at(0).counts(1, 1), onClient().at(3_600).counts(2, 2));
    assertThat(seconds(PEER)).containsExactly(0L, 3_600L);
  }

  @Test
  void samples_are_bounded_however_many_come() {
    for (int s = 0; s < 2_000; s++) {
      memory.accept(counters("cli", s * 0.01, s, 0));
      memory.accept(capture("cli", s * 0.01, Direction.IN));
      memory.accept(onClient().at(s * 0.01).endpoint("192.0.2.1:" + (s + 1)).counts(s, s).seen());
    }
    assertThat(memory.samples("network-counters/cli")).hasSize(SampleSeries.MOST);
    assertThat(memory.samples("capture/cli/eth0/IN")).hasSize(SampleSeries.MOST);
    assertThat(memory.samples(PEER)).hasSize(SampleSeries.MOST);
  }

  @Test
  void captures_that_ended_in_one_moment_are_all_kept() {
    memory.accept(capture("cli", 0, Direction.IN, flow(1)));
    memory.accept(capture("cli", 0, Direction.IN, flow(2)));
    memory.accept(capture("cli", 0, Direction.IN, flow(1)));
    assertThat(memory.samples("capture/cli/eth0/IN")).hasSize(2);
  }

  private static io.wgwhy.facts.Capture.Flow flow(int count) {
    return Lab.flow(Direction.IN, MessageType.INITIATION, "192.0.2.2:40000", Lab.SERVER, count);
  }

  @Test
  void of_two_words_on_one_moment_the_one_that_knows_more_counts() {
    Fact more = iface("cli", 0, Lab.C, 51820);
    Fact less = iface("cli", 0, null, 51820);
    memory.accept(more);
    memory.accept(less);
    assertThat(memory.newest(more.identity())).isEqualTo(more);
    Memory other = new Memory();
    other.accept(less);
    other.accept(more);
    assertThat(other.newest(more.identity())).isEqualTo(more);
  }

  // Inventories.

  @Test
  void what_the_inventory_does_not_list_is_gone() {
    take(onClient().at(0));
    memory.accept(iface("cli", 0, Lab.C, 51820));
    memory.accept(inventory("cli", 5));
    assertThat(memory.samples(PEER)).isEmpty();
    assertThat(memory.newest("wg-interface/cli/wg0")).isNotNull();
    memory.accept(new io.wgwhy.facts.WgInventory("cli", ms(6), List.of()));
    assertThat(memory.newest("wg-interface/cli/wg0")).isNull();
    assertThat(memory.host("cli").peers("wg0")).isEmpty();
  }

  @Test
  void what_is_gone_does_not_come_back_with_an_old_fact() {
    take(onClient().at(0));
    memory.accept(inventory("cli", 5));
    assertThat(memory.accept(onClient().at(0).seen())).isFalse();
    assertThat(memory.accept(onClient().at(6).seen())).isTrue();
    assertThat(memory.host("cli").peers("wg0")).hasSize(1);
  }

  @Test
  void an_inventory_of_the_same_moment_may_come_first_or_last() {
    memory.accept(inventory("cli", 0, Lab.S));
    take(onClient().at(0));
    assertThat(memory.host("cli").peers("wg0")).hasSize(1);
    memory.accept(inventory("cli", 5, "another"));
    assertThat(memory.accept(onClient().at(5).seen())).isFalse();
    assertThat(memory.host("cli").peers("wg0")).isEmpty();
  }

  @Test
  void an_inventory_of_another_host_takes_nothing_away() {
    take(onClient().at(0));
    memory.accept(inventory("srv", 5));
    assertThat(memory.host("cli").peers("wg0")).hasSize(1);
  }

  // Restoring.

  /** An interface that was made anew has forgotten where its peers are; their packets come on. */
  @Test
  void where_a_peer_was_is_remembered_after_its_interface_was_made_anew() {
    Endpoint there = Endpoint.tryParse("192.0.2.2:40000");
    take(
        onServer().at(0).endpoint("192.0.2.2:40000").counts(5_000, 5_000).handshake(-5),
        onServer().at(30).noEndpoint().counts(0, 0).never());
    assertThat(memory.host("srv").peersAt(there)).containsExactly(Lab.C);
    assertThat(memory.host("srv").peersAt(Endpoint.tryParse("192.0.2.3:40000"))).isEmpty();
  }

  @Test
  void restored_from_what_it_remembers_it_is_the_same() {
    for (int seed = 0; seed < 50; seed++) {
      List<Fact> facts = some(new Random(seed));
      Memory first = new Memory();
      facts.forEach(first::accept);
      List<Fact> remembered = new ArrayList<>();
      identities(facts).forEach(it -> remembered.addAll(first.samples(it)));
      Memory second = Lab.memory(remembered);
      assertThat(all(second, facts)).isEqualTo(all(first, facts));
    }
  }

  /** Whose a sample is, is guessed from whose the last one was: in any order, with some gone. */
  @Test
  void whose_a_sample_is_does_not_hang_on_the_order() {
    var random = new Random(7);
    var keys = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
    for (int round = 1; round < 400; round++) {
      if (random.nextInt(4) == 0) {
        Collections.shuffle(keys, random);
      }
      if (random.nextInt(6) == 0) {
        memory.accept(inventory("cli", round - 0.5, keys.get(0), keys.get(1)));
      }
      if (random.nextInt(40) == 0) {
        memory.forget("srv");
      }
      for (String key : keys.subList(0, 2 + random.nextInt(4))) {
        for (String host : List.of("cli", "srv")) {
          Fact sample = new PeerSeen(host, key).at(round).seen();
          memory.accept(sample);
          Kept kept = memory.keptOfNext((WgPeer) sample);
          assertThat(kept).isNotNull().isSameAs(memory.kept((WgPeer) sample));
          assertThat(kept.newest().identity()).isEqualTo(sample.identity());
        }
      }
    }
  }

  @Test
  void the_same_goes_for_facts_of_every_kind_in_any_order() {
    List<Fact> all = new ArrayList<>();
    for (String host : List.of("cli", "srv")) {
      all.add(inventory(host, 0, "a", "b"));
      all.add(iface(host, 1, "key", 51820));
      all.add(new WgInterface(host, ms(1), "wg1", "other", 51821, null));
      all.add(Lab.heartbeat(host, 1, false));
      all.add(Lab.addresses(host, 1, "eth0 10.0.0.1/24"));
      all.add(Lab.ping(host, 1, "10.0.0.1", 56, Answer.YES));
      all.add(Lab.ping(host, 1, "10.0.0.2", 56, Answer.YES));
      all.add(new PeerSeen(host, "a").at(1).seen());
      all.add(new PeerSeen(host, "b").at(1).seen());
      all.add(new PeerSeen(host, null).at(1).seen());
    }
    all.forEach(it -> assertThat(memory.keptOfNext(it)).isNull());
    all.forEach(memory::accept);
    var random = new Random(5);
    for (int round = 0; round < 50; round++) {
      Collections.shuffle(all, random);
      for (int again = 0; again < 2; again++) {
        for (Fact fact : all) {
          assertThat(Objects.requireNonNull(memory.keptOfNext(fact)).newest()).isEqualTo(fact);
        }
      }
    }
  }

  /** Samples of ten thousand peers come in one order: none of them is searched for. */
  @Test
  void whose_the_next_sample_is_is_taken_from_whose_it_was_the_last_time() {
    WgPeer first = sample("a", 0);
    WgPeer second = sample("b", 0);
    memory.accept(first);
    memory.accept(second);
    Kept begin = Objects.requireNonNull(memory.keptOfNext(first));
    assertThat(memory.keptOfNext(second)).isSameAs(memory.kept(second)).isSameAs(begin.next());

    // No search finds this one.
    Kept guessed = new Kept(second.identity(), begin.host(), second);
    begin.next(guessed);
    memory.keptOfNext(first);
    assertThat(memory.keptOfNext(second)).isSameAs(guessed);
  }

  /** So that it can be read beside what is known of it, before it is taken in. */
  @Test
  void what_comes_next_is_expected_once_it_came_so_twice() {
    List<Fact> round = List.of(inventory("cli", 0, "a", "b"), sample("a", 0), sample("b", 0));
    for (Fact fact : round) {
      memory.arrived(fact);
      assertThat(memory.expected()).isNull();
    }
    for (int again = 0; again < 3; again++) {
      for (Fact fact : round) {
        memory.keptOfNext(fact);
        memory.accept(fact);
      }
    }
    for (int i = 0; i < 6; i++) {
      memory.arrived(round.get(i % 3));
      assertThat(memory.expected()).isEqualTo(round.get((i + 1) % 3));
    }
  }

  /** After one that was not expected, what follows that one. */
  @Test
  void who_comes_in_another_order_is_found_again() {
    List<Fact> round = List.of(sample("a", 0), sample("b", 0), sample("c", 0));
    for (int again = 0; again < 3; again++) {
      for (Fact fact : round) {
        memory.keptOfNext(fact);
        memory.accept(fact);
      }
    }
    memory.arrived(round.get(0));
    memory.arrived(round.get(2));
    assertThat(memory.expected()).isEqualTo(round.get(0));

    memory.arrived(sample("stranger", 1));
    assertThat(memory.expected()).isNull();
    memory.arrived(round.get(0));
    assertThat(memory.expected()).isEqualTo(round.get(1));

    memory.forget("cli");
    assertThat(memory.expected()).isNull();
  }

  @Test
  void samples_that_change_numbers_only_are_looked_up_that_way() {
    var changes = new Changes(memory, new Hearing());
    for (int s = 0; s < 3; s++) {
      changes.take(sample("a", s));
      changes.take(sample("b", s));
    }
    Kept first = Objects.requireNonNull(memory.kept(sample("a", 0)));
    Kept second = Objects.requireNonNull(memory.kept(sample("b", 0)));
    assertThat(first.next()).isSameAs(second);
    assertThat(second.next()).isSameAs(first);
  }

  /** A host that is forgotten again and again would hold up all that ever was kept of it. */
  @Test
  void what_is_gone_leads_to_nobody() {
    WgPeer first = sample("a", 0);
    WgPeer second = sample("b", 0);
    memory.accept(first);
    memory.accept(second);
    Kept one = Objects.requireNonNull(memory.keptOfNext(first));
    Kept last = Objects.requireNonNull(memory.keptOfNext(second));
    memory.forget("cli");
    assertThat(one.next()).as("what came after it").isNull();

    memory.accept(first);
    assertThat(memory.keptOfNext(first)).isNotNull();
    assertThat(last.next()).as("what came after it was gone").isNull();
  }

  private static WgPeer sample(String key, int second) {
    return (WgPeer) new PeerSeen("cli", key).at(second).counts(second, second).seen();
  }

  @Test
  void the_order_within_a_moment_and_repetitions_make_no_difference() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Fact> facts = some(random);
      Memory first = new Memory();
      facts.forEach(first::accept);
      List<Fact> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, facts.size() / 2));
      Collections.shuffle(shuffled, random);
      shuffled.sort(Comparator.comparingLong(Fact::at));
      Memory second = new Memory();
      shuffled.forEach(second::accept);
      assertThat(all(second, facts)).as("seed %d", seed).isEqualTo(all(first, facts));
    }
  }

  /** In order of time, several of one moment, of which some contradict one another. */
  private static List<Fact> some(Random random) {
    List<Fact> facts = new ArrayList<>();
    double at = 0;
    long rx = 0;
    for (int i = 0; i < 200; i++) {
      at += random.nextInt(4);
      rx += random.nextInt(3) * 100L;
      facts.add(
          switch (random.nextInt(6)) {
            case 5 -> Rules.part(at, random.nextBoolean() ? "nat" : "filter");
            case 0 -> onClient().at(at).counts(rx, random.nextInt(3)).handshake(0).seen();
            case 1 -> capture("cli", at, Direction.IN, flow(1 + random.nextInt(3)));
            case 2 -> counters("cli", at, rx, random.nextInt(2));
            case 3 -> iface("cli", at, Lab.C, random.nextBoolean() ? null : 51820);
            default -> onClient().at(at).endpoint("192.0.2.9:" + (1 + i / 20)).counts(rx, 5).seen();
          });
    }
    facts.sort(Comparator.comparingLong(Fact::at));
    return facts;
  }

  private static List<String> identities(List<Fact> facts) {
    return facts.stream().map(Fact::identity).distinct().sorted().toList();
  }

  private static List<List<Fact>> all(Memory memory, List<Fact> facts) {
    return identities(facts).stream().map(memory::samples).toList();
  }
}
