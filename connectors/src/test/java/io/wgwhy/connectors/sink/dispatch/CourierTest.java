package io.wgwhy.connectors.sink.dispatch;

import static io.wgwhy.connectors.sink.Notices.ACME;
import static io.wgwhy.connectors.sink.Notices.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.connectors.sink.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CourierTest {
  private final List<List<String>> told = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Function<List<String>, Delivery> answer = batch -> Delivery.delivered();
  private long nanos;

  private final Sink sink =
      new Sink() {
        @Override
        public int most() {
          return 4;
        }

        @Override
        public Delivery deliver(List<Notice> notices) {
          List<String> ids = notices.stream().map(it -> it.finding().id()).toList();
          told.add(ids);
          return answer.apply(ids);
        }
      };

  private final Courier courier =
      new Courier(
          sink,
          new Courier.Witness() {
            @Override
            public void delivered(List<Notice> notices) {}

            @Override
            public void again(Delivery.Again why, Duration pause, int waiting) {
              pauses.add(pause);
            }

            @Override
            public void refused(Notice notice, String says) {
              refused.add(notice.finding().id());
            }
          },
          () -> nanos,
          () -> 0.5);

  @Test
  void what_waits_is_told_in_its_order_as_much_at_once_as_the_sink_takes() throws Exception {
    add("a", "b", "c", "d", "e");
    run(3);
    assertThat(told).containsExactly(List.of("a", "b", "c", "d"), List.of("e"));
    assertThat(courier.waiting()).isZero();
  }

  @Test
  void after_a_failure_it_waits_longer_each_time_and_loses_nothing() throws Exception {
    answer = batch -> Delivery.again(Reason.SERVER, "HTTP 500");
    add("a");
    for (int i = 0; i < 9; i++) {
      courier.attempt();
      courier.attempt();
      nanos += pauses.get(pauses.size() - 1).toNanos();
    }
    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(courier.firstWaiting(ACME)).hasValue(1);
    answer = batch -> Delivery.delivered();
    run(1);
    assertThat(courier.firstWaiting(ACME)).isEmpty();
    assertThat(courier.isFailing()).isFalse();
  }

  @Test
  void who_asks_to_be_left_alone_is() throws Exception {
    answer = batch -> new Delivery.Again(Reason.BUSY, "HTTP 429", Duration.ofMinutes(3));
    add("a");
    courier.attempt();
    nanos += Duration.ofSeconds(179).toNanos();
    courier.attempt();
    assertThat(told).hasSize(1);
    nanos += Duration.ofSeconds(1).toNanos();
    courier.attempt();
    assertThat(told).hasSize(2);
  }

  @Test
  void one_that_nobody_takes_does_not_take_others_with_it() throws Exception {
    answer = batch -> batch.contains("poison") ? new Delivery.Refused("400") : Delivery.delivered();
    add("a", "poison", "b", "c", "d");
    run(10);
    assertThat(refused).containsExactly("poison");
    assertThat(told)
        .containsExactly(
            List.of("a", "poison", "b", "c"),
            List.of("a"),
            List.of("poison"),
            List.of("b"),
            List.of("c"),
            List.of("d"));
  }

  @Test
  void a_fault_of_ours_is_a_refusal_and_stops_nothing() throws Exception {
    answer =
        batch -> {
          if (batch.contains("odd")) {
            throw new IllegalStateException("secret words");
          }
          return Delivery.delivered();
        };
    add("odd", "a");
    run(5);
    assertThat(refused).containsExactly("odd");
    assertThat(courier.waiting()).isZero();
  }

  @Test
  void a_repetition_is_as_much_at_once_as_the_sink_takes_and_news_goes_first() throws Exception {
    List<Notice> open = notices("a", "b", "c", "d", "e", "f");
    assertThat(courier.repeat(open)).isEqualTo(4);
    add("news");
    assertThat(courier.repeat(open.subList(4, 6))).as("news waits").isZero();
    run(1);
    assertThat(courier.repeat(open.subList(4, 6))).isEqualTo(2);
    assertThat(told)
        .containsExactly(List.of("a", "b", "c", "d"), List.of("news"), List.of("e", "f"));
  }

  @Test
  void a_repetition_that_fails_waits_its_time() throws Exception {
    answer = batch -> Delivery.again(Reason.SERVER, "HTTP 500");
    List<Notice> open = notices("a");
    assertThat(courier.repeat(open)).isZero();
    answer = batch -> Delivery.delivered();
    assertThat(courier.repeat(open)).isZero();
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(courier.repeat(open)).isOne();
  }

  @Test
  void of_a_repetition_only_what_is_refused_is_left_out_and_that_is_said_once() throws Exception {
    answer = batch -> batch.contains("poison") ? new Delivery.Refused("413") : Delivery.delivered();
    for (int round = 0; round < 3; round++) {
      repeatAll("a", "poison", "b");
    }
    assertThat(refused).containsExactly("poison");
    assertThat(told.stream().filter(it -> it.equals(List.of("b")))).hasSize(3);
  }

  @Test
  void of_what_is_over_it_does_not_remember_for_ever_that_it_was_refused() throws Exception {
    answer = batch -> new Delivery.Refused("400");
    repeatAll("a", "b");
    repeatAll("b");
    assertThat(refused).as("each is said once").containsExactly("a", "b");
    repeatAll("a", "b");
    assertThat(refused).as("what went on is no news, what began anew is").endsWith("b", "a");
  }

  @Test
  void what_was_taken_meanwhile_and_is_refused_again_is_said_again() throws Exception {
    answer = batch -> new Delivery.Refused("400");
    repeatAll("a");
    answer = batch -> Delivery.delivered();
    repeatAll("a");
    answer = batch -> new Delivery.Refused("400");
    repeatAll("a");
    assertThat(refused).containsExactly("a", "a");
  }

  /** A round of repetitions, as often as it takes. */
  private void repeatAll(String... ids) throws InterruptedException {
    courier.beginRepeating();
    List<Notice> open = notices(ids);
    for (int i = 0; i < 5; i++) {
      open = open.subList(courier.repeat(open), open.size());
    }
    assertThat(open).isEmpty();
  }

  private static List<Notice> notices(String... ids) {
    return Stream.of(ids).map(Notices::opened).toList();
  }

  private void add(String... ids) {
    for (int i = 0; i < ids.length; i++) {
      courier.add(i + 1, opened(ids[i]));
    }
  }

  private void run(int attempts) throws InterruptedException {
    for (int i = 0; i < attempts; i++) {
      courier.attempt();
    }
  }
}
