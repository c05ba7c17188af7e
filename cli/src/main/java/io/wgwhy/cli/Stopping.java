package io.wgwhy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command that runs until it is told to stop: SIGTERM and SIGINT wait until it has put everything
 * away, and count as success.
 */
final class Stopping implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  Stopping() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits until somebody asks to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Waits until somebody asks to stop, or some time has passed: then false. */
  boolean await(long time, TimeUnit unit) throws InterruptedException {
    return asked.await(time, unit);
  }

  /**
   * Waits until somebody asks to stop, or it is of no use any more.
   *
   * @param well whether what the command began is still at work
   * @return whether somebody asked
   */
  boolean awaitWhile(BooleanSupplier well) throws InterruptedException {
    while (well.getAsBoolean()) {
      if (asked.await(1, TimeUnit.SECONDS)) {
        return true;
      }
    }
    return isAsked();
  }

  /** The command itself sees that it cannot go on. */
  void ask() {
    asked.countDown();
  }

  /** Everything is put away. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** On SIGTERM the JVM ends when this does, and with 143 unless told otherwise. */
  private void stop() {
    boolean running = !isAsked() && closed.getCount() > 0;
    asked.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running) {
      Runtime.getRuntime().halt(Exit.NOTHING_WRONG);
    }
  }
}
