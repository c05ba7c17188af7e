package io.wgwhy.cli.trial;

import io.wgwhy.lab.Fault;
import io.wgwhy.lab.LabException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands faults to lanes, one after the other. A lane that fails costs the trial that it was at, and
 * no other: its lab is thrown away, as nobody knows what state it is in, and the lane goes on with
 * a new one.
 */
final class Lanes {
  /** Labs that a lane tries to build in a row: one may fail by chance, three do not. */
  private static final int ATTEMPTS = 3;

  private final Opener opener;
  private final BooleanSupplier inTime;
  private final Consumer<Trial> told;
  private final Queue<Fault> open;
  private final List<Trial> trials = new ArrayList<>();

  /** Builds labs. */
  interface Opener {
    /** Builds one. Throws {@link LabException} when it cannot be built. */
    Bench open(String network) throws InterruptedException;
  }

  /** A lab in which faults are tried. */
  interface Bench extends AutoCloseable {
    Trial trial(Fault fault) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * @param inTime whether another trial may begin
   * @param told takes each trial when it is over
   */
  Lanes(List<Fault> faults, Opener opener, BooleanSupplier inTime, Consumer<Trial> told) {
    this.open = new ConcurrentLinkedQueue<>(faults);
    this.opener = opener;
    this.inTime = inTime;
    this.told = told;
  }

  /**
   * Tries what is left, until nothing is, or no time, or no lab can be built.
   *
   * @param lane its name; labs after the first have a number behind it, as each is another network
   */
  void work(String lane) throws InterruptedException {
    int labs = 0;
    int failed = 0;
    while (isMore() && failed < ATTEMPTS) {
      labs++;
      try (Bench lab = opener.open(labs == 1 ? lane : lane + "-" + labs)) {
        failed = 0;
        while (isMore() && isWell(tryNext(lab))) {}
      } catch (RuntimeException e) {
        if (++failed == ATTEMPTS) {
          keep(Trial.failed(lane, Set.of(), "no lab: " + why(e)));
        }
      }
    }
  }

  private boolean isMore() {
    return !open.isEmpty() && inTime.getAsBoolean();
  }

  /** What is still reported after the repair would be held against the next fault. */
  private static boolean isWell(@Nullable Trial trial) {
    return trial == null || (trial.failed() == null && trial.secondsToClear() != null);
  }

  private @Nullable Trial tryNext(Bench lab) throws InterruptedException {
    Fault fault = open.poll();
    if (fault == null) {
      return null;
    }
    Trial trial;
    try {
      trial = lab.trial(fault);
    } catch (RuntimeException e) {
      trial = Trial.failed(fault.name(), fault.causes(), why(e));
    }
    keep(trial);
    return trial;
  }

  private static String why(RuntimeException e) {
    return e instanceof LabException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private synchronized void keep(Trial trial) {
    trials.add(trial);
    told.accept(trial);
  }

  /** What came of it. */
  synchronized TrialOutcome outcome() {
    return new TrialOutcome(List.copyOf(trials), open.stream().map(Fault::name).toList());
  }
}
