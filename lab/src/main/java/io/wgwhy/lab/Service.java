package io.wgwhy.lab;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that a lab has started and will end, perhaps by another command, days later.
 *
 * @param pid its id, which the system gives to another process once this one has ended
 * @param since when it began, ms since the epoch; null when the system did not tell
 */
record Service(long pid, @Nullable Long since) {
  /** The kernel counts from its own start, and when that was may be corrected by a second. */
  private static final long TOLERANCE = 2000;

  static Service of(ProcessHandle process) {
    return new Service(process.pid(), began(process).orElse(null));
  }

  /** The process, if it still runs; never another one that has got its id. */
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(this::isIt);
  }

  private boolean isIt(ProcessHandle process) {
    Optional<Long> began = began(process);
    return since != null && began.isPresent() && Math.abs(began.get() - since) <= TOLERANCE;
  }

  private static Optional<Long> began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli);
  }
}
