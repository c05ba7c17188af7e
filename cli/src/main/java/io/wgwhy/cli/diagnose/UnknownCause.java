package io.wgwhy.cli.diagnose;

import io.wgwhy.rules.Cause;
import io.wgwhy.rules.RuleBook;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody asked for a cause that is not there; says which there are. */
public final class UnknownCause extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnknownCause(String message) {
    super(message);
  }

  /**
   * Goes on when the cause is null or known.
   *
   * @throws UnknownCause when there is no such cause
   */
  public static void unless(RuleBook book, @Nullable String cause) {
    if (cause == null || book.cause(cause) != null) {
      return;
    }
    List<String> all = book.causes().stream().map(Cause::id).toList();
    List<String> like =
        all.stream()
            .filter(it -> common(it, cause) > 0)
            .sorted(Comparator.comparingInt(it -> -common(it, cause)))
            .limit(5)
            .toList();
    throw new UnknownCause(
        "there is no cause "
            + cause
            + (like.isEmpty()
                ? ". See: wgwhy rules list"
                : ". Did you mean " + String.join(", ", like) + "?"));
  }

  private static int common(String one, String other) {
    Set<String> words = new HashSet<>(Arrays.asList(one.split("-")));
    words.retainAll(Arrays.asList(other.split("-")));
    return words.size();
  }
}
