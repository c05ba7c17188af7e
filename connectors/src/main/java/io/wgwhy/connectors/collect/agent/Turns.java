package io.wgwhy.connectors.collect.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When work of a name is done that is asked for again and again: it waits or runs once at most,
 * however often it is asked for, and rests for a multiple of what it took. A firewall that changes
 * each second then takes a part of one thread, and no more.
 */
final class Turns {
  /** Of a thread's time, work of one name takes a sixth at most. */
  private static final int REST = 5;

  private final ScheduledExecutorService threads;
  private final Duration shortestRest;
  private final Map<String, Turn> turns = new HashMap<>();

  /** What is known of the work of one name. */
  private static final class Turn {
    private boolean waits;
    private boolean runs;
    private boolean askedMeanwhile;
    private long restsUntil = System.nanoTime();
  }

  /**
   * @param shortestRest between the end of one and the beginning of the next, when it took no time
   */
  Turns(ScheduledExecutorService threads, Duration shortestRest) {
    this.threads = threads;
    this.shortestRest = shortestRest;
  }

  /** Does it as soon as it may be done; once more afterwards when it is being done now. */
  synchronized void ask(String name, Runnable work) {
    Turn turn = turns.computeIfAbsent(name, any -> new Turn());
    if (turn.runs) {
      turn.askedMeanwhile = true;
    } else if (!turn.waits) {
      await(turn, work);
    }
  }

  private void await(Turn turn, Runnable work) {
    long left = Math.max(0, turn.restsUntil - System.nanoTime());
    try {
      var unused = threads.schedule(() -> run(turn, work), left, TimeUnit.NANOSECONDS);
      turn.waits = true;
    } catch (RejectedExecutionException closed) {
      // Nothing is done any more.
    }
  }

  private void run(Turn turn, Runnable work) {
    synchronized (this) {
      turn.waits = false;
      turn.runs = true;
    }
    long began = System.nanoTime();
    try {
      work.run();
    } finally {
      over(turn, work, System.nanoTime() - began);
    }
  }

  private synchronized void over(Turn turn, Runnable work, long took) {
    turn.runs = false;
    turn.restsUntil = System.nanoTime() + Math.max(shortestRest.toNanos(), REST * took);
    if (turn.askedMeanwhile) {
      turn.askedMeanwhile = false;
      await(turn, work);
    }
  }
}
