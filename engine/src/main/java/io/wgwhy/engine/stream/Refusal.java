package io.wgwhy.engine.stream;

import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of reasons for which a record is refused, each with what it means and what to do. Their
 * codes stand in the headers of dead letters and in metrics: a renamed one is a changed contract.
 */
public enum Refusal {
  NO_VALUE(
      "The record has no value, only a key.",
      "Nothing can be made of it. Find out who else writes to the facts topic."),
  TOO_LARGE(
      "The record is larger than any fact that a collector makes.",
      "Find out who writes it: a collector drops an output long before that."),
  NO_KEY(
      "The record has no key. The key is the network's name: without it nobody knows where it"
          + " belongs.",
      "Have the publisher send the network's name as key, and publish again."),
  BAD_KEY(
      "The record's key cannot be a network's name: longer than 255 bytes, or with control"
          + " characters.",
      "Give the network another name where the collector is configured."),
  NOT_JSON(
      "The value is not JSON: cut off, or of another format.",
      "Find out who writes it. Collectors publish whole facts or none."),
  NO_KIND(
      "It is JSON, but does not say what kind of fact it is.",
      "Find out who writes it: every fact has a kind."),
  UNKNOWN_KIND(
      "It is a kind of fact that this engine does not know: a newer collector's, or nobody's.",
      "Update the engine, then replay."),
  MALFORMED(
      "A part of the fact is of another type than it must be.",
      "If a newer collector wrote it, update the engine, then replay; else find out who did."),
  INCOMPLETE(
      "A part of the fact that rules rely on is missing.",
      "If an older or newer collector wrote it, bring both to one version; else find out who did."),
  NO_HOST(
      "The fact does not say of which host it is.", "Find out who writes it: collectors say it."),
  NO_TIME(
      "The time at which it was seen is no time: before 1970, or after 2999.",
      "Set the clock of that host; what it publishes then is taken."),
  FUTURE_DATED(
      "It is dated more than a day ahead of this engine's clock. Taken in, it would make every other"
          + " fact of its network look stale, and its host be ignored until then.",
      "Set the clock of that host, or of the engine's; then replay, if the engine's was wrong."),
  SESSION_FAILED(
      "Rules failed at this fact, whichever others came with it. The facts beside it were taken.",
      "Report it with the fact. If a rule pack of your own is at fault, repair the pack, then"
          + " replay."),
  TOO_MANY_FAILED(
      "It came together with so many facts at which rules failed that nobody looked at it.",
      "Find those with the reason session-failed and repair what they show, then replay these."),
  SESSION_LOST(
      "The network's session could not be built from what is remembered.",
      "Look into the engine's log; then replay."),
  OVER_LIMIT(
      "The engine keeps so much of one tenant and no more, and this was about something new. What"
          + " it knew before it judges as before.",
      "Start the engine with a larger --tenant-memory, or find out who makes up networks and hosts;"
          + " then replay."),
  PUT_ASIDE(
      "The broker did not take findings or dead letters of this tenant: too large for their topic,"
          + " or this engine may not write there. For a while its facts were not judged, so that"
          + " other tenants' were.",
      "Look into the engine's log for the topic and the reason; put max.message.bytes or the rights"
          + " of that topic right; then replay.");

  private final String meaning;
  private final String advice;

  Refusal(String meaning, String advice) {
    this.meaning = meaning;
    this.advice = advice;
  }

  /** As it stands in headers and metrics: {@code not-json}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happened, in a sentence or two. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }

  /** The one with this code; empty if another version's. */
  public static Optional<Refusal> ofCode(String code) {
    for (Refusal refusal : values()) {
      if (refusal.code().equals(code)) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
