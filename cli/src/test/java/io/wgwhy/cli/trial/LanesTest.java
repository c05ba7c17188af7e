package io.wgwhy.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.Look;
import io.wgwhy.lab.Fault;
import io.wgwhy.lab.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of the other faults when a lab fails. */
class LanesTest {
  private static final List<Fault> FOUR = Faults.all().subList(20, 24);

  private final List<String> labs = new ArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<Trial> told = new ArrayList<>();

  private TrialOutcome run(Function<Fault, Trial> trial) throws InterruptedException {
    Lanes lanes =
        new Lanes(
            FOUR,
            network -> {
              labs.add(network);
              return bench(trial);
            },
            () -> true,
            told::add);
    lanes.work("lane-1");
    return lanes.outcome();
  }

  private Lanes.Bench bench(Function<Fault, Trial> trial) {
    return new Lanes.Bench() {
      @Override
      public Trial trial(Fault fault) {
        return trial.apply(fault);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private static Trial good(Fault fault) {
    return trial(fault, 5.0);
  }

  private static Trial trial(Fault fault, Double cleared) {
    String cause = fault.causes().iterator().next();
    return new Trial(
        fault.name(), fault.causes(), cause, "confirmed", 12.0, cleared, 30, 30, List.of(), null);
  }

  @Test
  void one_lab_is_enough_when_all_goes_well() throws Exception {
    TrialOutcome outcome = run(LanesTest::good);
    assertThat(outcome.good()).isTrue();
    assertThat(outcome.trials()).hasSize(4).isEqualTo(told);
    assertThat(labs).containsExactly("lane-1");
    assertThat(closed).hasValue(1);
  }

  @Test
  void a_trial_that_fails_is_a_row_and_the_others_go_on_in_a_new_lab() throws Exception {
    TrialOutcome outcome =
        run(
            fault -> {
              if (fault == FOUR.get(1)) {
                throw new IllegalStateException("a cable was pulled");
              }
              return good(fault);
            });
    assertThat(outcome.good()).as("the exit code says it").isFalse();
    assertThat(outcome.trials()).hasSize(4);
    assertThat(outcome.trials().get(1).failed()).contains("a cable was pulled");
    assertThat(outcome.print(Look.PLAIN)).contains("a cable was pulled", "3 of 4");
    assertThat(labs).containsExactly("lane-1", "lane-1-2");
    assertThat(closed).hasValue(2);
  }

  @Test
  void what_is_not_cleared_is_not_held_against_the_next() throws Exception {
    run(fault -> trial(fault, fault == FOUR.get(0) ? null : Double.valueOf(5)));
    assertThat(labs).containsExactly("lane-1", "lane-1-2");
  }

  @Test
  void without_labs_it_is_said_why_and_what_was_not_tried() throws Exception {
    Lanes lanes =
        new Lanes(
            FOUR,
            network -> {
              labs.add(network);
              throw new IllegalStateException("no namespaces here");
            },
            () -> true,
            told::add);
    lanes.work("lane-1");
    TrialOutcome outcome = lanes.outcome();
    assertThat(labs).hasSize(3);
    assertThat(outcome.good()).isFalse();
    assertThat(outcome.trials()).hasSize(1);
    assertThat(outcome.print(Look.PLAIN))
        .contains("lane-1", "no namespaces here")
        .contains(FOUR.stream().map(Fault::name).toList());
  }
}
