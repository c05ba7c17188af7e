package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Facts at which a session fails are found by halving. */
class SieveTest {
  private static final NetworkKey HOME = new NetworkKey(new Tenant("acme"), "home");

  private final List<String> refused = new ArrayList<>();
  private int attempts;

  private Sieve failingAt(Set<Integer> bad) {
    return new Sieve(
        together -> {
          attempts++;
          if (together.stream().anyMatch(it -> bad.contains((int) it.fact().at()))) {
            throw new IllegalStateException("at 10.66.66.1");
          }
        },
        (arrival, why) -> refused.add(arrival.fact().at() + " " + why.reason()));
  }

  private static List<Arrival> facts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            at ->
                new Arrival(
                    HOME,
                    new HostClock("cli", at, 0),
                    new Source("wgwhy.acme.facts", 0, at, 0, "home".getBytes(UTF_8), new byte[0]),
                    false))
        .toList();
  }

  @Test
  void one_bad_fact_in_a_thousand_is_refused_alone_and_not_quoted() {
    Sieve sieve = failingAt(Set.of(700));
    assertThat(sieve.sift(facts(1_000))).hasSize(999);
    assertThat(refused).containsExactly("700 the session failed: IllegalStateException");
    assertThat(attempts).isLessThanOrEqualTo(21);
  }

  @Test
  void where_no_fact_is_at_fault_all_stay() {
    Sieve sieve = failingAt(Set.of());
    assertThat(sieve.sift(facts(10))).hasSize(10);
    assertThat(refused).isEmpty();
    assertThat(sieve.hasFailed()).isFalse();
  }

  @Test
  void what_two_facts_together_do_costs_one_of_them() {
    Sieve sieve =
        new Sieve(
            together -> {
              if (together.stream().filter(it -> it.fact().at() % 5 == 0).count() > 1) {
                throw new StackOverflowError();
              }
            },
            (arrival, why) -> refused.add(arrival.fact().at() + " " + why.reason()));
    assertThat(sieve.sift(facts(8)))
        .extracting(it -> it.fact().at())
        .doesNotContain(5L)
        .contains(0L);
    assertThat(refused).containsExactly("5 the session failed: StackOverflowError");
  }

  @Test
  void when_too_many_have_failed_the_rest_is_refused_unseen_until_the_next_batch() {
    Sieve sieve = failingAt(IntStream.range(0, 100).boxed().collect(Collectors.toSet()));
    assertThat(sieve.sift(facts(100))).isEmpty();
    assertThat(refused).hasSize(100);
    assertThat(refused.get(99)).isEqualTo("99 came together with too many that failed");
    assertThat(attempts).isEqualTo(40);
    assertThat(sieve.isWornOut()).isTrue();
    sieve.rest();
    assertThat(sieve.isWornOut()).isFalse();
  }
}
