package io.wgwhy.connectors;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands behind a failure: libraries wrap what happened in what they were doing. */
public final class Causes {
  private Causes() {}

  /** The failure, its cause, the cause of that, … */
  public static Stream<Throwable> of(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(
            failure, Objects::nonNull, it -> it == null ? null : it.getCause())
        .map(Objects::requireNonNull);
  }

  /** The first of a kind; empty if none is. */
  public static <T> Optional<T> find(Throwable failure, Class<T> kind) {
    return of(failure).filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Whether one is of a kind. */
  public static boolean has(Throwable failure, Class<?> kind) {
    return of(failure).anyMatch(kind::isInstance);
  }
}
