package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the walk through the diagnostic order says of one cause. */
public enum Verdict {
  @JsonProperty("ruled-out")
  RULED_OUT,
  @JsonProperty("confirmed")
  CONFIRMED,
  @JsonProperty("possible")
  POSSIBLE,
  /** Nothing seen so far decides it. */
  @JsonProperty("not-checked")
  NOT_CHECKED
}
