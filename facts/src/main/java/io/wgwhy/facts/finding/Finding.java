package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one diagnosis. Published whole each time it changes; the id stays.
 *
 * @param id hash of tenant, network, cause and subject: a replay overwrites, never doubles
 * @param title one sentence for people
 * @param symptom what is wrong, without a reason; {@link #NO_SYMPTOM} of a risk
 * @param affected how many tunnels the one cause breaks
 * @param evidence the facts that matched
 * @param path where the packets of this tunnel were counted, in the order of their way
 * @param checklist the walk through the diagnostic order
 * @param alternatives causes that are not excluded, in order
 * @param nextObservation what would decide between them; null when nothing has to be decided
 * @param remedy what to do
 * @param rule who says so
 * @param openedAt when it became true, by the data's clock
 * @param updatedAt when what is said last changed, by the data's clock
 * @param resolvedAt when it ceased to be true; null while it is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Finding(
    String id,
    String tenant,
    String network,
    State state,
    String cause,
    String title,
    Confidence confidence,
    Severity severity,
    Subject subject,
    String symptom,
    int affected,
    List<Evidence> evidence,
    List<Waypoint> path,
    List<Check> checklist,
    List<Alternative> alternatives,
    @Nullable NextObservation nextObservation,
    Remedy remedy,
    RuleReference rule,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant openedAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant updatedAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant resolvedAt) {

  /** The symptom of what has brought about none yet: a risk, severity warning. */
  public static final String NO_SYMPTOM = "none";

  /** Whether it is still true. */
  public enum State {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("resolved")
    RESOLVED
  }

  /**
   * A fact that matched.
   *
   * @param fact the fact's identity
   * @param says what it shows, in one clause
   */
  public record Evidence(
      @Nullable String host,
      @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant observedAt,
      String fact,
      String says) {}

  /**
   * A place on the packets' way.
   *
   * @param leg the leg's name ({@code sent}, {@code left}, {@code arrived}, …)
   * @param host where it was counted; null when that end was not seen
   * @param passed whether packets passed here: {@code yes}, {@code no}, {@code unknown}
   * @param count how many; null when unknown
   * @param says what was counted, in a few words
   */
  public record Waypoint(
      String leg, @Nullable String host, String passed, @Nullable Long count, String says) {}

  /**
   * A step of the walk.
   *
   * @param step its number, from 1
   * @param because the reason, in one sentence
   */
  public record Check(int step, String cause, Verdict verdict, String because) {}

  /** A cause that is not excluded. */
  public record Alternative(String cause, Confidence confidence) {}

  /**
   * What to look at next.
   *
   * @param on the host; null when any
   * @param run the command
   * @param decides the causes that it would separate
   */
  public record NextObservation(@Nullable String on, String run, List<String> decides) {}

  /**
   * What to do.
   *
   * @param summary one sentence
   * @param steps commands, in order
   * @param verify how to see that it helped; null when there is nothing to run
   */
  public record Remedy(String summary, List<Step> steps, @Nullable Verification verify) {}

  /**
   * @param on the host where it belongs; null when it is not a host that was seen
   * @param run the command, with the real values
   * @param why what it does
   * @param undo how to take it back; null when there is nothing to take back
   */
  public record Step(@Nullable String on, String run, String why, @Nullable String undo) {}

  /** How to see that the remedy helped. */
  public record Verification(@Nullable String on, String run, String expect) {}

  /** The rule that concluded. */
  public record RuleReference(String pack, String version, String name) {}

  /** Whether something is broken already; else it is a risk. */
  @JsonIgnore
  public boolean isFault() {
    return !symptom.equals(NO_SYMPTOM);
  }

  /** The same finding, no longer true. */
  public Finding resolved(Instant at) {
    return new Finding(
        id,
        tenant,
        network,
        State.RESOLVED,
        cause,
        title,
        confidence,
        severity,
        subject,
        symptom,
        affected,
        evidence,
        path,
        checklist,
        alternatives,
        nextObservation,
        remedy,
        rule,
        openedAt,
        at,
        at);
  }

  /** The same finding, as it was when it began to hold. */
  public Finding reopened() {
    return new Finding(
        id,
        tenant,
        network,
        State.OPEN,
        cause,
        title,
        confidence,
        severity,
        subject,
        symptom,
        affected,
        evidence,
        path,
        checklist,
        alternatives,
        nextObservation,
        remedy,
        rule,
        openedAt,
        openedAt,
        null);
  }
}
