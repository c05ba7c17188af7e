package io.wgwhy.connectors.sink;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where findings are told. Knows nothing of retry, deduplication, routes and silences: it
 * tells what it is given, and answers how that went. Used by one thread.
 */
public interface Sink extends AutoCloseable {

  /** How many notices it takes at once; 1 at least. */
  default int most() {
    return 1;
  }

  /**
   * Tells people or programs, within its time limit. Told twice, a notice has the same id; a sink
   * that can makes one thing of them.
   *
   * @param notices {@link #most} at most, in their order; not empty
   */
  Delivery deliver(List<Notice> notices) throws InterruptedException;

  /** How often it has to be told what is still true, because it forgets; null when it does not. */
  default @Nullable Duration repeat() {
    return null;
  }

  @Override
  default void close() {}
}
