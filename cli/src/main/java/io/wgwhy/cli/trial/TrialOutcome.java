package io.wgwhy.cli.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.cli.report.Look;
import io.wgwhy.cli.report.Table;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How all trials went.
 *
 * @param trials each as it went; a lane that could not build a lab is one that failed
 * @param notTried faults for which there was no time, or no lane left
 */
public record TrialOutcome(List<Trial> trials, List<String> notTried) {
  /** Whether all that was wanted was tried, found, and cleared, and nothing else was reported. */
  @JsonProperty
  public boolean good() {
    return notTried.isEmpty() && trials.stream().allMatch(Trial::isGood);
  }

  /** One trial, for people who wait. */
  public static String line(Trial trial) {
    return trial.fault()
        + ": "
        + (trial.failed() != null
            ? trial.failed()
            : found(trial)
                + " after "
                + seconds(trial.secondsToFind())
                + ", cleared after "
                + seconds(trial.secondsToClear())
                + (trial.others().isEmpty()
                    ? ""
                    : ", besides: " + String.join(", ", trial.others())));
  }

  /** For people. */
  public String print(Look look) {
    Table table =
        new Table(look, List.of("fault", "was found", "", "after", "cleared after", "besides"));
    for (Trial trial : trials) {
      table.row(
          trial.isGood(),
          List.of(
              trial.fault(),
              trial.failed() != null ? "not tried: " + trial.failed() : found(trial),
              trial.confidence() == null ? "" : trial.confidence(),
              seconds(trial.secondsToFind()),
              seconds(trial.secondsToClear()),
              String.join(", ", trial.others())));
    }
    long good = trials.stream().filter(Trial::isGood).count();
    String more =
        notTried.isEmpty()
            ? ""
            : "Not tried, for want of time or of a lab: " + String.join(", ", notTried) + "\n";
    return table.print() + "\n" + good + " of " + trials.size() + " as they should be.\n" + more;
  }

  private static String found(Trial trial) {
    return trial.found() == null ? "nothing" : trial.found();
  }

  private static String seconds(@Nullable Double seconds) {
    return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
