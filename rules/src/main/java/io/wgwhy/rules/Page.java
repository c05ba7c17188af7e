package io.wgwhy.rules;

import io.wgwhy.facts.finding.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A remedy page as its author wrote it: all but {@code text} are mustache templates over the values
 * of one tunnel.
 *
 * @param title one sentence
 * @param summary what to do, in one sentence
 * @param look the observation that would decide the cause; null when there is none
 * @param verify how to see that the remedy helped; null when there is nothing to run
 * @param risk what is said while nothing is broken by it yet; null when it is no risk then
 * @param text the page under its front matter, Markdown
 */
public record Page(
    String title,
    String summary,
    @Nullable Look look,
    List<Step> steps,
    @Nullable Verify verify,
    @Nullable Risk risk,
    String text) {

  /** Title and summary of a cause that has brought about no symptom yet. */
  public record Risk(String title, String summary) {}

  /** A command that shows something. */
  public record Look(@Nullable String on, String run) {}

  /**
   * A command that repairs something.
   *
   * @param on the host where it belongs; null when any
   * @param undo how to take it back; null when there is nothing to take back
   * @param condition the step is left out when this renders empty; null for always
   */
  public record Step(
      @Nullable String on,
      String run,
      String why,
      @Nullable String undo,
      @Nullable String condition) {

    private boolean applies(Map<String, ?> values) {
      return condition == null || Template.holds(condition, values);
    }

    private Finding.Step with(Map<String, ?> values) {
      return new Finding.Step(
          Template.host(on, values),
          Template.command(run, values),
          Template.sentence(why, values),
          undo == null ? null : Template.command(undo, values));
    }
  }

  /** A command that shows whether the remedy helped. */
  public record Verify(@Nullable String on, String run, String expect) {

    private Finding.Verification with(Map<String, ?> values) {
      return new Finding.Verification(
          Template.host(on, values),
          Template.command(run, values),
          Template.sentence(expect, values));
    }
  }

  Finding.Remedy remedy(String summary, Map<String, ?> values) {
    return new Finding.Remedy(
        Template.sentence(summary, values),
        steps.stream().filter(s -> s.applies(values)).map(s -> s.with(values)).toList(),
        verify == null ? null : verify.with(values));
  }
}
