package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one cause is, or is not, what is wrong with one tunnel: each rule that could say so, with the
 * conditions that hold and those that do not.
 *
 * @param title the cause in one sentence
 * @param explains the symptoms that the cause can bring about
 * @param symptoms what is wrong with the tunnel, without a reason; empty when nothing is
 * @param verdict what the walk through the diagnostic order says; null when it does not come by
 *     this cause, because it explains none of the symptoms
 * @param because the verdict's reason, in one sentence
 * @param found the cause that is said to be the root; null when nothing is wrong. Not this one's id
 *     when another is
 * @param earlier the walk up to this cause
 * @param rules those that hold first, then those that come nearest
 * @param nextObservation what would decide this cause; null when nothing has to be decided
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Explanation(
    String tenant,
    String network,
    Subject subject,
    String cause,
    String title,
    List<String> explains,
    List<String> symptoms,
    @Nullable Verdict verdict,
    String because,
    @Nullable String found,
    List<Finding.Check> earlier,
    List<Rule> rules,
    Finding.@Nullable NextObservation nextObservation) {

  /** Whether something is so. */
  public enum State {
    @JsonProperty("holds")
    HOLDS,
    /** It fails, or may fail, only because nobody looked. */
    @JsonProperty("not-known")
    NOT_KNOWN,
    @JsonProperty("fails")
    FAILS,
    /** It speaks of what an earlier condition did not find. */
    @JsonProperty("not-reached")
    NOT_REACHED
  }

  /** What a rule says of its cause when it holds. */
  public enum Says {
    @JsonProperty("confirm")
    CONFIRM,
    @JsonProperty("suspect")
    SUSPECT,
    @JsonProperty("rule-out")
    RULE_OUT
  }

  /**
   * One rule.
   *
   * @param says what it says of the cause when it holds
   * @param name one sentence
   * @param at the file and line where it stands, relative to its pack
   * @param because its reason, with the values; null when it does not hold
   * @param conditions in the rule's order; empty when it was not taken apart
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Rule(
      Says says,
      String name,
      String at,
      State state,
      @Nullable String because,
      List<Condition> conditions) {}

  /**
   * One condition of a rule.
   *
   * @param asks what for: {@code there is}, {@code there is no}, {@code all of}, {@code any of}
   * @param kind the kind of facts that it asks about, as it stands in the rule; null for a group
   * @param about the same in words; null for a group
   * @param seen what the fact shows that matches, else the one that comes nearest; empty when there
   *     is none, or it shows nothing
   * @param checks what is asked of that fact
   * @param look the command that would bring such a fact; null when there is one, or that there is
   *     none is known
   * @param parts of a group
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Condition(
      String asks,
      State state,
      @Nullable String kind,
      @Nullable String about,
      List<Finding.Evidence> seen,
      List<Check> checks,
      Finding.@Nullable NextObservation look,
      List<Condition> parts) {}

  /**
   * One thing that is asked of a fact.
   *
   * @param wanted as it stands in the rule
   * @param actual what the fact says; empty when there is no fact
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Check(String wanted, State state, List<Actual> actual) {}

  /**
   * What a fact says.
   *
   * @param name the property as it stands in the rule, or what an earlier condition bound, with its
   *     {@code $}
   * @param is what the property says, in words; null for what an earlier condition bound
   * @param value null when it is not known
   * @param look the command that would show what is not known; null when it is known, or nothing
   *     shows it
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Actual(
      String name,
      @Nullable String is,
      @Nullable String value,
      Finding.@Nullable NextObservation look) {}
}
