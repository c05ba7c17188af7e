package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnsTest {
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(2, Threads.named("turns"));
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void what_is_asked_for_while_it_runs_is_done_once_more_and_not_beside_itself() throws Exception {
    Turns turns = new Turns(threads, Duration.ofMillis(10));
    CountDownLatch begun = new CountDownLatch(1);
    Runnable work =
        () -> {
          begun.countDown();
          held();
          runs.incrementAndGet();
        };
    turns.ask("nft", work);
    assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 100; i++) {
      turns.ask("nft", work);
    }
    assertThat(threads.getQueue()).as("what waits").isEmpty();
    held.countDown();
    awaitRuns(2);
    Thread.sleep(200);
    assertThat(runs).hasValue(2);
  }

  @Test
  void it_rests_for_a_multiple_of_what_it_took() throws Exception {
    Turns turns = new Turns(threads, Duration.ofMillis(1));
    Runnable work =
        () -> {
          sleep(200);
          runs.incrementAndGet();
        };
    long began = System.nanoTime();
    turns.ask("nft", work);
    awaitRuns(1);
    turns.ask("nft", work);
    awaitRuns(2);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1300));
  }

  @Test
  void others_do_not_wait_for_it() throws Exception {
    Turns turns = new Turns(threads, Duration.ofMinutes(1));
    turns.ask("nft", this::held);
    turns.ask("ip", runs::incrementAndGet);
    awaitRuns(1);
    held.countDown();
  }

  @Test
  void what_failed_is_done_again_when_it_is_asked_for() throws Exception {
    Turns turns = new Turns(threads, Duration.ofMillis(1));
    Runnable work =
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("a fault");
        };
    turns.ask("nft", work);
    awaitRuns(1);
    turns.ask("nft", work);
    awaitRuns(2);
  }

  private void held() {
    try {
      held.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitRuns(int wanted) throws InterruptedException {
    while (runs.get() < wanted) {
      Thread.sleep(5);
    }
  }
}
