package io.wgwhy.connectors.collect.agent;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a program prints, read by a thread of its own: a read from a program that hangs in the
 * kernel, or whose pipe another has taken over, never comes back, and must not take a thread along
 * that has other work.
 */
final class Printed {
  private final FutureTask<Output> reading;
  private Output output = new Output("");

  /**
   * @param text null when it was too much
   */
  private record Output(@Nullable String text) {}

  Printed(Process process, int limit) {
    this.reading = new FutureTask<>(() -> read(process, limit));
    Threads.of("output", reading).start();
  }

  private static Output read(Process process, int limit) {
    try (InputStream in = process.getInputStream()) {
      return new Output(Runner.read(in, limit));
    } catch (IOException cut) {
      return new Output("");
    }
  }

  /** Whether all has been read within that time. */
  boolean await(Duration patience) throws InterruptedException {
    try {
      output = reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error full) {
        throw full; // No memory is left: whoever runs the command says so.
      }
      return true;
    }
  }

  /** Whether it was more than the limit; what was read is not kept then. */
  boolean isTooMuch() {
    return output.text() == null;
  }

  String text() {
    return output.text() == null ? "" : output.text();
  }
}
