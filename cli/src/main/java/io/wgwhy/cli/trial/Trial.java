package io.wgwhy.cli.trial;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one fault went.
 *
 * @param fault its name
 * @param causes what would be right; empty when nothing is broken
 * @param found what was found of it; null when it was not
 * @param confidence how sure the engine was at last; null when nothing was found
 * @param secondsToFind from the moment when the break was made to the finding, 0 when that came
 *     earlier; null when there was none. Making it takes seconds itself: three wg-quick in turn
 * @param secondsToClear from the moment when the repair was made until nothing was open; null when
 *     something still was
 * @param allowedToFind the limit that held for it
 * @param allowedToClear likewise
 * @param others what else was reported, and should not have been
 * @param failed why it could not be tried; null when it could
 */
public record Trial(
    String fault,
    Set<String> causes,
    @Nullable String found,
    @Nullable String confidence,
    @Nullable Double secondsToFind,
    @Nullable Double secondsToClear,
    double allowedToFind,
    double allowedToClear,
    List<String> others,
    @Nullable String failed) {

  /** Whether it was found and cleared in time, and nothing else was reported. */
  public boolean isGood() {
    boolean inTime = causes.isEmpty() || (secondsToFind != null && secondsToFind <= allowedToFind);
    boolean cleared = secondsToClear != null && secondsToClear <= allowedToClear;
    return failed == null && inTime && cleared && others.isEmpty();
  }

  static Trial failed(String fault, Set<String> causes, String why) {
    return new Trial(fault, causes, null, null, null, null, 0, 0, List.of(), why);
  }
}
