package io.wgwhy.engine.stream;

import org.apache.kafka.streams.errors.TaskMigratedException;
import org.jspecify.annotations.Nullable;

/** Failures as they may stand in a log: messages of exceptions may quote facts. */
public final class Faults {
  /** More causes than this tell nobody anything; one that is its own cause must not hang us. */
  private static final int MOST_CAUSES = 10;

  private Faults() {}

  /** The same failure and its causes: kinds and places, no messages. */
  public static Throwable withoutMessages(Throwable failure) {
    return copy(failure, MOST_CAUSES);
  }

  /**
   * Throws what says that this task is another engine's by now, as after a pause that was longer
   * than the broker waits: no network and no fact is to blame, and what was done is undone.
   */
  static void requireTask(Throwable failure) {
    if (failure instanceof TaskMigratedException gone) {
      throw gone;
    }
  }

  private static Throwable copy(Throwable failure, int depth) {
    Throwable cause = failure.getCause();
    var bare = new Bare(failure, cause == null || depth == 0 ? null : copy(cause, depth - 1));
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  private static final class Bare extends Throwable {
    private static final long serialVersionUID = 1;

    private final String kind;

    Bare(Throwable failure, @Nullable Throwable cause) {
      super(null, cause, /* enableSuppression= */ false, /* writableStackTrace= */ true);
      this.kind = failure.getClass().getName();
    }

    @SuppressWarnings("OverrideThrowableToString") // It is to look like the failure itself.
    @Override
    public String toString() {
      return kind;
    }
  }
}
